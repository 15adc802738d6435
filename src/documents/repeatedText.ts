import type { ImageReference } from './imageReference.ts';
import { hasWords } from './surroundings/blocks.ts';
import { captionOf } from './surroundings/caption.ts';
import { controlAround } from './surroundings/control.ts';
import { markupOf } from './surroundings/markup.ts';
import { textAround } from './surroundings/textAround.ts';

/** How far beside an image its text may stand, in characters. */
const reach = 800;

/** A paragraph of its own is compared from so many words on: `Output` above a picture only says where one is. */
const fewestWords = 3;

/**
 * Whether the alt text is what stands right beside the image, so that screen readers say it twice: the text of the
 * link or button around it, its caption, or the nearest sentence. A heading above names its section and is no such text.
 */
export function repeatsText(text: string, languageId: string, image: ImageReference, path?: string): boolean {
	const wanted = folded(image.alt);
	if (wanted.length < 2 || !hasWords(wanted) || !mayStandBeside(wanted, text, image)) {
		return false;
	}
	const markup = markupOf(languageId, image, path);
	const isWanted = (other: string): boolean => folded(other) === wanted;
	const control = controlAround(text, markup, image);
	const caption = captionOf(text, languageId, markup, image);
	if (isWanted(control?.text ?? '') || (isBeside(caption?.kind) && isWanted(caption?.text ?? ''))) {
		return true;
	}
	const { before, after } = textAround(text, markup, image, reach);
	const [ownBefore, ownAfter] = [before.at(-1), after[0]];
	if ([ownBefore, ownAfter].some((block) => hasWords(block?.text ?? ''))) {
		return lastParts(ownBefore?.text ?? '').some(isWanted) || firstParts(ownAfter?.text ?? '').some(isWanted);
	}
	const previous = before.findLast((block) => hasWords(block.text));
	const next = after.find((block) => hasWords(block.text));
	return (
		wanted.split(' ').length >= fewestWords &&
		((previous?.kind === 'text' && lastParts(previous.text).some(isWanted)) ||
			(next?.kind === 'text' && firstParts(next.text).some(isWanted)))
	);
}

function isBeside(kind: 'element' | 'line' | 'alt' | 'title' | undefined): boolean {
	return kind === 'element' || kind === 'line';
}

/** Keeps what costs time from most images: nothing is compared where not even one word occurs. */
function mayStandBeside(wanted: string, text: string, { start, end }: ImageReference): boolean {
	const [word = ''] = /[\p{L}\p{N}]+/u.exec(wanted) ?? [];
	const beside = text.slice(Math.max(0, start - 4000), start) + text.slice(end, end + 4000);
	return beside.toLowerCase().normalize().includes(word);
}

/** What ends next to the image: all of it, its last cell or item, its last sentence. */
function lastParts(text: string): readonly string[] {
	return [text, text.split(separators).findLast(hasWords) ?? '', text.split(sentenceEnd).findLast(hasWords) ?? ''];
}

function firstParts(text: string): readonly string[] {
	return [text, text.split(separators).find(hasWords) ?? '', text.split(sentenceEnd).find(hasWords) ?? ''];
}

const separators = /[|·•]/;
const sentenceEnd = /(?<=[.!?])\s+|(?<=[。！？])/;

/** Without case, markup and the punctuation at both ends. */
function folded(text: string): string {
	return text
		.normalize()
		.toLowerCase()
		.replace(/[*_`~[\]]+/g, '')
		.replace(/\s+/g, ' ')
		.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
