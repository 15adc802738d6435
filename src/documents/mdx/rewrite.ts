import { isDeepStrictEqual } from 'node:util';
import type { ImageReference, Refusal, Rewrite } from '../imageReference.ts';
import { moved } from '../moved.ts';
import { normalizeAltText } from '../normalizeAltText.ts';
import { candidates } from './candidates.ts';
import { findImages, findMdxImages } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

/** See `rewriteAltText` in `documents/index.ts`. */
export function rewriteAltText(text: string, image: ImageReference, altText: string): Rewrite | Refusal {
	const images = findMdxImages(text);
	const found = images.find(({ reference }) => isDeepStrictEqual(reference, image));
	if (found === undefined) {
		return { refused: 'stale' };
	}
	if (image.targetKind === 'computed') {
		return { refused: 'computed' };
	}
	const wanted = normalizeAltText(altText);
	if (wanted === image.alt && image.altKind === 'written') {
		return { start: image.altStart, end: image.altEnd, newText: text.slice(image.altStart, image.altEnd) };
	}
	const judged = judge(text);
	if (judged === undefined) {
		return { refused: 'invalid' };
	}
	for (const { rewrite, reference } of candidates(found, wanted)) {
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = images.map((other) => (other === found ? reference : moved(other.reference, rewrite)));
		if (
			isDeepStrictEqual(findImages(newText), expected) &&
			differOnlyInAltText(judged, judge(newText), image.start, wanted)
		) {
			return rewrite;
		}
	}
	return { refused: 'unproven' };
}
