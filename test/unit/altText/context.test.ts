import assert from 'node:assert/strict';
import { type Context, contextOf } from '../../../src/altText/context.ts';
import { findImages } from '../../../src/documents/index.ts';
import { found } from './found.ts';

const image = '![alt](a.png)';

/** The context of the image `![alt](a.png)` in a Markdown document. */
function contextIn(text: string): Context {
	const start = text.indexOf(image);
	return contextOf(text, found({ start, end: start + image.length }));
}

/** The context of the image whose target is `a.png` in a document of any language. */
async function contextInDocument(languageId: string, text: string): Promise<Context> {
	const images = await findImages(text, languageId);
	const it = images.find(({ target }) => target === 'a.png');
	assert.ok(it, 'the finder found no a.png');
	return contextOf(text, it, { languageId, images });
}

describe('contextOf', () => {
	const headings: readonly (readonly [name: string, text: string, heading: string | undefined])[] = [
		['the nearest above', `# A\n\n## B *c* ##\n\nd\n\n${image}\n\n# E`, 'B *c*'],
		['underlined', `A\n===\n\nb\n---\n\n${image}`, 'b'],
		['after Windows line ends', `# A\r\n\r\n${image}`, 'A'],
		['underlined, with Windows line ends', `A\r\n===\r\n\r\n${image}`, 'A'],
		['not in fenced code', `# A\n\n\`\`\`\`sh\n# b\n\`\`\`\n# c\n\`\`\`\`\n\n${image}`, 'A'],
		['after fenced code', `# A\n\n~~~\n# b\n~~~\n\n# C\n\n${image}`, 'C'],
		['not in front matter', `---\n# a\nb: c\n---\n\n${image}`, undefined],
		['no thematic break', `# A\n\n---\n\n${image}`, 'A'],
		['no list item', `# A\n\n- b\n---\n\n${image}`, 'A'],
		['an element', `# A\n\n<h2 align="center">B <em>c</em> &amp; d</h2>\n\n${image}`, 'B c & d'],
		['no element further up', `<h1>A</h1>\n\n# B\n\n${image}`, 'B'],
		['without images', `# ![Logo](l.png) A\n\n${image}`, 'A'],
		['decoded', `# A \\* &lt;b&gt;\n\n${image}`, 'A * <b>'],
		['none', image, undefined],
	];
	for (const [name, text, heading] of headings) {
		it(`finds the heading: ${name}`, () => {
			assert.equal(contextIn(text).heading, heading);
		});
	}

	const paragraphs: readonly (readonly [name: string, text: string, paragraph: string | undefined])[] = [
		['its own', `a\n\nb\n  c\n${image} d\n\ne`, 'b c [THIS IMAGE] d'],
		['its own after Windows line ends', `a\r\n\r\nb ${image}`, 'b [THIS IMAGE]'],
		['its own list item', `- a\n- b ${image}\n- c`, '- b [THIS IMAGE]'],
		['on its own line', `a ${image} - b\n1. c`, 'a [THIS IMAGE] - b'],
		['its neighbours when it stands alone', `a\n\n${image}\n\nb\n\nc`, 'a [THIS IMAGE] b'],
		['no heading', `a\n\n# B\n\n${image}\n\n# C\n\nd`, 'a [THIS IMAGE] d'],
		['without targets of links', `[a](https://b.c/d_(e) "f") ${image}`, '[a] [THIS IMAGE]'],
		['without other images', `a ![b [c]][d] ![e](f.png) ${image}`, 'a ![b [c]][d] [THIS IMAGE]'],
		['without tags', `<div align="center">\n<b>a</b> <!-- b --> ${image} c<br>d</div>`, 'a [THIS IMAGE] c d'],
		['without embedded files', `a ${'iVBOR'.repeat(50)} ${image}`, 'a … [THIS IMAGE]'],
		['with what only looks like a tag', `a < b and <https://c.d> ${image}`, 'a < b and <https://c.d> [THIS IMAGE]'],
		['none', `# A\n\n---\n\n${image}\n`, undefined],
	];
	for (const [name, text, paragraph] of paragraphs) {
		it(`finds the text around the image: ${name}`, () => {
			assert.equal(contextIn(text).paragraph, paragraph);
		});
	}

	const documents: readonly (readonly [name: string, languageId: string, text: string, context: Context])[] = [
		[
			'HTML',
			'html',
			'<h1>A</h1><h2 class="b">B &amp; C</h2><p>no</p><p>See\n <em>this</em> <a href="x"><img src=a.png></a> here.</p><p>no',
			{ heading: 'B & C', paragraph: 'See this [THIS IMAGE] here.' },
		],
		[
			'a heading in HTML that holds the image',
			'html',
			'<h2>A</h2><h1><img src="a.png"> My &lt;tool&gt;</h1><header>b</header>',
			{ heading: 'My <tool>', paragraph: '[THIS IMAGE] My <tool>' },
		],
		[
			'HTML with scripts and style sheets',
			'html',
			`<script>${'x();'.repeat(1500)}</script><img src="a.png"><style>p {}</style><p>a</p>`,
			{ paragraph: '[THIS IMAGE] a' },
		],
		['a heading above a rule', 'html', '<h1>A</h1><hr><img src="a.png">', { heading: 'A' }],
		['no heading in a header', 'html', '<header>a<img src="a.png"></header>', { paragraph: 'a [THIS IMAGE]' }],
		[
			'the text beyond headings in HTML',
			'html',
			'<p>a</p><h2>B</h2><img src="a.png"><h2>C</h2><p>d</p>',
			{ heading: 'B', paragraph: 'a [THIS IMAGE] d' },
		],
		[
			'no Markdown in HTML',
			'html',
			'<img src="a.png" alt="x">\n*The harbour*',
			{ paragraph: '[THIS IMAGE] *The harbour*' },
		],
		[
			'HTML in Markdown',
			'markdown',
			'# A\n\n[b](c) <img src="a.png">',
			{ heading: 'A', paragraph: '[b] [THIS IMAGE]' },
		],
		[
			'a caption of two paragraphs',
			'html',
			'<figure><img src="a.png"><figcaption><p>The</p><p>harbour</p></figcaption></figure>',
			{ caption: 'The harbour' },
		],
		[
			'a figure',
			'html',
			'<p>a</p><figure><img src="a.png" alt="x"><figcaption>The <b>harbour</b></figcaption></figure><p>b</p>',
			{ paragraph: 'a [THIS IMAGE] b', caption: 'The harbour' },
		],
		[
			'a caption above its figure’s image',
			'html',
			'<figure><figcaption>The harbour</figcaption><img src="a.png" alt="x"></figure>',
			{ caption: 'The harbour' },
		],
		['a title', 'html', '<img src="a.png" alt="x" title="The harbour">', { caption: 'The harbour' }],
		[
			'JSX',
			'typescriptreact',
			`const n = useState<string>('a');
			export const A = () => (
				<main onClick={() => { go('x > y'); }}>
					<h2>Our {kind} fleet</h2>
					<p>Sails{' '}<b>at dawn</b> {/* no */}<img src="a.png" /> every day {n}.</p>
					{rows.map((row) => <li>{row}</li>)}
				</main>
			);
			function other() { return 'no'; }`,
			{ heading: 'Our fleet', paragraph: 'Sails at dawn [THIS IMAGE] every day .' },
		],
		[
			'JSX between code',
			'javascriptreact',
			"const a = 'no';\nconst A = () => <b>{'one'} {\"two\"} {`three`} <img src='a.png' /> four</b>;\nconst b = 'no';",
			{ paragraph: 'one two three [THIS IMAGE] four' },
		],
		[
			'JSX in a condition',
			'javascriptreact',
			'const A = () => <div>Before {open && <img src="a.png" />} after</div>;\nconst b = "no";',
			{ paragraph: 'Before [THIS IMAGE] after' },
		],
		[
			'JSX without text',
			'javascriptreact',
			'const words = "no";\nfunction A() { const b = <i>no</i>; return <img src="a.png" />; }',
			{},
		],
		[
			'MDX',
			'mdx',
			'import x from "y"\n\n# The {kind} fleet\n\n<Note>Sails</Note> at {time} ![b](a.png) dawn\n\nexport const b = {c: {d: 1}}',
			{ heading: 'The fleet', paragraph: 'Sails at [THIS IMAGE] dawn' },
		],
		[
			'MDX with a component’s caption',
			'mdx',
			'<Frame caption="The harbour">\n![b](a.png)\n</Frame>',
			{ caption: 'The harbour' },
		],
		['a Markdown title', 'markdown', `![b](a.png 'The "harbour"')`, { caption: 'The "harbour"' }],
		['the title of a definition', 'markdown', '![b][c]\n\n[c]: <a.png>\n  (The harbour)\n', { caption: 'The harbour' }],
		['no title', 'markdown', '![b][c]\n\n[c]: a.png\n"quoted" text', { paragraph: '[THIS IMAGE] "quoted" text' }],
		[
			'Pandoc’s caption',
			'markdown',
			'a\n\n![b](a.png){#fig-b width=50%}\n',
			{ caption: 'b', paragraph: 'a [THIS IMAGE]' },
		],
		['no caption in a line of text', 'markdown', 'a ![b](a.png){#fig-b}', { paragraph: 'a [THIS IMAGE]' }],
		[
			'an emphasised line below',
			'markdown',
			'![b](a.png)\n\n*The harbour*\n',
			{ caption: 'The harbour', paragraph: '[THIS IMAGE] *The harbour*' },
		],
		[
			'a numbered line below',
			'markdown',
			'![b](a.png)\nFigure 2: The harbour\n',
			{ caption: 'Figure 2: The harbour', paragraph: '[THIS IMAGE] Figure 2: The harbour' },
		],
		['no caption in bold text below', 'markdown', '![b](a.png)\n\n**Note**\n', { paragraph: '[THIS IMAGE] **Note**' }],
		[
			'no caption in text with emphasis',
			'markdown',
			'![b](a.png)\n\n*One* and *two*\n',
			{ paragraph: '[THIS IMAGE] *One* and *two*' },
		],
		[
			'two neighbours on each side',
			'markdown',
			'![1](1)\n![2](2)\n![](3)\n![4](4)\n![5](a.png)\n![6](6)\n![7](7)\n![8](8)',
			{ neighbours: ['4', '6', '7'] },
		],
		[
			'neighbours in part',
			'html',
			`<img src="b" alt="${'word '.repeat(100)}"><img src="a.png" alt="b">`,
			{ neighbours: [`${'word '.repeat(30)}…`] },
		],
	];
	for (const [name, languageId, text, context] of documents) {
		it(`reads ${name}`, async () => {
			assert.deepEqual(await contextInDocument(languageId, text), context);
		});
	}

	it('takes the alt text of a Quarto figure for its caption', () => {
		const figure = found({ start: 0, end: 13, alt: 'alt' });
		assert.equal(contextOf('![alt](a.png)\n\nb', figure, { languageId: 'quarto' }).caption, 'alt');
		assert.equal(contextOf('![alt](a.png) b', figure, { languageId: 'quarto' }).caption, undefined);
	});

	it('is bounded, and cuts between words', () => {
		const { heading = '', paragraph = '' } = contextIn(
			`# ${'words '.repeat(500)}\n${'earlier '.repeat(500)}${image}${' afterwards'.repeat(500)}`,
		);
		assert.ok(heading.length <= 202);
		assert.match(heading, /^(?:words )+…$/);
		assert.ok(paragraph.length < 650);
		assert.match(paragraph, /^… (?:earlier )+\[THIS IMAGE\](?: afterwards)+ …$/);
	});

	it('is bounded when a word has no end', () => {
		const { paragraph = '' } = contextIn(`${'ä'.repeat(5000)}${image}${'字'.repeat(5000)}`);
		assert.ok(paragraph.length > 400 && paragraph.length < 650);
	});

	const long: readonly (readonly [name: string, piece: string])[] = [
		['text', 'Words of a line of text.\n\n# Heading\n\n'],
		['marks', '#'.repeat(100)],
		['spaces', ' '.repeat(100)],
		['brackets', '![['],
		['angles', '<a "'],
		['comments', '<!--'],
		['braces', '{{{'],
		['tags', '<h1 a="b"><p>'],
		['hyphens', '- - -\n---\n'],
		['backticks', '``` `'],
	];
	for (const [name, piece] of long) {
		for (const syntax of ['markdown-inline', 'html-img', 'jsx'] as const) {
			it(`takes less than 20 ms in 500 KB of ${name} (${syntax})`, () => {
				const half = piece.repeat(250_000 / piece.length);
				const image = found({ start: half.length, end: half.length + 13, syntax });
				const text = `${half}![alt](a.png)${half}`;
				const times = Array.from({ length: 3 }, () => {
					const start = process.cpuUsage();
					contextOf(text, image);
					return process.cpuUsage(start).user / 1000;
				});
				assert.ok(Math.min(...times) < 20, `${String(times)} ms`);
			});
		}
	}
});
