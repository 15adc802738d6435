import { isDeepStrictEqual } from 'node:util';
import type { ImageReference, Refusal, Rewrite } from './imageReference.ts';
import { moved } from './moved.ts';
import { normalizeAltText } from './normalizeAltText.ts';

/** What rewriting has to know of a language; `Image` is an image with what its own candidates need. */
export interface RewriteLanguage<Image extends FoundImage> {
	/** In the order of the text. */
	readonly findImages: (text: string) => readonly Image[];
	/** The rewrites that might do for a normalized alt text, the most readable first. */
	readonly candidatesFor: (image: Image, altText: string) => readonly Candidate[];
	/** Reads a document with a parser that shares no code with the finder; undefined for a syntax error. */
	readonly judge: (text: string) => Judge<Image> | undefined;
}

export interface FoundImage {
	readonly reference: ImageReference;
}

/** A rewrite that might do, and what has to be found in place of the image then. */
export interface Candidate {
	readonly rewrite: Rewrite;
	readonly reference: ImageReference;
}

/** Whether a text is the judged one but for this image, and whether that has the alt text there. */
export type Judge<Image> = (newText: string, image: Image, altText: string) => boolean;

/**
 * The first candidate after which the finder sees the same images at the places where they have moved to, this one with
 * its new alt text, and after which the judge sees no other change: see `rewriteAltText` in `documents/index.ts`.
 */
export function rewriteIn<Image extends FoundImage>(
	language: RewriteLanguage<Image>,
	text: string,
	image: ImageReference,
	altText: string,
): Rewrite | Refusal {
	const images = language.findImages(text);
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
	const judge = language.judge(text);
	if (judge === undefined) {
		return { refused: 'invalid' };
	}
	const proven = language.candidatesFor(found, wanted).find(({ rewrite, reference }) => {
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = images.map((other) => (other === found ? reference : moved(other.reference, rewrite)));
		const seen = language.findImages(newText).map((other) => other.reference);
		return isDeepStrictEqual(seen, expected) && judge(newText, found, wanted);
	});
	return proven?.rewrite ?? { refused: 'unproven' };
}
