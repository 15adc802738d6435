import type { ImageReference } from '../documents/index.ts';
import { type Block, hasWords } from '../documents/surroundings/blocks.ts';
import { captionOf } from '../documents/surroundings/caption.ts';
import { headingBefore } from '../documents/surroundings/heading.ts';
import { markupOf } from '../documents/surroundings/markup.ts';
import { textAround } from '../documents/surroundings/textAround.ts';

/** What a document says around an image, short enough to go with every request. Markdown's inline marks as written. */
export interface Context {
	/** The heading that the image stands under. */
	readonly heading?: string;
	/** The text around the image, which `thisImage` stands for; its neighbours when it is a paragraph of its own. */
	readonly paragraph?: string;
	readonly caption?: string;
	/** Alt texts of the images before and after it, in their order. */
	readonly neighbours?: readonly string[];
}

export interface ContextOptions {
	/** What the image is written in unless told. */
	readonly languageId?: string;
	/** All images of the document. */
	readonly images?: readonly ImageReference[];
}

export const thisImage = '[THIS IMAGE]';

/** In characters, on each side of the image. */
const paragraphBound = 300;
const headingBound = 200;
const captionBound = 300;
const neighbourBound = 150;

/** How many images on each side count as neighbours. */
const neighbourCount = 2;

/** How far to look for that much text: link targets, tags and embedded files are left out of it. */
const lookAround = 4000;

/** Pure and forgiving: it reads loosely, since a wrong guess only costs the model some help. */
export function contextOf(text: string, image: ImageReference, options: ContextOptions = {}): Context {
	const { languageId = '', images = [] } = options;
	const markup = markupOf(languageId, image);
	const heading = headingBefore(text, markup, image);
	const { before, after } = textAround(text, markup, image, lookAround);
	const paragraph = paragraphAround(before, after);
	const caption = captionOf(text, languageId, markup, image)?.text;
	const neighbours = neighboursOf(image, images);
	return {
		...(heading && { heading: cut(heading, headingBound) }),
		...(paragraph && { paragraph }),
		...(caption && { caption: cut(caption, captionBound) }),
		...(neighbours.length > 0 && { neighbours }),
	};
}

function paragraphAround(before: readonly Block[], after: readonly Block[]): string | undefined {
	const sameBlock = [before.at(-1)?.text ?? '', after[0]?.text ?? ''] as const;
	const [start, end] = sameBlock.some(hasWords)
		? sameBlock
		: [before.findLast(isText)?.text ?? '', after.find(isText)?.text ?? ''];
	const around = [cutStart(start, paragraphBound), thisImage, cut(end, paragraphBound)];
	return around.some((part) => part !== thisImage && hasWords(part)) ? around.join(' ').trim() : undefined;
}

function isText({ kind, text }: Block): boolean {
	return kind === 'text' && hasWords(text);
}

function neighboursOf(image: ImageReference, images: readonly ImageReference[]): readonly string[] {
	const index = images.findIndex(({ start }) => start >= image.start);
	const at = index === -1 ? images.length : index;
	return [
		...images.slice(Math.max(0, at - neighbourCount), at),
		...images
			.slice(at)
			.filter(({ start }) => start !== image.start)
			.slice(0, neighbourCount),
	]
		.filter(({ alt, altKind }) => altKind === 'written' && hasWords(alt))
		.map(({ alt }) => cut(alt, neighbourBound));
}

function cut(text: string, bound: number): string {
	return text.length <= bound
		? text
		: `${text
				.slice(0, bound)
				.replace(/\S{0,40}$/, '')
				.trimEnd()} …`;
}

function cutStart(text: string, bound: number): string {
	return text.length <= bound
		? text
		: `… ${text
				.slice(-bound)
				.replace(/^\S{0,40}/, '')
				.trimStart()}`;
}
