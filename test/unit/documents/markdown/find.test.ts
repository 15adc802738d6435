import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages } from '../../../../src/documents/markdown/find.ts';
import { imagesByMarkdownIt } from './previewParser.ts';
import { nastyMarkdown } from './nastyMarkdown.ts';
import { imagesByMdast, seenByUs } from './referenceParser.ts';

describe('findImages in Markdown', function () {
	// The property test takes a second on a machine that does nothing else.
	this.timeout(30_000);

	const images: readonly (readonly [name: string, text: string, alt: string, target: string])[] = [
		['an image', 'A ![cat](cat.png).', 'cat', 'cat.png'],
		['an empty alt text', '![](a.png)', '', 'a.png'],
		['an empty target', '![a]()', 'a', ''],
		['a title in double quotes', '![a](b.png "t (x) \\" y")', 'a', 'b.png'],
		['a title in single quotes', "![a](b.png 't')", 'a', 'b.png'],
		['a title in parentheses', '![a](b.png (t))', 'a', 'b.png'],
		['a title on the next line', '![a](b.png\n"t")', 'a', 'b.png'],
		['a title with an image in it', '![a](b.png "![c](d)")', 'a', 'b.png'],
		['a target in angle brackets', '![a](<my b.png> "t")', 'a', 'my b.png'],
		['an escaped bracket in angle brackets', '![a](<b\\>c>)', 'a', 'b>c'],
		['parentheses in a target', '![a](b(c).png)', 'a', 'b(c).png'],
		[
			'parentheses 32 deep in a target',
			`![a](${'('.repeat(32)}b${')'.repeat(32)})`,
			'a',
			`${'('.repeat(32)}b${')'.repeat(32)}`,
		],
		['an escaped parenthesis in a target', '![a](b\\).png)', 'a', 'b).png'],
		['a backslash before a letter in a target', '![a](b\\c\\\\d)', 'a', 'b\\c\\d'],
		['an entity in a target', '![a](b?c=1&amp;d=2)', 'a', 'b?c=1&d=2'],
		['white space around a target', '![a](  b.png\n )', 'a', 'b.png'],
		['brackets in brackets', '![a [b] c](d)', 'a [b] c', 'd'],
		['escaped brackets', '![a \\[b\\] \\c](d)', 'a [b] \\c', 'd'],
		[
			'entities',
			'![&lt;a&gt; &#35; &#x1F600; &nosuch; &#0;&#xd800;&#xDFFF;&#x110000;](b)',
			'<a> # 😀 &nosuch; \uFFFD\uFFFD\uFFFD\uFFFD',
			'b',
		],
		['emphasis', '![*a* __b__ c*d*e snake_case_name](f)', 'a b cde snake_case_name', 'f'],
		['a code span', '![`` a`b ``](c)', 'a`b', 'c'],
		['a code span of spaces', '![`  ` x](c)', '   x', 'c'],
		['a link', '![see [a *b*](c)](d)', 'see a b', 'd'],
		['an autolink', '![see <https://a.b/c>](d)', 'see https://a.b/c', 'd'],
		['an image in an alt text', '![a ![b](c) d](e)', 'a b d', 'e'],
		['HTML in an alt text', '![a <b>c</b>](d)', 'a <b>c</b>', 'd'],
		['an alt text of several lines', '![a\n  b](c)', 'a b', 'c'],
		['an image in a link', '[![a](b)](c "t")', 'a', 'b'],
		['an image in a heading', '## ![a](b) #', 'a', 'b'],
		['an image in a list', '- a\n  - ![a](b)', 'a', 'b'],
		['an image in a quote, over two lines', '> ![a\n> b](c)', 'a b', 'c'],
		['an image under an HTML block in a quote', '> <div>\n>\n> ![a](b)', 'a', 'b'],
		['an image after an unclosed code span', '`a ![b](c)', 'b', 'c'],
		['an image after an escaped backtick', '\\`![b](c)`', 'b', 'c'],
		['an image after an escaped exclamation mark', '\\!![b](c)', 'b', 'c'],
		['an image after a bare URL', 'https://a.b/![c](d)', 'c', 'd'],
		['an image after a closed comment', 'b <!-- a --> ![c](d)', 'c', 'd'],
		['an image after what is no definition', '[a]: b c ![d](e)', 'd', 'e'],
		['an image after a blank label', '[ ]: ![d](e)', 'd', 'e'],
		['an image after a label that is too long', `[${'a'.repeat(1000)}]: ![d](e)`, 'd', 'e'],
		['an image after a definition', '[a]: b\n![d](e)', 'd', 'e'],
		['an image after Windows line ends', 'a\r\n\r\n<div>\r\n\r\n![b](c)\r\n', 'b', 'c'],
		['an image with a NUL', '![a\0b](c)', 'a\uFFFDb', 'c'],
		['a full reference', '![a *b*][Logo]\n\n[logo]: <c d> "t"', 'a b', 'c d'],
		['a collapsed reference', '![The *logo*][]\n\n[the *LOGO*]: c', 'The logo', 'c'],
		['a shortcut reference', '![logo] a\n\n> [logo]: c', 'logo', 'c'],
		['a shortcut before parentheses that are no target', '![logo](a b)\n\n[logo]: c', 'logo', 'c'],
		['a reference to the first of two definitions', '[a]: b\n[A]: c\n\n![x][a]', 'x', 'b'],
		['a label in other letters', '![a][ẞ]\n\n[SS]: b', 'a', 'b'],
		['a label over two lines of a quote', '> ![a][b\n> c]\n\n[b c]: d', 'a', 'd'],
		['a definition over three lines', '![a]\n\n[a]:\n  <b>\n  "t"', 'a', 'b'],
		['a definition at the start of an underlined heading', '[a]: b\n![x][a]\n===', 'x', 'b'],
		['a reference to what is defined in a list', '- ![a]\n\n- [a]: b', 'a', 'b'],
		['an undefined link in an alt text', '![a [b] c](d)', 'a [b] c', 'd'],
		['a defined link in an alt text', '![a [b] c](d)\n\n[b]: e', 'a b c', 'd'],
	];

	for (const [name, text, alt, target] of images) {
		it(`finds ${name}`, () => {
			const [image, ...others] = findImages(text);
			assert.ok(image);
			assert.deepEqual(others, []);
			assert.deepEqual({ alt: image.alt, target: image.target }, { alt, target });
			assert.deepEqual([seenByUs(image)], imagesByMdast(text));
		});
	}

	const noImages: readonly (readonly [name: string, text: string])[] = [
		['a code span', '`![a](b)`'],
		['a code span over two lines', '`a\n![a](b)`'],
		['a code span after an escaped backtick', '\\``![a](b)`'],
		['fenced code', '```\n![a](b)\n```'],
		['fenced code with tildes and Windows line ends', '~~~\r\n![a](b)\r\n~~~\r\n'],
		['unclosed fenced code', '```\n![a](b)'],
		['indented code', '    ![a](b)'],
		['an HTML comment', '<!-- ![a](b) -->'],
		['an HTML comment in a line', 'a <!-- ![a](b) --> c'],
		['an HTML comment over a blank line', '<!--\n\n![a](b)\n-->'],
		['an HTML block', '<div>\n![a](b)\n</div>'],
		['an HTML block at a paragraph', 'a\n<search b\n![c](d)'],
		['an attribute', 'a <b title="![a](b)">'],
		['a declaration', 'a <!doctype ![a](b)>'],
		['an autolink', '<https://a.b/![a](b)>'],
		['a definition', '[a]: ![a](b)'],
		['the title of a definition', '[a]: b "![a](b)"'],
		['the title of a link', '[a](b "![a](b)")'],
		['an escaped image', '!\\[a](b)'],
		['an escaped exclamation mark', '\\![a](b)'],
		['a target with a space', '![a](b c)'],
		['a target with a backslash before a space', '![a](b\\ c)'],
		['parentheses 33 deep in a target', `![a](${'('.repeat(33)}b${')'.repeat(33)})`],
		['a title without white space', '![a](<b>"t")'],
		['unbalanced parentheses', '![a](b(c)'],
		['a line break in angle brackets', '![a](<b\nc>)'],
		['an undefined full reference', '![a][b]'],
		['an undefined collapsed reference', '![a][]'],
		['an undefined shortcut reference', '![a]'],
		['a defined label before an undefined one', '![a][b]\n\n[a]: c'],
	];

	for (const [name, text] of noImages) {
		it(`finds none in ${name}`, () => {
			assert.deepEqual(findImages(text), []);
			assert.deepEqual(imagesByMdast(text), []);
		});
	}

	const previewed: readonly (readonly [
		name: string,
		text: string,
		expected: readonly (readonly [string, string])[],
	])[] = [
		[
			'cells',
			'| a | b |\n|---|---|\n| ![c](d) | [![e](f)](g) |',
			[
				['c', 'd'],
				['e', 'f'],
			],
		],
		['a header without outer bars', '![a](b) | c\n--- | ---\n', [['a', 'b']]],
		['a bar in a cell', '| a |\n|---|\n| ![b \\| c](d) |', [['b | c', 'd']]],
		['a backtick in each of two cells', '| a | b |\n|---|---|\n| ` ![c](d) | ` |', [['c', 'd']]],
		['a row that cuts an image', '| a | b |\n|---|---|\n| ![c | d](e) |', []],
		['white space after the delimiter row', '| a | b |  \n|---|---| \t\n| ` ![c](d) | ` |', [['c', 'd']]],
		['Windows line ends', '| a | b |\r\n|---|---|\r\n| ` ![c](d) | ` |\r\n', [['c', 'd']]],
		['struck text', '![a ~~b~~ c](d)', [['a b c', 'd']]],
	];

	for (const [name, text, expected] of previewed) {
		it(`reads GitHub's tables and struck text as VS Code's preview does: ${name}`, () => {
			assert.deepEqual(
				findImages(text).map(({ alt, target }) => [alt, target]),
				expected,
			);
			assert.deepEqual(imagesByMarkdownIt(text), expected);
		});
	}

	const frontMatter: readonly (readonly [text: string, alts: readonly string[]])[] = [
		['---\na: ![b](c)\n---\n![d](e)', ['d']],
		['---\r\na: ![b](c)\r\n---\r\n![d](e)', ['d']],
		['+++\na = "![b](c)"\n+++\n![d](e)', ['d']],
		['---\n---\n![d](e)', ['d']],
		['\uFEFF---\na: ![b](c)\n---\n![d](e)', ['d']],
		['---\n\n![b](c)\n', ['b']],
		['a\n\n---\nb: ![b](c)\n---\n', ['b']],
	];

	for (const [text, alts] of frontMatter) {
		it(`skips front matter, and only that: ${JSON.stringify(text)}`, () => {
			assert.deepEqual(
				findImages(text).map(({ alt }) => alt),
				alts,
			);
		});
	}

	it('reads a hard line break as a space, which mdast leaves out', () => {
		assert.deepEqual(
			findImages('![a\\\nb  \nc](d)').map(({ alt }) => alt),
			['a b c'],
		);
	});

	it('sees past a byte order mark', () => {
		const [image] = findImages('\uFEFF# ![a](b)');
		assert.equal(image?.start, 3);
	});

	it('says where everything is, in UTF-16 code units', () => {
		const text = '😀 [![a \\* b](<c d> "t")](e&amp;f) ![g][h]\n\n[h]: <i>';
		const [first, second] = findImages(text);
		assert.ok(first && second);
		assert.equal(text.slice(first.start, first.end), '![a \\* b](<c d> "t")');
		assert.equal(text.slice(first.altStart, first.altEnd), 'a \\* b');
		assert.equal(text.slice(first.targetStart, first.targetEnd), 'c d');
		assert.equal(first.link, 'e&f');
		assert.equal(text.slice(second.start, second.end), '![g][h]');
		assert.equal(text.slice(second.altStart, second.altEnd), 'g');
		assert.equal(text.slice(second.targetStart, second.targetEnd), 'i');
		assert.equal(second.link, undefined);
		assert.deepEqual([first.syntax, second.syntax], ['markdown-inline', 'markdown-reference']);
	});

	// The seed is fixed since micromark has its own view of a few texts, each one in some thousand documents:
	// parentheses in titles, `]]]>`, the lengths of emphasis marks that are partly used.
	it('agrees with mdast on nasty documents', () => {
		fc.assert(
			fc.property(nastyMarkdown, (text) => {
				assert.deepEqual(findImages(text).map(seenByUs), imagesByMdast(text));
			}),
			{ numRuns: 1000, seed: 1 },
		);
	});
});
