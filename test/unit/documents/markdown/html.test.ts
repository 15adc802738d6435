import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages, rewriteAltText } from '../../../../src/documents/index.ts';
import { nastyText } from '../html/nastyHtml.ts';
import { rewritten as rewrittenIn } from '../rewriting.ts';
import { nastyMarkdown } from './nastyMarkdown.ts';
import { htmlImagesByMdast, imagesByMdast } from './referenceParser.ts';

/** The alt texts, in one line, and targets of the images that are written as HTML. */
async function htmlImages(text: string): Promise<readonly (readonly [alt: string, target: string])[]> {
	return (await findImages(text, 'markdown'))
		.filter(({ syntax }) => syntax.startsWith('html'))
		.map(({ alt, target }) => [shown(alt), target]);
}

const rewritten = (text: string, index: number, altText: string): Promise<string> =>
	rewrittenIn('markdown', text, index, altText);

const imageTags = [
	...['<img src="a.png" alt="b">', "<img alt='c d' src=e/>", '<img src="f">', '<IMG\nalt="g"\nsrc="h">', '<img alt=i>'],
	...[
		'<a href="j"><img src="k" alt="l"></a>',
		'<img alt>',
		'<img src="m" alt="n|o">',
		'<imgs alt="p">',
		'<img alt="q`r">',
	],
];

const markdownWithTags = fc
	.tuple(nastyMarkdown, fc.array(fc.constantFrom(...imageTags), { minLength: 1, maxLength: 4 }))
	.map(([text, tags]) => {
		let next = 0;
		return text.replace(/word|<b>|😀/g, () => tags[next++ % tags.length] ?? '');
	});

