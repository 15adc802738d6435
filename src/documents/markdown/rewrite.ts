import type { ImageReference, Refusal, Rewrite } from '../imageReference.ts';
import { normalizeAltText, spellings } from './escape.ts';
import { findMarkdownImages, type MarkdownImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

/** See `rewriteAltText` in `documents/index.ts`. */
export function rewriteAltText(text: string, image: ImageReference, altText: string): Rewrite | Refusal {
	const images = findMarkdownImages(text);
	const found = images.find(({ reference }) => sameReference(reference, image));
	if (found === undefined) {
		return { refused: 'stale' };
	}
	const wanted = normalizeAltText(altText);
	if (wanted === image.alt) {
		return { start: image.altStart, end: image.altEnd, newText: text.slice(image.altStart, image.altEnd) };
	}
	const references = images.map(({ reference }) => reference);
	const judged = judge(text);
	for (const spelling of spellings(wanted, found.inTable)) {
		const rewrite = rewriteTo(found, spelling);
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = references.map((reference) =>
			reference === found.reference
				? {
						...moved(reference, rewrite),
						alt: wanted,
						altStart: image.altStart,
						altEnd: image.altStart + spelling.length,
					}
				: moved(reference, rewrite),
		);
		if (finds(newText, expected) && differOnlyInAltText(judged, judge(newText), image.start, wanted)) {
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

function finds(text: string, expected: readonly ImageReference[]): boolean {
	const images = findMarkdownImages(text);
	return (
		images.length === expected.length &&
		expected.every((reference, index) => {
			const image = images[index];
			return image !== undefined && sameReference(image.reference, reference);
		})
	);
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

const fields = [
	'syntax',
	'start',
	'end',
	'alt',
	'altKind',
	'altStart',
	'altEnd',
	'target',
	'targetStart',
	'targetEnd',
	'link',
] as const satisfies readonly (keyof ImageReference)[];

function sameReference(one: ImageReference, other: ImageReference): boolean {
	return fields.every((field) => one[field] === other[field]);
}
