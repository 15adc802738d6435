import { isDeepStrictEqual } from 'node:util';
import type { ImageReference, Refusal, Rewrite } from '../imageReference.ts';
import { moved } from '../moved.ts';
import { normalizeAltText } from '../normalizeAltText.ts';
import { htmlCandidates } from './candidates.ts';
import { findHtmlImages, findImages } from './find.ts';
import { altAttributes } from './imageTag.ts';
import { differOnlyInAttribute, judge } from './judge.ts';

/** See `rewriteAltText` in `documents/index.ts`. */
export function rewriteAltText(text: string, image: ImageReference, altText: string): Rewrite | Refusal {
	const images = findHtmlImages(text);
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
	for (const { rewrite, reference } of htmlCandidates(found, wanted)) {
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = images.map((other) => (other === found ? reference : moved(other.reference, rewrite)));
		const isWanted = { name: altAttributes[found.reference.syntax], value: wanted, tagStart: image.start };
		if (isDeepStrictEqual(findImages(newText), expected) && differOnlyInAttribute(judged, judge(newText), isWanted)) {
			return rewrite;
		}
	}
	return { refused: 'unproven' };
}
