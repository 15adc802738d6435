import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages, rewriteAltText } from '../../../../src/documents/index.ts';
import { assertOrderIsNothing, pick, rewritten as rewrittenIn, shown } from '../rewriting.ts';
import { nastyInline, nastyMarkdown } from './nastyMarkdown.ts';
import { imagesByMarkdownIt } from './previewParser.ts';
import { imagesByMdast } from './referenceParser.ts';

const rewritten = (text: string, index: number, altText: string): Promise<string> =>
	rewrittenIn('markdown', text, index, altText);

describe('rewriteAltText in Markdown', function () {
	// The property tests take a second on a machine that does nothing else.
	this.timeout(30_000);

	const rewrites: readonly (readonly [name: string, text: string, altText: string, expected: string])[] = [
		['plain text', 'A ![a](b.png "t") c', 'A cat', 'A ![A cat](b.png "t") c'],
		['an empty alt text', '![](b)', 'A cat', '![A cat](b)'],
		['with an empty one', '![a *b*](c)', '', '![](c)'],
		['over several lines', '![a\n  b](c\n  "t")', 'd', '![d](c\n  "t")'],
		['in a quote', '> ![a\n> b](c)', 'd', '> ![d](c)'],
		['in a link', '[![a](b)](c)', 'd', '[![d](b)](c)'],
		['with its nested image', '![a ![b](c)](d)', 'e', '![e](d)'],
		['a full reference', '![a][b]\n\n[b]: c', 'd', '![d][b]\n\n[b]: c'],
		['a collapsed reference', '![a][]\n\n[a]: c', 'd', '![d][a]\n\n[a]: c'],
		['a shortcut reference', '![The *a*] b\n\n[the *A*]: c', 'd', '![d][The *a*] b\n\n[the *A*]: c'],
		['a shortcut over two lines of a quote', '> ![a\n> b]\n\n[a b]: c', 'd', '> ![d][a b]\n\n[a b]: c'],
		['a shortcut with an empty alt text', '![a]\n\n[a]: c', '', '![][a]\n\n[a]: c'],
		['Windows line ends and a byte order mark', '\uFEFF![a](b)\r\n\r\nc\r\n', 'd', '\uFEFF![d](b)\r\n\r\nc\r\n'],
		['under front matter', '---\na: ![b](c)\n---\n![b](c)\n', 'd', '---\na: ![b](c)\n---\n![d](c)\n'],
		['white space', '![a](b)', '  a\r\n\tb  c ', '![a b c](b)'],
		['no-break space', '![a](b)', '\u00A0a\u00A0', '![\u00A0a\u00A0](b)'],
		['control characters', '![a](b)', 'a\0b\u001B[0m\u0085c\uD800\u202Ed\u2028e', '![ab\\[0m cd e](b)'],
		['brackets and backslashes', '![a](b)', 'a] [b](c) ![d] \\', '![a\\] \\[b\\](c) !\\[d\\] \\\\](b)'],
		['an exclamation mark', '![a](b)', 'Stop!', '![Stop!](b)'],
		['a backtick with a partner outside', '![a](b) `c', 'a ` b', '![a \\` b](b) `c'],
		['emphasis with stars', '![a](b)', '2*3*4, (*a*) * b', '![2\\*3\\*4, (\\*a\\*) * b](b)'],
		['emphasis with underscores', '![a](b)', '__a__, snake_case', '![\\_\\_a\\_\\_, snake_case](b)'],
		['struck text', '![a](b)', '~~a~~, ~b~', '![\\~\\~a\\~\\~, \\~b\\~](b)'],
		[
			'no emphasis',
			'![a](b)',
			'2 * 3 * 4, 5*, snake_case_name, ~5 to ~6',
			'![2 * 3 * 4, 5*, snake_case_name, ~5 to ~6](b)',
		],
		['tags', '![a](b)', '<b> </b> <!-- <? <http://a> a < b <3', '![\\<b> \\</b> \\<!-- \\<? \\<http://a> a < b <3](b)'],
		['an autolink that starts with a digit', '![a](b)', '<3@a.b>', '![\\<3\\@a\\.b&#62;](b)'],
		['entities', '![a](b)', '&amp; &#35; &#x1F600; R&D & &', '![\\&amp; \\&#35; \\&#x1F600; R&D & &](b)'],
		[
			'quotes and bare URLs',
			'![a](b)',
			'"a" \'b\' https://c.d/e_f_g www.h.i',
			'![\"a\" \'b\' https://c.d/e_f_g www.h.i](b)',
		],
		['replacement patterns', '![a](b)', "$& $1 $$ $` $'", "![$& $1 $$ $\\` $'](b)"],
		['a bar', '![a](b)', 'a | b', '![a | b](b)'],
		['a bar in a table', '| a |\n|---|\n| ![a](b) |', 'a | b', '| a |\n|---|\n| ![a \\| b](b) |'],
		[
			'beside a backtick of another cell',
			'| a | b |\n|---|---|\n| ` ![c](d) | ` |',
			'e',
			'| a | b |\n|---|---|\n| ` ![e](d) | ` |',
		],
		['a bar that would make a table', '![a](b)\n---|---', 'a | b', '![a \\| b](b)\n---|---'],
		['what is right already, as it is written', '![a&nbsp;*b*](c)', 'a\u00A0b', '![a&nbsp;*b*](c)'],
	];

	for (const [name, text, altText, expected] of rewrites) {
		it(`writes ${name}`, async () => {
			assert.equal(await rewritten(text, 0, altText), expected);
		});
	}

	it('refuses when the text the alt text is to leave has a meaning around it', async () => {
		// Without the inner link, the outer brackets are a link.
		assert.equal(await rewritten('[a ![b [c](d)](e) f](g)', 0, 'h'), 'refused: unproven');
	});

	it('refuses an image that the document does not hold', async () => {
		const [image] = await findImages('![a](b)', 'markdown');
		assert.ok(image);
		for (const changed of ['', ' ![a](b)', '![c](b)', '![a](c)', '`![a](b)`']) {
			assert.deepEqual(await rewriteAltText(changed, 'markdown', image, 'd'), { refused: 'stale' });
		}
	});

	it('never refuses in ordinary places', async () => {
		const places = [
			'a ![b](c.png "t") d `e` *f*',
			'# ![b](c)',
			'> - ![b](c)\n> d ` e',
			'[![b](c)](d)',
			'*a ![b](c) d*',
			'`a ![b](c) `` ![d](e)',
			'![b](c)\n---|---',
			'![b] ![b][] ![c][b]\n\n[b]: d',
		];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...places), nastyInline, async (text, altText) => {
				const result = await rewritten(text, 0, altText);
				assert.equal(imagesByMdast(result)[0]?.alt, shown(altText));
			}),
		);
	});

	it('writes table cells that VS Code shows as meant', async () => {
		const table = '| a | ![b](c) |\n|---|---|\n| `d` | ![e](f) |';
		await fc.assert(
			fc.asyncProperty(nastyInline, fc.constantFrom(0, 1), async (altText, index) => {
				const result = await rewritten(table, index, altText);
				const images = [
					['b', 'c'],
					['e', 'f'],
				].map(([alt, target], place) => [place === index ? shown(altText) : alt, target]);
				assert.deepEqual(imagesByMarkdownIt(result), images);
			}),
		);
	});

	it('changes one alt text and nothing else, or refuses', async () => {
		await fc.assert(
			fc.asyncProperty(nastyMarkdown, nastyInline, fc.nat(), async (text, altText, choice) => {
				const image = pick(await findImages(text, 'markdown'), choice);
				const rewrite = image && (await rewriteAltText(text, 'markdown', image, altText));
				if (!image || !rewrite || 'refused' in rewrite) {
					return;
				}
				const before = imagesByMdast(text);
				const after = imagesByMdast(text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end));
				assert.ok(rewrite.start >= image.altStart && rewrite.end <= image.end);
				assert.deepEqual(
					after.map(({ alt, target }) => [alt, target]),
					before.map(({ alt, target, start }) => [start === image.start ? shown(altText) : alt, target]),
				);
			}),
			{ numRuns: 300 },
		);
	});

	it('refuses seldom, even in nasty documents', async () => {
		const samples = fc.sample(fc.tuple(nastyMarkdown, fc.nat()), { numRuns: 300, seed: 1 });
		let asked = 0;
		let refused = 0;
		for (const [text, choice] of samples) {
			const image = pick(await findImages(text, 'markdown'), choice);
			if (image) {
				asked++;
				refused += 'refused' in (await rewriteAltText(text, 'markdown', image, 'A *cat*')) ? 1 : 0;
			}
		}
		assert.ok(refused / asked < 0.05, `${refused} of ${asked}`);
	});

	it('gives the same document for two images in either order, and for one twice', async () => {
		await assertOrderIsNothing(
			'markdown',
			['![b](c)', '> ![b](c)', '| a |\n|---|\n| ![b](c) |', '![b]', '[![b](c)](d)', '- ![b][]'],
			[nastyInline, nastyInline],
			(one, other) => `${one}\n\n${other}\n\n[b]: e`,
		);
	});
});
