import { isDeepStrictEqual } from 'node:util';
import type { ImageReference, Refusal, Rewrite } from './imageReference.ts';
import { moved } from './moved.ts';
import { normalizeAltText } from './normalizeAltText.ts';

/** What rewriting has to know of a language; `Image` is an image with what its own candidates need. */
export interface RewriteLanguage<Image extends FoundImage> {
	/** Finds the images of one version of a document after the other, in the order of the text. */
	readonly createFinder: () => (text: string) => readonly Image[];
	/** The rewrites that might do for a normalized alt text, the most readable first. */
	readonly candidatesFor: (image: Image, altText: string) => readonly Candidate[];
	/** Reads a document with a parser that shares no code with the finder; undefined for a syntax error. */
	readonly judge: Judging<Image>;
}

export interface FoundImage {
	readonly reference: ImageReference;
}

/** A rewrite that might do, and what has to be found in place of the image then. */
export interface Candidate {
	readonly rewrite: Rewrite;
	readonly reference: ImageReference;
}

/** Undefined for a text with a syntax error. */
export type Judging<Image> = (text: string) => Judge<Image> | undefined;

/**
 * Undefined unless the judged text is the same after a rewrite but for one image, and that has the alt text then;
 * else what makes the judge of the new text, which takes less than reading it.
 */
export type Judge<Image> = (attempt: Attempt<Image>) => (() => Judge<Image> | undefined) | undefined;

export interface Attempt<Image> {
	/** One of the judged text. */
	readonly image: Image;
	readonly altText: string;
	readonly rewrite: Rewrite;
	/** The whole text after it. */
	readonly newText: string;
}

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
	const find = language.createFinder();
	const images = find(text);
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
		const seen = find(newText).map((other) => other.reference);
		return (
			isDeepStrictEqual(seen, expected) && judge({ image: found, altText: wanted, rewrite, newText }) !== undefined
		);
	});
	return proven?.rewrite ?? { refused: 'unproven' };
}

/**
 * Remembers what was judged and what was accepted last, as long as there is memory to spare: to rewrite several images
 * of a document, one after the other or each in the document as it is, that has to be read once.
 */
export function remembered<Image>(judging: Judging<Image>): Judging<Image> {
	let judged: Memory<Judge<Image>> | undefined;
	let accepted: Memory<() => Judge<Image> | undefined> | undefined;
	return (text) => {
		const judge = recall(judged, text) ?? recall(accepted, text)?.() ?? judging(text);
		judged = judge && { text, kept: new WeakRef(judge) };
		return (
			judge &&
			((attempt) => {
				const next = judge(attempt);
				accepted = next ? { text: attempt.newText, kept: new WeakRef(next) } : accepted;
				return next;
			})
		);
	};
}

interface Memory<Kept extends WeakKey> {
	readonly text: string;
	readonly kept: WeakRef<Kept>;
}

function recall<Kept extends WeakKey>(memory: Memory<Kept> | undefined, text: string): Kept | undefined {
	return memory?.text === text ? memory.kept.deref() : undefined;
}
