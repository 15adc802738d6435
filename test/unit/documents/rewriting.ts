import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findImages, type ImageReference, rewriteAltText } from '../../../src/documents/index.ts';

/** The document after a rewrite of its image number `index`, or `refused: ` and the reason why there is none. */
export async function rewritten(languageId: string, text: string, index: number, altText: string): Promise<string> {
	const image = (await findImages(text, languageId))[index];
	assert.ok(image);
	const rewrite = await rewriteAltText(text, languageId, image, altText);
	return 'refused' in rewrite
		? `refused: ${rewrite.refused}`
		: text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
}

/** The same document for two images in either order, and for one twice. `textOf` puts two places in a document. */
export async function assertOrderIsNothing(
	languageId: string,
	places: readonly string[],
	alts: readonly [one: fc.Arbitrary<string>, other: fc.Arbitrary<string>],
	textOf: (one: string, other: string) => string,
): Promise<void> {
	const place = fc.constantFrom(...places);
	const inTurn = async (text: string, ...turns: readonly (readonly [number, string])[]): Promise<string> => {
		let result = text;
		for (const [index, altText] of turns) {
			result = await rewritten(languageId, result, index, altText);
			assert.doesNotMatch(result, /^refused: /);
		}
		return result;
	};
	await fc.assert(
		fc.asyncProperty(place, place, ...alts, async (one, other, firstAlt, secondAlt) => {
			const text = textOf(one, other);
			const first = await inTurn(text, [0, firstAlt], [1, secondAlt]);
			assert.equal(await inTurn(text, [1, secondAlt], [0, firstAlt]), first);
			assert.equal(await inTurn(first, [0, firstAlt], [1, secondAlt]), first);
		}),
	);
}

/** The alt text that a reader gets: the nasty pieces hold no characters that are dropped. */
export function shown(altText: string): string {
	return altText.replace(/[ \t\n]+/g, ' ').replace(/^ | $/g, '');
}

/** One of a document's images, for any number. */
export function pick(images: readonly ImageReference[], choice: number): ImageReference | undefined {
	return images[choice % images.length];
}
