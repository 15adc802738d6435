import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Nodes } from 'mdast';
import { createFinder, type FoundImage } from '../../../../src/documents/markdown/find.ts';
import { altPlace } from '../../../../src/documents/html/imageTag.ts';
import { differOnlyInAltText, judge } from '../../../../src/documents/markdown/judge.ts';
import { type Comparison, judgedInPiece, judgedWhole } from '../../../../src/documents/markdown/piece.ts';
import { nastyHtml } from '../html/nastyHtml.ts';
import { nastyInline, nastyMarkdown } from './nastyMarkdown.ts';

/** Whether the piece and the whole are found to be alike once the alt text of an image is this source. */
function judgements(text: string, image: FoundImage, source: string, altText: string) {
	const { reference } = image;
	const rewrite = { start: reference.altStart, end: reference.altEnd, newText: source };
	const newText = text.slice(0, rewrite.start) + source + text.slice(rewrite.end);
	const versions = { before: judge(text), text, rewrite, newText, judge };
	const attribute = 'altForm' in image ? altPlace(image) : undefined;
	const change = { imageStart: reference.start, altText, attribute };
	const areAlike: Comparison = (...texts) => differOnlyInAltText(...texts, change);
	const inPiece = judgedInPiece(versions, areAlike)?.();
	const whole = judgedWhole(versions, areAlike)?.();
	if (inPiece !== undefined) {
		// What is known of the document then is what reading it would give.
		assert.deepEqual(offsetsIn(inPiece), whole && offsetsIn(whole));
	}
	return { inPiece: inPiece !== undefined, whole: whole !== undefined };
}

/** Every node with where it is. */
function offsetsIn(node: Nodes): readonly unknown[] {
	const { position, ...rest } = node;
	const children = 'children' in node ? node.children.map(offsetsIn) : [];
	return [{ ...rest, children: [] }, position?.start.offset, position?.end.offset, children];
}

/** Much more than a piece. */
const filler = 'Some words that fill a paragraph.\n\n'.repeat(12);

describe('the second opinion on a piece of Markdown', function () {
	// The property test takes seconds on a machine that does nothing else.
	this.timeout(60_000);

	const documents: readonly (readonly [name: string, text: string, source: string, inPiece: boolean])[] = [
		['a paragraph', '![a](b)\n\nc', 'd', true],
		['a list item', '- a\n- ![a](b)\n\nc', 'd', true],
		['an image whose definition is elsewhere', `![a][c]\n\n${filler}> [c]: d`, 'e', true],
		['what is between other blocks without a blank line', '# a\n![a](b)\n# c', 'd', true],
		['the last block', '![a](b)', 'd', true],
		['what a definition before it makes a paragraph', '[b]: c\n    ![a](d)', 'e', true],
		['the same with Windows line ends', '[b]: c\r\n    ![a](d)', 'e', true],
		['a tag', '<p>\n<img alt="a">\n</p>\n\nc', 'd', true],
		['Windows line ends', '![a](b)\r\n\r\nc', 'd', true],
		['a text that would be a definition', `[b]: c\n![a](b)`, 'd](e)\n\n[f]: g\n\n![d', false],
		['what takes in the block after it', `<img alt="a">\n\nb`, '">\n\n<!-- <img alt="', false],
		['another block', '![a](b)\n\nc', 'd](e)\n\n![d', false],
		['a link to a definition elsewhere', `![a](b)\n\n${filler}[c]: d`, '[c]', false],
	];
	for (const [name, text, source, expected] of documents) {
		it(`${expected ? 'is enough for' : 'sees'} ${name}`, () => {
			const document = `${filler}${text}\n\n${name === 'the last block' ? '' : filler}`;
			const [image] = createFinder()(document);
			assert.ok(image);
			assert.deepEqual(judgements(document, image, source, source), { inPiece: expected, whole: expected });
		});
	}

	it('sees another block at the end', () => {
		const document = `${filler}![a](b)`;
		const [image] = createFinder()(document);
		assert.ok(image);
		assert.deepEqual(judgements(document, image, 'c](b)\n\n![d', 'c'), { inPiece: false, whole: false });
	});

	it('accepts nothing that would be rejected in the whole document', () => {
		let accepted = 0;
		let rejected = 0;
		let alone = 0;
		const source = fc.oneof(
			nastyInline,
			nastyInline,
			nastyMarkdown,
			fc.constantFrom('-->', '">', '\n\n', ']\n\n[foo]: x\n\n['),
		);
		fc.assert(
			fc.property(
				fc.array(fc.oneof(nastyMarkdown, nastyMarkdown, nastyHtml), { minLength: 1, maxLength: 5 }),
				source,
				fc.nat(),
				fc.constantFrom('\n', '\n\n'),
				fc.constantFrom(filler, ''),
				(parts, newSource, choice, separator, end) => {
					const text = [filler, ...parts, end].join(separator);
					const images = createFinder()(text);
					const image = images[choice % images.length];
					if (image === undefined) {
						return;
					}
					// The decoded alt text is what the whole document has there, so that only the rest decides.
					const { inPiece, whole } = judgements(text, image, newSource, altAfter(text, image, newSource));
					assert.ok(whole || !inPiece, text);
					accepted += inPiece ? 1 : 0;
					rejected += whole ? 0 : 1;
					alone += whole && !inPiece ? 1 : 0;
				},
			),
			{ numRuns: 1000 },
		);
		assert.ok(accepted > 100 && rejected > 100 && alone < accepted, `${accepted}, ${rejected}, ${alone}`);
	});
});

/** The alt text that an image has after a change, as the finder sees it. */
function altAfter(text: string, { reference }: FoundImage, source: string): string {
	const newText = text.slice(0, reference.altStart) + source + text.slice(reference.altEnd);
	return createFinder()(newText).find((image) => image.reference.start === reference.start)?.reference.alt ?? '';
}