describe('HTML images in Markdown', function () {
	// The property tests take a second on a machine that does nothing else.
	this.timeout(30_000);

	const images: readonly (readonly [name: string, text: string, expected: readonly (readonly [string, string])[]])[] = [
		['in a line', 'a <img src="b" alt="c"> *d*', [['c', 'b']]],
		[
			'several in a line',
			'<img src="a"> <img alt="b">\n<img alt="c">',
			[
				['', 'a'],
				['b', ''],
				['c', ''],
			],
		],
		['over several lines', 'a <img\n  src="b"\n  alt="c\n  d"\n/>', [['c d', 'b']]],
		['in an HTML block', '<p>\n  <img src="a" alt="b">\n</p>', [['b', 'a']]],
		['over several lines of a quote', '> <div><img\n> alt="a\n> b" src="c"></div>', [['a b', 'c']]],
		['in a list', '- a\n  - <img src="b" alt="c">', [['c', 'b']]],
		['in a heading', '# <img src="a" alt="b">', [['b', 'a']]],
		['in a link', '[<img src="a" alt="b">](c)', [['b', 'a']]],
		['after a comment in its last line', '<!-- a\n--> <img src="b">', [['', 'b']]],
		[
			'in preformatted text',
			'<pre><img src="a" alt="b">\n\n<img alt="c"></pre>',
			[
				['b', 'a'],
				['c', ''],
			],
		],
		['after an unclosed code span', '`a <img src="b" alt="c">', [['c', 'b']]],
		['with Windows line ends', 'a\r\n\r\n<img\r\nsrc="b" alt="c">\r\n', [['c', 'b']]],
		['in the paragraph after a title', '<title> is a tag.\n\n<img src="a" alt="b">', [['b', 'a']]],
	];

	for (const [name, text, expected] of images) {
		it(`are found ${name}`, async () => {
			assert.deepEqual(await htmlImages(text), expected);
			assert.deepEqual(htmlImagesByMdast(text), expected);
		});
	}

	const noImages: readonly (readonly [name: string, text: string])[] = [
		['a code span', '`<img src="a">`'],
		['fenced code', '```html\n<img src="a">\n```'],
		['indented code', '    <img src="a">'],
		['a comment', 'a <!-- <img src="b"> --> c'],
		['a comment over a blank line', '<!--\n\n<img src="a">\n-->'],
		['a script', '<script>\n<img src="a">\n\n<img src="b">\n</script>'],
		['a style', '<style>\n\n<img src="a"></style>'],
		['a text area', '<textarea>\n\n<img src="a"></textarea>'],
		['an escaped tag', '\\<img src="a">'],
		['a tag that a blank line cuts', '<img\n\nsrc="a">'],
		['what Markdown takes for no tag', 'a <img src="b"alt="c">'],
		['an image’s alt text', '![a <img src="b"> c](d)'],
		['the title of a link', '[a](b "<img>")'],
	];

	for (const [name, text] of noImages) {
		it(`are not found in ${name}`, async () => {
			assert.deepEqual(await htmlImages(text), []);
			assert.deepEqual(htmlImagesByMdast(text), []);
		});
	}

	it('are not found in a script of a paragraph, which mdast does not look at', async () => {
		assert.deepEqual(await htmlImages('a <script> <img src="b"> </script> <img src="c">'), [['', 'c']]);
	});

	it('are named by the titles of SVGs, which can be rewritten in blocks', async () => {
		const block = '> <div>\n> <svg role="img"><title>a</title></svg>\n> </div>\n\nb';
		assert.equal(await rewritten(block, 0, '<c>'), block.replace('>a<', '>&lt;c&gt;<'));
		// In a line the text of the title is Markdown.
		const [image] = await findImages('a <svg role="img"><title>*b*</title></svg>', 'markdown');
		assert.equal(image?.altKind, 'computed');
	});

	it('are found in the table cell after a title', async () => {
		assert.deepEqual(await htmlImages('| a | b |\n|---|---|\n| <title> | <img src="c"> |'), [['', 'c']]);
	});

	it('are found without any other image, and not looked for without a tag', async () => {
		assert.deepEqual(await htmlImages('a <IMG src="b">'), [['', 'b']]);
		assert.deepEqual(await htmlImages('a <b src="c">'), []);
	});

	it('and other images know the links of both languages', async () => {
		const links = async (text: string): Promise<unknown> =>
			(await findImages(text, 'markdown')).map(({ syntax, link }) => [syntax, link]);
		assert.deepEqual(await links('[<img>](a) <a href="b"><img></a> <img>'), [
			['html-img', 'a'],
			['html-img', 'b'],
			['html-img', undefined],
		]);
		assert.deepEqual(await links('<a href="a">\n\n![b](c) [![d](e)](f)\n\n</a>\n\n![g](h)'), [
			['markdown-inline', 'a'],
			['markdown-inline', 'f'],
			['markdown-inline', undefined],
		]);
	});

	it('say where everything is, in UTF-16 code units', async () => {
		const text = '😀 | a\n---|---\nb | <img src="c" alt="d \\| e">\n';
		const [image] = await findImages(text, 'markdown');
		assert.ok(image);
		assert.equal(text.slice(image.start, image.end), '<img src="c" alt="d \\| e">');
		assert.equal(text.slice(image.altStart, image.altEnd), 'd \\| e');
		assert.equal(text.slice(image.targetStart, image.targetEnd), 'c');
		assert.equal(image.alt, 'd | e');
	});

	it('agree with mdast and parse5 in nasty documents', async () => {
		await fc.assert(
			fc.asyncProperty(markdownWithTags, async (text) => {
				assert.deepEqual(await htmlImages(text), htmlImagesByMdast(text));
			}),
			{ numRuns: 500, seed: 1 },
		);
	});

	const rewrites: readonly (readonly [name: string, text: string, altText: string, expected: string])[] = [
		['in a line', 'a <img src="b"> c', 'A "cat" *d*', 'a <img src="b" alt="A &quot;cat&quot; *d*"> c'],
		['in an HTML block', '<p>\n<img alt=a>\n</p>', 'b </p>', '<p>\n<img alt="b &lt;/p&gt;">\n</p>'],
		['over lines of a quote', '> <img\n> alt="a\n> b">', 'c', '> <img\n> alt="c">'],
		['in a table', '| a |\n|---|\n| <img alt="b"> |', 'c | (d)', '| a |\n|---|\n| <img alt="c &#124; (d)"> |'],
		['that would make a table', 'a <img alt="b">\n---|---', 'c | d', 'a <img alt="c &#124; d">\n---|---'],
		['after a backtick', 'a ` <img alt="b">', 'c ` d', 'a ` <img alt="c &#96; d">'],
		['beside another', '<img alt="a"><img alt="a">', 'b', '<img alt="b"><img alt="a">'],
		['as decorative', '<img src="a">', '', '<img src="a" alt="">'],
		[
			'with Windows line ends',
			'\uFEFF---\r\na: b\r\n---\r\n<img alt="c">\r\n',
			'd',
			'\uFEFF---\r\na: b\r\n---\r\n<img alt="d">\r\n',
		],
		['with a template', '<img src="a" alt="{{ b }}">', 'c', 'refused: computed'],
		['with a template as target', '<img src="{{ a }}" alt="b">', 'c', 'refused: computed'],
	];

	for (const [name, text, altText, expected] of rewrites) {
		it(`are written ${name}`, async () => {
			assert.equal(await rewritten(text, 0, altText), expected);
		});
	}

	it('are always written in ordinary places', async () => {
		const places = ['a <img src="b" alt="c"> ` d', '<p><img src=b></p>', "> - <img alt='' src=b>", '[<img src=b>](c)'];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...places), nastyText, async (text, altText) => {
				assert.deepEqual(htmlImagesByMdast(await rewritten(text, 0, altText)), [[shown(altText), 'b']]);
			}),
		);
	});

	it('are changed alone, or refused', async () => {
		await fc.assert(
			fc.asyncProperty(markdownWithTags, nastyText, fc.nat(), async (text, altText, choice) => {
				const images = await findImages(text, 'markdown');
				const index = choice % images.length;
				const image = images[index];
				const rewrite = image && (await rewriteAltText(text, 'markdown', image, altText));
				if (!image || !rewrite || 'refused' in rewrite || !image.syntax.startsWith('html')) {
					return;
				}
				const after = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
				const place = images.filter(({ syntax }) => syntax.startsWith('html')).indexOf(image);
				assert.deepEqual(
					htmlImagesByMdast(after),
					htmlImagesByMdast(text).map(([alt, target], other) => [other === place ? shown(altText) : alt, target]),
				);
				assert.deepEqual(
					imagesByMdast(after).map(({ alt, target }) => [alt, target]),
					imagesByMdast(text).map(({ alt, target }) => [alt, target]),
				);
			}),
			{ numRuns: 300 },
		);
	});
});

/** In one line, as in a tooltip. */
function shown(altText: string): string {
	return altText.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}
