import { isDeepStrictEqual } from 'node:util';
import type { ImageReference, Refusal, Rewrite } from '../imageReference.ts';
import { moved } from '../moved.ts';
import { normalizeAltText } from '../normalizeAltText.ts';
import { spell } from './escape.ts';
import { findImages, findJsxImages, type JsxImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';
import type { Dialect } from './script.ts';

/** See `rewriteAltText` in `documents/index.ts`. */
export function rewriteAltText(
	text: string,
	dialect: Dialect,
	image: ImageReference,
	altText: string,
): Rewrite | Refusal {
	const images = findJsxImages(text, dialect);
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
	const judged = judge(text, dialect);
	if (judged === undefined) {
		return { refused: 'invalid' };
	}
	const rewrite = { start: image.altStart, end: image.altEnd, newText: spell(wanted, found.markup) };
	const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
	const expected = images.map(({ reference }) =>
		reference === found.reference ? rewrittenReference(found, rewrite, wanted) : moved(reference, rewrite),
	);
	const judgedAfter = judge(newText, dialect);
	return judgedAfter !== undefined &&
		isDeepStrictEqual(findImages(newText, dialect), expected) &&
		differOnlyInAltText(judged, judgedAfter, image.start, wanted)
		? rewrite
		: { refused: 'unproven' };
}

/** The image reference that the finder has to see once the rewrite is applied. */
export function rewrittenReference({ reference, markup }: JsxImage, rewrite: Rewrite, alt: string): ImageReference {
	return {
		...moved(reference, rewrite),
		alt,
		altKind: 'written',
		altStart: rewrite.start + markup.before.length,
		altEnd: rewrite.start + rewrite.newText.length - markup.after.length,
	};
}
