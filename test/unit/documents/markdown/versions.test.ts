import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createFinder, findImages } from '../../../../src/documents/index.ts';
import { nastyHtml } from '../html/nastyHtml.ts';
import { nastyInline, nastyMarkdown } from './nastyMarkdown.ts';

/** Replaces a part of a text, by where it starts and how much of it goes, both as shares of the whole. */
interface Edit {
	readonly start: number;
	readonly removed: number;
	readonly added: string;
}

function edited(text: string, { start, removed, added }: Edit): string {
	const from = Math.floor(start * text.length);
	return text.slice(0, from) + added + text.slice(from + removed);
}

/** Checks that each version gives the images that it has on its own. */
async function assertSame(versions: readonly string[]): Promise<void> {
	const find = createFinder('markdown');
	for (const text of versions) {
		assert.deepEqual(await find(text), await findImages(text, 'markdown'), JSON.stringify(text));
	}
}

/** Longer than what is read again for every change. */
const filler = `${'Some words that fill a paragraph. '.repeat(6)}\n\n`;

describe('the finder of images in versions of a Markdown document', function () {
	// The property test takes seconds on a machine that does nothing else.
	this.timeout(60_000);

	const changes: readonly (readonly [name: string, ...versions: string[]])[] = [
		['a letter', '![a](b) c', '![ad](b) c', '![d](b) c'],
		['a definition elsewhere', '![a]\n\n[b]: c', '![a]\n\n[a]: c', '![a]\n\n[a]: d', '![a]\n\n'],
		['a definition before another', '![a]\n\n[a]: c', '[a]: b\n\n![a]\n\n[a]: c'],
		['what makes brackets around an image a link', '[![a](b) c]\n\nd', '[![a](b) c]\n\n[![a](b) c]: e'],
		['the indentation of the first line', '\t![a](b)\n', '![a](b)\n'],
		['the fence around an image', '```\n![a](b)\n```\n\n![c](d)', '``\n![a](b)\n```\n\n![c](d)'],
		['front matter', '---\na: ![b](c)\n\n![d](e)', '---\na: ![b](c)\n---\n![d](e)'],
		['the delimiter row of a table', '![a\n| b](c) | d |\n|---|---|\n', '![a\n| b](c) | d |\n|---|x|\n'],
		['the mark of a block quote', '> ![a\n> b](c)', '> ![a\n b](c)', '![a\n> b](c)'],
		['line ends', '![a](b)\n\n![c](d)\n', '![a](b)\r\n\r\n![c](d)\r\n'],
		['a link of HTML around images', '<a href="b">\n\n![c](d)\n\n</a>', '<a href="e">\n\n![c](d)\n\n</a>'],
		['all of it', '![a](b)', '', '![a](b)'],
	];
	for (const [name, ...versions] of changes) {
		it(`sees a change of ${name}`, async () => {
			await assertSame(versions);
			await assertSame(versions.map((text) => filler + text));
			await assertSame(versions.map((text) => text.replaceAll('\n\n', `\n\n${filler}`)));
		});
	}

	it('gives for any row of changes what each version has on its own', async () => {
		const piece = fc.oneof(
			{ weight: 4, arbitrary: fc.constantFrom('', 'a', '\n', '\n\n', '> ', '[', ']', '![', '`', '```\n', '|', '-') },
			{
				weight: 2,
				arbitrary: fc.constantFrom('[foo]: x\n', '<!--', '-->', '</a>', '<a href="y">', '\t', '<div>', '---'),
			},
			{ weight: 1, arbitrary: nastyInline },
			{ weight: 1, arbitrary: nastyMarkdown },
		);
		const edit: fc.Arbitrary<Edit> = fc.record({
			start: fc.double({ min: 0, max: 1, noNaN: true }),
			removed: fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(80) }),
			added: piece,
		});
		const long = fc
			.array(fc.oneof(nastyMarkdown, nastyMarkdown, nastyHtml, fc.constant(filler)), { minLength: 4, maxLength: 12 })
			.map((parts) => parts.join('\n\n'));
		await fc.assert(
			fc.asyncProperty(long, fc.array(edit, { minLength: 1, maxLength: 8 }), async (text, edits) => {
				const versions = [text];
				for (const next of edits) {
					versions.push(edited(versions.at(-1) ?? '', next));
				}
				await assertSame(versions);
			}),
			{ numRuns: 200 },
		);
	});
});
