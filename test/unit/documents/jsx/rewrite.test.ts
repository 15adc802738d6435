import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages, rewriteAltText } from '../../../../src/documents/index.ts';
import { assertOrderIsNothing, pick, rewritten as rewrittenIn, shown } from '../rewriting.ts';
import { nastyJsx, nastyText, nastyTsx } from './nastyJsx.ts';
import { type Dialect, imagesByBabel } from './referenceParser.ts';

const languageIds: Readonly<Record<Dialect, string>> = { javascript: 'javascriptreact', typescript: 'typescriptreact' };

const rewritten = (text: string, index: number, altText: string, dialect: Dialect = 'javascript'): Promise<string> =>
	rewrittenIn(languageIds[dialect], text, index, altText);

describe('rewriteAltText in JSX', function () {
	// The property tests take a second on a machine that does nothing else.
	this.timeout(30_000);

	const rewrites: readonly (readonly [name: string, text: string, altText: string, expected: string])[] = [
		['double quotes', '<img alt="a" src="b"/>', 'A cat', '<img alt="A cat" src="b"/>'],
		['single quotes', "<img alt='a'/>", 'A cat', "<img alt='A cat'/>"],
		['an empty text', '<img alt="a"/>', '', '<img alt=""/>'],
		['an Image with children', '<Image alt="a"><b/></Image>', 'c', '<Image alt="c"><b/></Image>'],
		['a string', "<img alt={'a'}/>", 'b', "<img alt={'b'}/>"],
		['a string with comments', "<img alt={/* ' */ 'a' /* b */}/>", 'c', "<img alt={/* ' */ 'c' /* b */}/>"],
		['a template', '<img alt={`a`}/>', 'b', '<img alt={`b`}/>'],
		['a text of several lines', '<img\r\n\talt="a\r\n\t\tb"\r\n/>', 'c', '<img\r\n\talt="c"\r\n/>'],
		['the last of two', '<img alt="a" alt="b"/>', 'c', '<img alt="a" alt="c"/>'],
		['behind a spread', '<img {...a} alt="b" src="c"/>', 'd', '<img {...a} alt="d" src="c"/>'],
		['a missing attribute behind src', '<img src="a" b/>', 'c', '<img src="a" alt="c" b/>'],
		['it with the quotes of src', "<img src='a'/>", 'c', "<img src='a' alt='c'/>"],
		['it on a line of its own', '<img\n\tsrc={"a"}\n\tb\n/>', 'c', '<img\n\tsrc={"a"}\n\talt="c"\n\tb\n/>'],
		['it under a comment', '<img // a\n  src="b" // c\n/>', 'd', '<img // a\n  src="b"\n  alt="d" // c\n/>'],
		['it right after an expression', '<img a={b}src="c"/>', 'd', '<img a={b}src="c" alt="d"/>'],
		['it without src', '<img a={b} />', 'c', '<img a={b} alt="c" />'],
		['it without any attribute', '<img/>', 'a', '<img alt="a"/>'],
		['an empty text where there was none', '<img src="a"/>', '', '<img src="a" alt=""/>'],
		['an attribute without a value', '<img alt src="a"/>', 'b', '<img alt="b" src="a"/>'],
		['an attribute without a value and the quotes of src', "<img alt src='a'/>", 'b', "<img alt='b' src='a'/>"],
		['a byte order mark', '\uFEFF<img alt="a"/>\r\n', 'b', '\uFEFF<img alt="b"/>\r\n'],
		['white space', '<img alt="a"/>', '  a\r\n\tb  c ', '<img alt="a b c"/>'],
		['no-break space', '<img alt="a"/>', '\u00A0a\u00A0', '<img alt="\u00A0a\u00A0"/>'],
		['control characters', '<img alt={"a"}/>', 'a\0b\u2028c\uD800', '<img alt={"ab c"}/>'],
		['double quotes in double quotes', '<img alt="a"/>', `"a" 'b'`, `<img alt="&quot;a&quot; 'b'"/>`],
		['single quotes in single quotes', "<img alt='a'/>", `"a" 'b'`, `<img alt='"a" &apos;b&apos;'/>`],
		['a backslash in an attribute', '<img alt="a"/>', 'a\\n\\', '<img alt="a\\n\\"/>'],
		['references', '<img alt="a"/>', '&amp; &#35; &x & R&D', '<img alt="&amp;amp; &amp;#35; &x & R&D"/>'],
		['braces and tags in an attribute', '<img alt="a"/>', '{a} </img> /> `', '<img alt="{a} </img> /> `"/>'],
		['quotes in a string', "<img alt={'a'}/>", `"a" 'b' \`c\``, `<img alt={'"a" \\'b\\' \`c\`'}/>`],
		['backslashes in a string', '<img alt={"a"}/>', 'a\\n"\\', '<img alt={"a\\\\n\\"\\\\"}/>'],
		['references in a string', '<img alt={"a"}/>', '&amp;', '<img alt={"&amp;"}/>'],
		['what acts in a template', '<img alt={`a`}/>', '`${a} $& \\ $ {b}', '<img alt={`\\`\\${a} $& \\\\ $ {b}`}/>'],
		['replacement patterns', '<img alt="a"/>', "$& $1 $$ $` $'", '<img alt="$& $1 $$ $` $\'"/>'],
		['what is right already, as it is written', '<img alt="a&nbsp;b"/>', 'a\u00A0b', '<img alt="a&nbsp;b"/>'],
		[
			'another image than the one it is in',
			'<Image><img alt="a"/></Image>',
			'b',
			'<Image alt="b"><img alt="a"/></Image>',
		],
	];

	for (const [name, text, altText, expected] of rewrites) {
		it(`writes ${name}`, async () => {
			assert.equal(await rewritten(text, 0, altText), expected);
		});
	}

	it('reads types in TypeScript and comparisons in JavaScript', async () => {
		assert.equal(await rewritten('a as b; <img alt="c"/>', 0, 'd', 'typescript'), 'a as b; <img alt="d"/>');
		assert.equal(await rewritten('a<b>(<img alt="c"/>)', 0, 'd'), 'a<b>(<img alt="d"/>)');
	});

	it("reads Flow's types and decorators", async () => {
		const text = '@a class B { c = (d: ?E): F<G> => <img alt="h"/> }';
		assert.equal(await rewritten(text, 0, 'i'), text.replace('"h"', '"i"'));
	});

	it('refuses alt texts that are expressions', async () => {
		for (const alt of ['alt={a}', "alt={t('a')}", 'alt={`a ${b}`}', 'alt="a" {...b}', '{...b}', "alt={'a' + b}"]) {
			const [image] = await findImages(`<img ${alt}/>`, 'javascriptreact');
			assert.ok(image);
			assert.deepEqual(await rewriteAltText(`<img ${alt}/>`, 'javascriptreact', image, 'c'), { refused: 'computed' });
		}
	});

	it('refuses images whose target is an expression', async () => {
		for (const attributes of ['src={a} alt="b"', 'src={a}', '{...a} alt="b"']) {
			const [image] = await findImages(`<img ${attributes}/>`, 'javascriptreact');
			assert.ok(image);
			assert.deepEqual(await rewriteAltText(`<img ${attributes}/>`, 'javascriptreact', image, 'c'), {
				refused: 'computed',
			});
		}
	});

	it('refuses documents with a syntax error', async () => {
		for (const text of [
			'<img alt="a"/>; let = ',
			'<img alt="a">',
			'f(<img alt="a"/>',
			'<b c="&#x110000;"><img alt="a"/></b>',
		]) {
			const [image] = await findImages(text, 'javascriptreact');
			assert.ok(image);
			assert.deepEqual(await rewriteAltText(text, 'javascriptreact', image, 'b'), { refused: 'invalid' });
		}
	});

	it('refuses an image that the document does not hold', async () => {
		const [image] = await findImages('<img alt="a"/>', 'javascriptreact');
		assert.ok(image);
		for (const changed of ['', ' <img alt="a"/>', '<img alt="b"/>', '"<img alt=/>"']) {
			assert.deepEqual(await rewriteAltText(changed, 'javascriptreact', image, 'd'), { refused: 'stale' });
		}
	});

	for (const [dialect, documents] of [
		['javascript', nastyJsx],
		['typescript', nastyTsx],
	] as const) {
		it(`changes one alt text and nothing else: ${dialect}`, async () => {
			await fc.assert(
				fc.asyncProperty(documents, nastyText, fc.nat(), async (text, altText, choice) => {
					const before = imagesByBabel(text, dialect);
					const image = pick(await findImages(text, languageIds[dialect]), choice);
					if (!image || !before || image.altKind === 'computed' || image.targetKind === 'computed') {
						return;
					}
					const rewrite = await rewriteAltText(text, languageIds[dialect], image, altText);
					assert.ok(!('refused' in rewrite), JSON.stringify(rewrite));
					const after = imagesByBabel(
						text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end),
						dialect,
					);
					assert.ok(rewrite.start >= image.altStart && rewrite.end <= image.altEnd);
					assert.deepEqual(
						after?.map(({ kind, alt, target }) => [kind, alt, target]),
						before.map(({ kind, alt, target, start }) =>
							start === image.start ? ['written', shown(altText), target] : [kind, alt, target],
						),
					);
				}),
				{ numRuns: 300 },
			);
		});
	}

	it('gives the same document for two images in either order, and for one twice', async () => {
		await assertOrderIsNothing(
			'javascriptreact',
			[
				...['<img alt="a"/>', "<img alt='a'/>", "<img alt={'a'}/>", '<img alt={`a`}/>', '<img/>', '<img alt/>'],
				...['<Image src="a"></Image>', '<p>{a && <img src={"b"} />}</p>'],
			],
			[nastyText, nastyText],
			(one, other) => `const a = <>${one}${other}</>`,
		);
	});
});
