import { isDeepStrictEqual } from 'node:util';
import { type Candidate, htmlCandidates } from '../html/candidates.ts';
import { altAttributes, type HtmlImage } from '../html/imageTag.ts';
import type { ImageReference, Refusal, Rewrite } from '../imageReference.ts';
import { moved } from '../moved.ts';
import { normalizeAltText } from '../normalizeAltText.ts';
import { spellings } from './escape.ts';
import { findImages, findMarkdownImages, type MarkdownImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

/** See `rewriteAltText` in `documents/index.ts`. */
export function rewriteAltText(text: string, image: ImageReference, altText: string): Rewrite | Refusal {
	const images = findMarkdownImages(text);
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
	for (const { rewrite, reference } of candidatesFor(found, wanted)) {
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = images.map((other) => (other === found ? reference : moved(other.reference, rewrite)));
		if (
			isDeepStrictEqual(findImages(newText), expected) &&
			differOnlyInAltText(judged, judge(newText), image.start, wanted, altAttributeOf(found))
		) {
			return rewrite;
		}
	}
	return { refused: 'unproven' };
}

function candidatesFor(image: MarkdownImage | HtmlImage, altText: string): readonly Candidate[] {
	return 'altForm' in image ? htmlCandidates(image, altText) : markdownCandidates(image, altText);
}

function altAttributeOf(image: MarkdownImage | HtmlImage): string | undefined {
	return 'altForm' in image ? altAttributes[image.reference.syntax] : undefined;
}

function markdownCandidates(image: MarkdownImage, alt: string): readonly Candidate[] {
	return spellings(alt, image.inTable).map((spelling) => {
		const rewrite = rewriteTo(image, spelling);
		const { altStart } = image.reference;
		return {
			rewrite,
			reference: { ...moved(image.reference, rewrite), alt, altStart, altEnd: altStart + spelling.length },
		};
	});
}

/** Brackets that name their own definition go on naming it: `![logo]` becomes `![New text][logo]`. */
export function rewriteTo({ reference, ownLabel }: MarkdownImage, spelling: string): Rewrite {
	return ownLabel === undefined
		? { start: reference.altStart, end: reference.altEnd, newText: spelling }
		: { start: reference.altStart, end: reference.end, newText: `${spelling}][${ownLabel}]` };
}
