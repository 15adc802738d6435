import { setImmediate } from 'node:timers/promises';
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

/** An image and the alt text that it is to have. */
export interface NewAltText {
	/** As the finder gives it in the text. */
	readonly image: ImageReference;
	readonly altText: string;
}

/** Rewrites documents of one language. */
export interface Rewriter {
	/** Reads a text as a rewrite does, so that one that follows need not. */
	readonly read: (text: string) => void;
	/**
	 * The edits that give several images of one text their new alt texts, or why there is none, in the order of `news`;
	 * at the offsets of the text as it is: see `rewriteAltTexts` in `documents/index.ts`.
	 */
	readonly rewrites: (text: string, news: readonly NewAltText[]) => Promise<readonly (Rewrite | Refusal)[]>;
}

export function rewriterOf<Image extends FoundImage>(language: RewriteLanguage<Image>): Rewriter {
	return {
		read: (text) => {
			language.createFinder()(text);
			language.judge(text);
		},
		rewrites: (text, news) => rewritesIn(language, text, news),
	};
}

async function rewritesIn<Image extends FoundImage>(
	language: RewriteLanguage<Image>,
	text: string,
	news: readonly NewAltText[],
): Promise<readonly (Rewrite | Refusal)[]> {
	const find = language.createFinder();
	const first = find(text);
	const found = news.map(({ image }) => first.findIndex(({ reference }) => isDeepStrictEqual(reference, image)));
	// Of two alt texts for one image the second would be proven where the first is, which this text is not.
	const indexes = found.map((index, order) => (found.indexOf(index) === order ? index : -1));
	const results: (Rewrite | Refusal)[] = news.map(() => ({ refused: 'stale' }));
	let version: Version<Image> = { text, images: first };
	// From the last to the first: what was changed never moves what is still to change.
	for (const [order, index] of [...indexes.entries()].sort(([, one], [, other]) => other - one)) {
		const image = version.images[index];
		const proven = image && provenRewrite(language, find, version, image, news[order]?.altText ?? '');
		if (proven !== undefined) {
			results[order] = 'refused' in proven ? proven : proven.rewrite;
			version = 'refused' in proven ? version : proven.after;
		}
		if (news.length > 1) {
			// Others want their turn: in a large document of HTML each proof takes its time.
			await setImmediate();
		}
	}
	return results;
}

/** A text with the images that the finder sees in it. */
interface Version<Image> {
	readonly text: string;
	readonly images: readonly Image[];
}

/**
 * The first candidate after which the finder sees the same images at the places where they have moved to, this one with
 * its new alt text, and after which the judge sees no other change.
 */
function provenRewrite<Image extends FoundImage>(
	language: RewriteLanguage<Image>,
	find: (text: string) => readonly Image[],
	version: Version<Image>,
	image: Image,
	altText: string,
): { readonly rewrite: Rewrite; readonly after: Version<Image> } | Refusal {
	const { text, images } = version;
	const { alt, altKind, altStart, altEnd, targetKind } = image.reference;
	if (altKind === 'computed' || targetKind === 'computed') {
		return { refused: 'computed' };
	}
	const wanted = normalizeAltText(altText);
	if (wanted === alt && altKind === 'written') {
		return { rewrite: { start: altStart, end: altEnd, newText: text.slice(altStart, altEnd) }, after: version };
	}
	const judge = language.judge(text);
	if (judge === undefined) {
		return { refused: 'invalid' };
	}
	for (const { rewrite, reference } of language.candidatesFor(image, wanted)) {
		const newText = text.slice(0, rewrite.start) + rewrite.newText + text.slice(rewrite.end);
		const expected = images.map((other) => (other === image ? reference : moved(other.reference, rewrite)));
		const seen = find(newText);
		const isExpected = isDeepStrictEqual(
			seen.map((other) => other.reference),
			expected,
		);
		if (isExpected && judge({ image, altText: wanted, rewrite, newText }) !== undefined) {
			return { rewrite, after: { text: newText, images: seen } };
		}
	}
	return { refused: 'unproven' };
}

/** Gives the same finder again, which remembers what it read last, as long as there is memory to spare. */
export function rememberedFinder<Image>(
	createFinder: () => (text: string) => readonly Image[],
): () => (text: string) => readonly Image[] {
	let last: WeakRef<(text: string) => readonly Image[]> | undefined;
	return () => {
		const finder = last?.deref() ?? readingOnce(createFinder());
		last = new WeakRef(finder);
		return finder;
	};
}

function readingOnce<Image>(find: (text: string) => readonly Image[]): (text: string) => readonly Image[] {
	let read: { readonly text: string; readonly images: readonly Image[] } | undefined;
	return (text) => {
		read = read?.text === text ? read : { text, images: find(text) };
		return read.images;
	};
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
