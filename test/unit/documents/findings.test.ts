import assert from 'node:assert/strict';
import { type Finding, findingsOf } from '../../../src/documents/findings.ts';
import { findImages } from '../../../src/documents/index.ts';

/** The codes of the findings about the images of a document. */
async function codesIn(languageId: string, text: string): Promise<string> {
	return (await findingsIn(languageId, text)).map(({ code }) => code).join(' ');
}

async function findingsIn(languageId: string, text: string, longerThan?: number): Promise<readonly Finding[]> {
	const images = await findImages(text, languageId);
	assert.ok(images.length > 0, 'the finder found no image');
	return findingsOf(text, languageId, images, longerThan === undefined ? {} : { longerThan });
}

type Row = readonly [text: string, codes: string];

describe('findingsOf', () => {
	describe('judges an alt text alone', () => {
		const alts: readonly (readonly [code: string, weak: readonly string[], fine: readonly string[]])[] = [
			['white-space', [' ', '\u00a0', ' \u00a0 ', '\u200b'], ['\u00a0a']],
			[
				'placeholder',
				[
					...[
						'alt text',
						'Alt Text',
						'alt_text',
						'image',
						'Image',
						'IMG',
						'screenshot',
						'TODO',
						'[todo]',
						' image ',
						'tbd',
						'FIXME',
					],
					...['placeholder', 'insert alt text', 'untitled', 'picture', 'photo', 'photo…', 'Image:', 'screen  shot'],
					...['enter image description here', '在这里插入图片描述'],
				],
				[
					...[
						'The alt text of the image',
						'Image editor',
						'Todo list with two open items',
						'Screenshot of the settings',
					],
					...['Photo album', 'Placeholder shown while a page loads', 'imagery'],
				],
			],
			[
				'screenshot-name',
				[
					...[
						'Screenshot 2024-05-01 at 10.00.00',
						'Screenshot 2024-05-01 at 10.00.00\u202fAM',
						'Screenshot 2024-05-01',
					],
					...[
						'Screen Shot 2014-02-12 at 3.04.05 PM',
						'Screenshot 2024-05-01 100000',
						'Screenshot (12)',
						'Screenshot_1',
					],
					...['Screenshot from 2024-05-01 10-00-00', 'Screenshot_20240501-100000_Chrome', 'screenshot 2024-05-01.png'],
					...['Bildschirmfoto 2024-05-01 um 10.00.00', 'Bildschirmfoto vom 2024-05-01 10-00-00'],
					...['Capture d’écran 2024-05-01 à 10.00.00', 'Captura de pantalla 2024-05-01 a las 10.00.00'],
					...[
						'スクリーンショット 2024-05-01 10.00.00',
						'CleanShot 2024-05-01 at 10.00.00@2x',
						'Snipaste_2024-05-01_10-00-00',
					],
					...['Pasted image 20240501100000', 'Pasted image 20240501100000.png', 'image-20240501100000000'],
					...[
						'IMG_1234',
						'IMG_1234 (1)',
						'IMG_20240501_100000',
						'IMG-20240501-WA0001',
						'IMG_1234.png',
						'DSC_0001',
						'DSC00001',
					],
					...['PXL_20240501_100000123'],
				],
				[
					...['Screenshot 2024 roadmap', 'Screenshot 2024-05-01 release notes', 'Screenshot of the 2024-05-01 release'],
					...['The file IMG_1234 in the list', 'DSC camera', 'Screenshot 3 of 5', 'P 100', 'image 7', 'SAM 2'],
				],
			],
			[
				'file-name',
				[
					'photo.png',
					'images/harbour.JPEG',
					'my-logo.svg',
					'https://a.b/c.webp',
					'image.png',
					'favicon.ico',
					'harbour_at_dawn',
					'harbour-dawn',
					'My boat.png',
					'harbour2',
				],
				[
					'How to save chart.png',
					'.png',
					'Vue.js',
					'README.md',
					'photo.png in the file list',
					'Harbour',
					'harbour',
					't-shirt',
					'My boat',
					'Harbour at dawn',
				],
			],
			[
				'redundant-prefix',
				[
					'Image of a boat',
					'image of a boat',
					'A photo of a boat',
					'An image of boats',
					'The picture of a boat',
					'This is a picture of a boat',
					'Photograph of boats',
				],
				[
					...['Disk image of the server', 'A disk image of Debian', 'Picture of the year', 'Photo of the day: a boat'],
					...[
						'The Picture of Dorian Gray',
						'Image gallery',
						'Imageof',
						'Screenshot of a boat',
						'The boat, an image of peace',
					],
					...['Photos of boats', 'Image of'],
				],
			],
		];
		const targets: Readonly<Record<string, string>> = {
			harbour_at_dawn: 'harbour_at_dawn.png',
			'harbour-dawn': 'a/harbour-dawn.png?raw=true',
			'My boat.png': 'a/My%20boat.png',
			harbour2: 'harbour2.jpg',
			harbour: 'harbour.jpg',
			Harbour: 'Harbour.jpg',
			't-shirt': 't-shirt.jpg',
			'My boat': 'My%20boat.png',
			'Harbour at dawn': 'harbour_at_dawn.png',
		};
		for (const [code, weak, fine] of alts) {
			for (const alt of weak) {
				it(`${code}: "${alt}"`, async () => {
					assert.equal(await codesIn('html', `<img src="${targets[alt] ?? 'x'}" alt="${alt}">`), code);
				});
			}
			for (const alt of fine) {
				it(`not ${code}: "${alt}"`, async () => {
					assert.equal(await codesIn('html', `<img src="${targets[alt] ?? 'x'}" alt="${alt}">`), '');
				});
			}
		}

		it('knows the names of its files only', async () => {
			assert.equal(await codesIn('html', '<img src="data:image/png;base64,a_b" alt="a_b">'), '');
			assert.equal(await codesIn('html', '<img src="a%.png" alt="a%.png b">'), '');
		});
	});

	const documents: Readonly<Record<string, readonly Row[]>> = {
		markdown: [
			['![](a.png)', 'missing'],
			['![][a]\n\n[a]: a.png', 'missing'],
			['![ ](a.png)', 'white-space'],
			['![&nbsp;](a.png)', 'white-space'],
			['![alt text](a.png)', 'placeholder'],
			['<img src="a.png">', 'missing'],
			['<img src="a.png" alt="">', ''],
			['<!-- descry-ignore -->\n![](a.png)', ''],
			['> <!-- descry-ignore: decorative -->\r\n> ![](a.png) ![](b.png)\r\n> ![](c.png)', 'missing'],
			['<!-- descry-ignore -->\n\n![](a.png)', 'missing'],
			['![](a.png)\n<!-- descry-ignore -->', 'missing'],
			['See `<!-- descry-ignore -->`\n![](a.png)', 'missing'],

			['![The boats](a.png)\n![the  boats](b.png)', 'repeats-neighbour'],
			['![The boats](a.png)\n![The boats](b.png)\n![The boats](c.png)', 'repeats-neighbour repeats-neighbour'],
			['![The boats](a.png) ![The tide](b.png) ![The boats](c.png)', ''],
			['![The boats](a.png)\n![The boats](a.png)', ''],
			['![The boats](a.png)\n\n# B\n\n![The boats](b.png)', ''],
			[`![The boats](a.png)${' word'.repeat(61)} ![The boats](b.png)`, ''],
			['![Logo](a-dark.svg) ![Logo](a.svg)', ''],
			['![Logo](a.svg#gh-dark-mode-only) ![Logo](b.svg#gh-light-mode-only)', ''],
			['![Demo](a.gif) ![Demo](a.webp)', ''],
			['![Demo](a@2x.png) ![Demo](a.png)', ''],
			['![Demo](a-640x480.png) ![Demo](a-320w.png)', ''],

			['[![The docs](a.png) The docs](b)', 'repeats-text'],
			['[The docs ![The docs](a.png)][b]\n\n[b]: c', 'repeats-text'],
			['[![Read the docs](a.png) The docs](b)', ''],
			['![GitHub](a.svg) GitHub', 'repeats-text'],
			['- GitHub: ![GitHub](a.svg)', 'repeats-text'],
			['| ![Chrome](a.svg) Chrome | ![Safari](b.svg) Safari |\n| - | - |', 'repeats-text repeats-text'],
			['| Chrome | Safari |\n| - | - |\n| ![Chrome](a.svg) | b |', ''],
			['Press ![Save](a.svg) Save the file', ''],
			['Boats leave at dawn. ![Boats leave at dawn](a.png)', 'repeats-text'],
			['We wait. Boats leave **at dawn**.\n\n![Boats leave at dawn](a.png)', 'repeats-text'],
			['![Boats leave at dawn](a.png)\n\nBoats leave at dawn! We wait.', 'repeats-text'],
			['![Boats leave at dawn](a.png)\n\nWe wait. Boats leave at dawn.', ''],
			['Output\n\n![Output](a.png)', ''],
			['## Boats leave at dawn\n\n![Boats leave at dawn](a.png)', ''],
			['![Boats leave at dawn](a.png)\n\n## Boats leave at dawn', ''],
			['# ![Descry](a.png) Descry', 'repeats-text'],
			['![The harbour](a.png)\n\n*The harbour*', 'repeats-text'],
			['![The harbour](a.png "The harbour")', ''],
			['![The harbour](a.png){#fig-a}\n\nIn the port.', ''],
			['![Café au lait](a.svg) Cafe\u0301 au lait', 'repeats-text'],
			['[![The  docs](a.png) The docs](b)', 'repeats-text'],
			['![Demo](a.png?b) ![Demo](a.png#c)', ''],
			['![A](a.svg) A', ''],
			['![→](a.svg) →', ''],
		],
		html: [
			['<img src="a.png">', 'missing'],
			['<img src="a.png" alt="">', ''],
			['<img src="a.png" alt=" ">', 'white-space'],
			['<img src="a.png" aria-hidden="true">', ''],
			['<img src="a.png" role="presentation">', ''],
			['<img src="a.png" role="none" alt="image">', ''],
			['<img src="a.png" aria-label="A boat">', ''],
			['<img src="a.png" aria-label="">', 'missing'],
			['<img src="a.png" data-title="A boat">', 'missing'],
			['<img src="a.png" title=Boat>', ''],
			['<IMG SRC="a.png" TITLE="Boat">', ''],
			['<h2>Boats leave at dawn</h2><img src="a.png" alt="Boats leave at dawn">', ''],
			['<img src="a.png" :alt="boat">', ''],
			['<button><img src="a.svg" alt="Image"></button>', ''],
			['<button><img src="a.svg" alt="alt text"></button>', 'placeholder'],
			['<input type="image" src="a.png">', 'missing'],
			['<svg role="img"><title></title></svg>', 'missing'],
			['<svg role="img"><title>A boat</title></svg>', ''],
			['<svg role="img"><title>Image</title></svg>', 'placeholder'],
			[
				'<figure><img src="a.png" alt="The harbour"><figcaption>The <b>harbour</b>.</figcaption></figure>',
				'repeats-text',
			],
			['<h1><img src="a.png" alt="Descry"> Descry</h1>', 'repeats-text'],
			['<figure><img src="a.png" alt="Boats at dawn"><figcaption>The harbour</figcaption></figure>', ''],
			['<a href="b"><img src="a.png" alt="R&amp;D"><span>R&amp;D</span></a>', 'repeats-text'],
			['<div><img src="a.png" alt="Jane Doe"><p>Jane Doe</p></div>', ''],
			['<table><tr><td>Chrome<td><img src="a.png" alt="Chrome"></table>', ''],
			['<img src="a.png" alt="The boats"><h2>B</h2><img src="b.png" alt="The boats">', ''],
			['<img src="a.png" alt="The boats" class="md:hidden"><img src="b.png" alt="The boats">', ''],
			['<img src="a.png" alt="The boats"><img src="b.png" alt="The boats" class="b">', 'repeats-neighbour'],
			['<img src="a.png" alt="The boats" role="none"><img src="b.png" alt="The boats">', ''],
		],
		javascriptreact: [
			['<img src="a.png" />', 'missing'],
			['<img src="a.png" alt="" />', ''],
			['<img src="a.png" alt={caption} />', ''],
			['<img src="a.png" {...rest} />', ''],
			['<img src="a.png" aria-hidden />', ''],
			['<Image src="a.png" />', 'missing'],
			['import { Image } from "react-native";\n<Image src="a.png" />', ''],
			['import { View } from "react-native";\n<img src="a.png" />', 'missing'],
			['<img src="a.png" aria-label={label} />', ''],
			['<div>\n\t{/* descry-ignore */}\n\t<img src="a.png" />\n</div>', ''],
			['on ? <img src="a.png" alt="The boats" /> : <img src="b.png" alt="The boats" />', ''],
			['<><img src={a} alt="The boats" /><img src="b.png" alt="The boats" /></>', ''],
			['<><img src="a.png" alt="The boats" /><img src={b} alt="The boats" /></>', ''],
			['<Link href="b"><img src="a.png" alt="The docs" />The docs</Link>', 'repeats-text'],
			['const name = "GitHub";\nconst b = <img src="a.png" alt="GitHub" />', ''],
			['// GitHub\nexport default () => <img src="a.png" alt="GitHub" />', ''],
		],
		mdx: [
			['![](a.png)', 'missing'],
			['{/* descry-ignore */}\n\n![](a.png)', 'missing'],
			['{/* descry-ignore */}\n![](a.png)', ''],
			['<Frame caption="The harbour">\n![The harbour](a.png)\n</Frame>', 'repeats-text'],
		],
	};
	for (const [languageId, rows] of Object.entries(documents)) {
		describe(`in ${languageId}`, () => {
			for (const [text, codes] of rows) {
				it(`${codes || 'nothing'}: ${JSON.stringify(text)}`, async () => {
					assert.equal(await codesIn(languageId, text), codes);
				});
			}
		});
	}

	it('marks the alt text, or the image when it has none', async () => {
		const text = 'a ![image](b) <img src=c>';
		const marked = (await findingsIn('html', text.replace('![image](b)', '<img src=b alt="image">'))).map(
			({ image, start, end }) => [image.target, start, end],
		);
		assert.deepEqual(marked, [
			['b', 18, 23],
			['c', 26, 37],
		]);
	});

	it('finds an alt text long beside what else is wrong with it', async () => {
		const text = `![${'🌊'.repeat(250)}](a) ![image of ${'a'.repeat(242)}](b)`;
		const codes = (findings: readonly Finding[]): string =>
			findings.map(({ code, image }) => code + image.target).join();
		assert.equal(codes(await findingsIn('markdown', text)), 'redundant-prefixb,longb');
		assert.equal(codes(await findingsIn('markdown', text, 251)), 'redundant-prefixb');
		assert.equal(codes(await findingsIn('markdown', text, 249)), 'longa,redundant-prefixb,longb');
	});

	it('judges 5,000 images in little time', async () => {
		const text = 'The boats leave ![The boats leave](a.png) the harbour. '.repeat(5000);
		const images = await findImages(text, 'markdown');
		const start = process.cpuUsage();
		findingsOf(text, 'markdown', images);
		assert.ok(process.cpuUsage(start).user / 1000 < 3000);
	}).timeout(30_000);
});
