import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages, rewriteAltText } from '../../../../src/documents/index.ts';
import { nastyText } from '../jsx/nastyJsx.ts';
import { nastyInline } from '../markdown/nastyMarkdown.ts';
import { assertOrderIsNothing, rewritten as rewrittenIn, shown } from '../rewriting.ts';
import { nastyMdx } from './nastyMdx.ts';
import { imagesByMdx } from './referenceParser.ts';

const rewritten = (text: string, index: number, altText: string): Promise<string> =>
	rewrittenIn('mdx', text, index, altText);

describe('rewriteAltText in MDX', function () {
	// The property tests take some seconds on a machine that does nothing else.
	this.timeout(60_000);

	const rewrites: readonly (readonly [name: string, text: string, altText: string, expected: string])[] = [
		['an image of Markdown', 'A ![a](b "t")', 'A cat', 'A ![A cat](b "t")'],
		['a shortcut reference', '![a]\n\n[a]: b', 'c', '![c][a]\n\n[a]: b'],
		['braces and tags in Markdown', '![a](b)', '{a} <b> < c <3', '![\\{a\\} \\<b> \\< c \\<3](b)'],
		['backslashes before braces', '![a](b)', '\\{a\\\\}', '![\\\\\\{a\\\\\\\\\\}](b)'],
		['Markdown in Markdown', '![a](b)', '*a* [b] `c` &amp;', '![\\*a\\* \\[b\\] \\`c\\` \\&amp;](b)'],
		['an alt text with an expression', '![a {b}](c)', 'd', '![d](c)'],
		['braces in a link and a tag', '<b>[![a](b)](c)</b>', '{d}', '<b>[![\\{d\\}](b)](c)</b>'],
		['an img in a line', 'a <img alt="b"/> c', '{d} "e"', 'a <img alt="{d} &quot;e&quot;"/> c'],
		['an img on its own lines', '<img\n  src="a"\n/>', 'b', '<img\n  src="a"\n  alt="b"\n/>'],
		['an empty text where there was none', '<img src="a"/>', '', '<img src="a" alt=""/>'],
		['an img in a quote', '> <img\n>   src="a"\n> />', 'b', '> <img\n>   src="a"\n>   alt="b"\n> />'],
		['an attribute with Windows line ends', '<img\r\n  src="a"\r\n/>', 'b', '<img\r\n  src="a"\r\n  alt="b"\r\n/>'],
		['a string', "<img alt={'a'}/>", "it's {b}", "<img alt={'it\\'s {b}'}/>"],
		['an img in an expression', '{a && <img alt="b"/>}', 'c', '{a && <img alt="c"/>}'],
		['an img in an attribute', '<b c={<img alt={`d`}/>}/>', '`${e}', '<b c={<img alt={`\\`\\${e}`}/>}/>'],
		['an img in a module', 'export const a = <img/>\n\n![b](c)', 'd', 'export const a = <img alt="d"/>\n\n![b](c)'],
		['an Image around Markdown', '<Image>\n![a](b)\n</Image>', 'c', '<Image alt="c">\n![a](b)\n</Image>'],
		['under front matter', '\uFEFF---\na: b\n---\r\n![c](d)\r\n', 'e', '\uFEFF---\na: b\n---\r\n![e](d)\r\n'],
		['a bar in a table', '| a |\n|---|\n| ![b](c) |', 'd | e', '| a |\n|---|\n| ![d \\| e](c) |'],
		['replacement patterns', '![a](b)', "$& $1 $$ $'", "![$& $1 $$ $'](b)"],
		['what is right already, as it is written', '![a&nbsp;{b}](c)', 'a\u00A0b', '![a&nbsp;{b}](c)'],
	];

	for (const [name, text, altText, expected] of rewrites) {
		it(`writes ${name}`, async () => {
			assert.equal(await rewritten(text, 0, altText), expected);
		});
	}

	const refusals: readonly (readonly [text: string, reason: string])[] = [
		['<img alt={a}/>', 'computed'],
		['<img alt="a" {...b}/>', 'computed'],
		['<img alt="a" src={b}/>', 'computed'],
		['<b>![a](b)', 'invalid'],
		['![a](b) {', 'invalid'],
		['![a](b) <!-- c -->', 'invalid'],
	];
	for (const [text, reason] of refusals) {
		it(`refuses, for it is ${reason}: ${text}`, async () => {
			const [image] = await findImages(text, 'mdx');
			assert.ok(image);
			assert.deepEqual(await rewriteAltText(text, 'mdx', image, 'c'), { refused: reason });
		});
	}

	it('refuses an image that the document does not hold', async () => {
		const [image] = await findImages('![a](b)', 'mdx');
		assert.ok(image);
		assert.deepEqual(await rewriteAltText('![a](c)', 'mdx', image, 'd'), { refused: 'stale' });
	});

	it('refuses where the reference parser sees no image', async () => {
		// micromark has no tables here, so the code span goes over the cells.
		assert.equal(await rewritten('| a | b |\n|---|---|\n| ` ![c](d) | ` |', 0, 'e'), 'refused: unproven');
	});

	it('changes one alt text and nothing else, and refuses seldom', async () => {
		let asked = 0;
		let refused = 0;
		await fc.assert(
			fc.asyncProperty(nastyMdx, fc.oneof(nastyText, nastyInline), fc.nat(), async (text, altText, choice) => {
				const before = imagesByMdx(text);
				const images = await findImages(text, 'mdx');
				const image = images[choice % images.length];
				if (!image || !before || image.altKind === 'computed' || image.targetKind === 'computed') {
					return;
				}
				asked++;
				const rewrite = await rewriteAltText(text, 'mdx', image, altText);
				if ('refused' in rewrite) {
					refused++;
					return;
				}
				const after = imagesByMdx(text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end));
				assert.ok(rewrite.start >= image.altStart && rewrite.end <= image.end);
				assert.deepEqual(
					after?.map(({ kind, alt, target }) => [kind, alt, target]),
					before.map(({ kind, alt, target, start }) =>
						start === image.start ? ['written', shown(altText), target] : [kind, alt, target],
					),
				);
			}),
			{ numRuns: 400 },
		);
		assert.ok(refused / asked < 0.05, `${refused} of ${asked}`);
	});

	it('never refuses in ordinary places', async () => {
		const place = fc.constantFrom(
			...[
				'a ![b](c.png "t") `d`',
				'# ![b](c)',
				'> - ![b](c)',
				'<div>\n![b](c)\n</div>',
				'![b]\n\n[b]: c',
				'<img alt="b"/>',
			],
			...["a <img alt='b'/>", "{d && <img alt={'b'}/>}", '<Image alt={`b`}>c</Image>', 'export const a = <img/>'],
		);
		await fc.assert(
			fc.asyncProperty(place, fc.oneof(nastyText, nastyInline), async (text, altText) => {
				const result = await rewritten(text, 0, altText);
				assert.equal(imagesByMdx(result)?.[0]?.alt, shown(altText));
			}),
		);
	});

	it('gives the same document for two images in either order, and for one twice', async () => {
		await assertOrderIsNothing(
			'mdx',
			['![b](c)', '> ![b](c)', '![b]', '<img/>', 'a <img alt="b"/>', '{<img alt={"b"}/>}', '<p>[![b][]](c)</p>'],
			[nastyInline, nastyText],
			(one, other) => `${one}\n\n${other}\n\n[b]: e`,
		);
	});
});
