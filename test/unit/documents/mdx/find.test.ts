import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages as findInDocument } from '../../../../src/documents/index.ts';
import { findImages } from '../../../../src/documents/mdx/find.ts';
import { nastyMdx } from './nastyMdx.ts';
import { imagesByMdx, seenByUs } from './referenceParser.ts';

describe('findImages in MDX', function () {
	// The property test takes a second on a machine that does nothing else.
	this.timeout(30_000);

	type Expected = readonly (readonly [alt: string, target: string])[];

	const images: readonly (readonly [name: string, text: string, expected: Expected])[] = [
		['an image of Markdown', 'A ![a *b*](c "t").', [['a b', 'c']]],
		[
			'a reference',
			'![a][b] ![b]\n\n[b]: <c{d>',
			[
				['a', 'c{d'],
				['b', 'c{d'],
			],
		],
		['an img in a line', 'A <img alt="a" src="b"/> c', [['a', 'b']]],
		['an Image on its own lines', '<Image\n\n  alt={`a`}\n  src="b"\n/>', [['a', 'b']]],
		['an img in an expression', 'a {b && <img alt="c"/>} d', [['c', '']]],
		['an img in an expression over blank lines', '{\n\n<img alt="c"/>\n\n}', [['c', '']]],
		['an img in an attribute', '<b c={<img alt="d"/>}/>', [['d', '']]],
		[
			'an img in a module',
			'export const a = () => {\n\n  return <img alt="b"/>\n}\n\n![c](d)',
			[
				['b', ''],
				['c', 'd'],
			],
		],
		['an image under a module', "import a from 'b'\n\n![c](d)", [['c', 'd']]],
		[
			'an image between tags',
			'<div>\n![a](b)\n</div>\n<p>![c](d)</p>',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		[
			'an image in an Image',
			'<Image alt="a">\n![b](c)\n</Image>',
			[
				['a', ''],
				['b', 'c'],
			],
		],
		[
			'an indented image',
			'<div>\n    ![a](b)\n</div>\n\n    ![c](d)',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		[
			'an indented img after text',
			'a\n    <img alt="b"/>\n    [c]: d\n\n![c]',
			[
				['b', ''],
				['c', 'd'],
			],
		],
		['an img in a quote', '> <img\n>   alt="a\n> b"\n> />\n> c', [['a b', '']]],
		['an img in a quote over a blank line', '> <img\n>\n>   alt="a"\n> />\n> b', [['a', '']]],
		[
			'a tag in a quote that goes on over what reads like an image',
			'> <img\n>\n>   alt="![c](d)"\n> />',
			[['![c](d)', '']],
		],
		['a tag in a quote that ends like a second quote', '> <Image alt="a"\n> ></Image>', [['a', '']]],
		['a tag in two quotes', '> > <img\n> >\n> >   alt="![c](d)"\n> > />', [['![c](d)', '']]],
		['an img in a list', '- a\n\n  {b && (\n    <img alt="c"/>\n  )}', [['c', '']]],
		['an img whose alt text begins like an old name', '<img alt="&copya; &copy a"/>', [['©a; &copy a', '']]],
		['an img in a link', '[<img alt="a"/>](b)', [['a', '']]],
		['a definition under a tag', '<b/>\n[a]: c\n\n![a]', [['a', 'c']]],
		['an image after a comment', '{/* } */} ![a](b)', [['a', 'b']]],
		[
			'an image after braces in strings',
			"{'}'} ![a](b) {`}`} {/}/} {c({ d: 1 })} ![e](f)",
			[
				['a', 'b'],
				['e', 'f'],
			],
		],
		[
			'empty braces',
			'<Image alt="a"><b>{}{/* } */}</b></Image>\n\n{}{/* } */}{}\n\n<Image alt="c"/>',
			[
				['a', ''],
				['c', ''],
			],
		],
		['an image after a long expression', `{a([${'{ b: "![c](d)" },'.repeat(30)}])} ![e](f)`, [['e', 'f']]],
		[
			'a brace in a string before a single angle bracket',
			'<Image alt="a">{b && <img alt="{"/>}< {/}/.test(c)}</Image>',
			[
				['a', ''],
				['{', ''],
			],
		],
		['an image after words and marks in an element', '{<b>it\'s {"}"}</b>} ![a](b)', [['a', 'b']]],
		['an image after brackets in attributes', '[<b c="]" d={e > f} {...g}/> ![a](b)](h)', [['a', 'b']]],
		['an image after a backtick in an attribute', '<b c="`"/> ![a](b) `', [['a', 'b']]],
		['an image after a single angle bracket', 'a < b } ![c](d)', [['c', 'd']]],
		['an image after an escaped brace', '\\{ \\<b ![a](c)', [['a', 'c']]],
		[
			'a brace in a target',
			'![a](b{c) ![d](<e{f> "g{<h")',
			[
				['a', 'b{c'],
				['d', 'e{f'],
			],
		],
		['an expression in an alt text, whose braces MDX drops', "![a {b} {'c'} {/* d */}](e)", [["a b 'c' /* d */", 'e']]],
		['escaped braces in an alt text', '![\\{a\\} \\<b> }](c)', [['{a} <b> }', 'c']]],
		['an element in an alt text', '![a <b/> <i>c</i> <img alt="d"/>](e)', [['a c ', 'e']]],
		['names of HTML 5 in a tag', '<img alt="&check; &lang;"/>', [['✓ \u27E8', '']]],
		['names of HTML 4 in an expression', '{<img alt="&check; &lang;"/>}', [['&check; \u2329', '']]],
		[
			'Windows line ends',
			"import a from 'b'\r\n\r\n<img\r\n  alt='c'\r\n/>\r\n\r\n![d](e)\r\n",
			[
				['c', ''],
				['d', 'e'],
			],
		],
	];

	for (const [name, text, expected] of images) {
		it(`finds ${name}`, () => {
			const found = findImages(text);
			assert.deepEqual(
				found.map(({ alt, target }) => [alt.replace(/\s+/g, ' '), target]),
				expected,
			);
			assert.deepEqual(found.map(seenByUs), imagesByMdx(text));
		});
	}

	const noImages: readonly (readonly [name: string, text: string])[] = [
		['code', '`<img/>` `![a](b)`\n\n```\n<img/>\n![a](b)\n```'],
		['indented code, which MDX takes for text around a fence', 'a\n    ~~~\n    <img/> ![a](b)'],
		['a comment', '{/* <img/> ![a](b) */}\n\n{/*\n\n![a](b)\n\n*/}'],
		['strings of expressions', "{'<img/>'} {`![a](b)`} {'![a](b)'}"],
		['attributes', '<b c="<img/> ![a](b)" d={"![a](b)"}/>'],
		['modules', "export const a = '![b](c)'\n\nexport const d = `\n\n![b](c)\n\n<img/>`"],
		['escaped text', '\\<img/> !\\[a](b) &lt;img/>'],
		['tags with a space', '< img/>'],
		['other elements', '<a.img/> <img-a/> <a:img/> <images/>'],
		['titles and targets', '[a](<b> "![c](d)") [e](f "<img/>")'],
	];

	for (const [name, text] of noImages) {
		it(`finds none in ${name}`, () => {
			assert.deepEqual(findImages(text), []);
			assert.deepEqual(imagesByMdx(text), []);
		});
	}

	it('takes no words for a module', () => {
		for (const text of ['a\nimport ![b](c)', '- import ![b](c)', 'important ![b](c)', ' export ![b](c)']) {
			assert.deepEqual(findImages(text).map(seenByUs), imagesByMdx(text));
			assert.equal(findImages(text).length, 1);
		}
	});

	it('skips front matter', () => {
		const text = '---\na: ![b](c)\n---\n\n![d](e) <img alt="f"/>';
		assert.deepEqual(
			findImages(text).map(({ alt }) => alt),
			['d', 'f'],
		);
	});

	it('finds images in documents with a syntax error', () => {
		for (const text of ['<b>![a](b)', '![a](b) {c', '<http://d> ![a](b)', '<!-- ![a](b) -->', '{e f} ![a](b)']) {
			assert.equal(imagesByMdx(text), undefined);
			assert.equal(findImages(text)[0]?.alt, 'a');
		}
	});

	it('knows targets from modules', () => {
		const text = "import a from './b.png'\nexport const c = './d.png'\n\n<img src={a}/> {e.map(() => <img src={c}/>)}";
		const [first, second] = findImages(text);
		assert.ok(first && second);
		assert.equal(text.slice(first.targetStart, first.targetEnd), './b.png');
		assert.deepEqual([first.target, second.target], ['./b.png', './d.png']);
	});

	it('knows no target of a name that an expression binds', () => {
		const [image] = findImages("import a from './b.png'\n\n{c.map((a) => <img src={a}/>)}");
		assert.deepEqual([image?.target, image?.targetKind], ['', 'computed']);
	});

	it('knows the link around an image, whichever language it is in', () => {
		const links = ['[![a](b)](d)', '[<img/>](d)', '<a href="d"><img/></a>', '<Link href="d">\n\n- ![a](b)\n\n</Link>'];
		for (const text of links) {
			assert.equal(findImages(text)[0]?.link, 'd', text);
		}
		assert.equal(findImages('<a href="d"/> [e](d) ![a](b)')[0]?.link, undefined);
	});

	it('says where everything is, in UTF-16 code units', () => {
		const text = '\uFEFF😀 ![a *b*](c) <Image alt={"d"} src="e">f</Image>';
		const [first, second] = findImages(text);
		assert.ok(first && second);
		assert.equal(text.slice(first.start, first.end), '![a *b*](c)');
		assert.equal(text.slice(first.altStart, first.altEnd), 'a *b*');
		assert.equal(text.slice(second.start, second.end), '<Image alt={"d"} src="e">f</Image>');
		assert.equal(text.slice(second.altStart, second.altEnd), 'd');
		assert.equal(text.slice(second.targetStart, second.targetEnd), 'e');
		assert.deepEqual([first.syntax, second.syntax], ['markdown-inline', 'jsx']);
	});

	it('is there for MDX', async () => {
		assert.equal((await findInDocument('<img/>', 'mdx')).length, 1);
		assert.equal((await findInDocument('![a](b)', '', { path: 'a.mdx' })).length, 1);
	});

	it('agrees with mdast on nasty documents', () => {
		fc.assert(
			fc.property(nastyMdx, (text) => {
				const expected = imagesByMdx(text);
				if (expected !== undefined) {
					assert.deepEqual(findImages(text).map(seenByUs), expected);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
