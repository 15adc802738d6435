import type { ImageReference } from '../imageReference.ts';
import { type Block, blocksOf } from './blocks.ts';
import { type LooseTag, looseTags } from './looseTags.ts';
import type { Markup } from './markup.ts';

/** The blocks before and after an image. The last one before it and the first one after it are its own block. */
export interface TextAround {
	readonly before: readonly Block[];
	readonly after: readonly Block[];
}

/** Reads so many characters on each side of the image at most. */
export function textAround(
	text: string,
	markup: Markup,
	image: Pick<ImageReference, 'syntax' | 'start' | 'end'>,
	reach: number,
): TextAround {
	const head = text.slice(Math.max(0, image.start - reach), image.start);
	const tail = text.slice(image.end, image.end + reach);
	const [before, after] =
		markup === 'jsx' ? elementsOnly(head, tail) : [withoutScript(head), withoutAttributes(tail, markup)];
	return { before: blocksOf(`\n${before}`, markup), after: blocksOf(after, markup) };
}

/** A script or style sheet that starts before the text does. */
function withoutScript(head: string): string {
	const start = head.search(/<(?:script|style)\b/i);
	const [end = ''] = /^[^]*?<\/(?:script|style)\s*>/i.exec(head.slice(0, start === -1 ? undefined : start)) ?? [];
	return head.slice(end.length);
}

/** Pandoc, kramdown and others give images classes and sizes in braces. */
function withoutAttributes(tail: string, markup: Markup): string {
	return markup === 'markdown' ? tail.replace(/^\{[#.:\w][^{}\n]*\}/, '') : tail;
}

/** What code ends with where an element starts. */
const codeBeforeElement = /(?:\breturn|=>|&&|\|\||\?\?|[=(?:,[{])\s*$/;

/** The parts of a script that are in the elements around the image: all else is code. */
function elementsOnly(head: string, tail: string): readonly [before: string, after: string] {
	const around = elementsAround(head);
	const outermost = around.at(-1);
	if (outermost === undefined) {
		return ['', ''];
	}
	let depth = around.length;
	for (const tag of looseTags(tail)) {
		depth += tag.kind === 'open' ? 1 : tag.kind === 'close' ? -1 : 0;
		if (depth === 0) {
			return [head.slice(outermost.start), tail.slice(0, tag.start)];
		}
	}
	return [head.slice(outermost.start), tail];
}

/** The open elements at the end of a piece of a script, innermost first, up to one that code starts. */
function elementsAround(head: string): readonly LooseTag[] {
	const around: LooseTag[] = [];
	let closed = 0;
	for (const tag of looseTags(head).toReversed()) {
		if (tag.kind === 'close') {
			closed++;
		} else if (tag.kind === 'open' && closed > 0) {
			closed--;
		} else if (tag.kind === 'open') {
			around.push(tag);
			if (codeBeforeElement.test(head.slice(0, tag.start))) {
				return around;
			}
		}
	}
	return around;
}
