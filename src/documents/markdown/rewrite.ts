import { isDeepStrictEqual } from 'node:util';
import type { ImageReference, Refusal, Rewrite } from '../imageReference.ts';
import { normalizeAltText, spellings } from './escape.ts';
import { findImages, findMarkdownImages, type MarkdownImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

/** See `rewriteAltText` in `documents/index.ts`. */
export function rewriteAltText(text: string, image: ImageReference, altText: string): Rewrite | Refusal {
	const images = findMarkdownImages(text);
	const found = images.find(({ reference }) => isDeepStrictEqual(reference, image));
	if (found === undefined) {
		return { refused: 'stale' };
	}
	const wanted = normalizeAltText(altText);
	if (wanted === image.alt) {
		return { start: image.altStart, end: image.altEnd, newText: text.slice(image.altStart, image.altEnd) };
	}
	const judged = judge(text);
	for (const spelling of spellings(wanted, found.inTable)) {
		const rewrite = rewriteTo(found, spelling);
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = images.map(({ reference }) =>
			reference === found.reference
				? {
						...moved(reference, rewrite),
						alt: wanted,
						altStart: image.altStart,
						altEnd: image.altStart + spelling.length,
					}
				: moved(reference, rewrite),
		);
		if (
			isDeepStrictEqual(findImages(newText), expected) &&
			differOnlyInAltText(judged, judge(newText), image.start, wanted)
		) {
			return rewrite;
		}
	}
	return { refused: 'unproven' };
}

/** Brackets that name their own definition go on naming it: `![logo]` becomes `![New text][logo]`. */
function rewriteTo({ reference, ownLabel }: MarkdownImage, spelling: string): Rewrite {
	return ownLabel === undefined
		? { start: reference.altStart, end: reference.altEnd, newText: spelling }
		: { start: reference.altStart, end: reference.end, newText: `${spelling}][${ownLabel}]` };
}

function moved(reference: ImageReference, { start, end, newText }: Rewrite): ImageReference {
	const move = (offset: number): number => (offset < end ? offset : offset + newText.length - (end - start));
	return {
		...reference,
		start: move(reference.start),
		end: move(reference.end),
		altStart: move(reference.altStart),
		altEnd: move(reference.altEnd),
		targetStart: move(reference.targetStart),
		targetEnd: move(reference.targetEnd),
	};
}
