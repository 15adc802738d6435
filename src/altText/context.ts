import type { ImageReference } from '../documents/index.ts';
import { withoutFrontMatter } from '../documents/markdown/sameOffsets.ts';

/** What a document says around an image, short enough to go with every request. Markdown as written. */
export interface Context {
	/** The heading that the image stands under. */
	readonly heading?: string;
	/** The text around the image, which `thisImage` stands for; its neighbours when it is a paragraph of its own. */
	readonly paragraph?: string;
}

export const thisImage = '[THIS IMAGE]';

/** In characters, on each side of the image. */
const paragraphBound = 300;
const headingBound = 200;

/** How far to look for that much text: link targets and embedded files are left out of it. */
const lookAround = 4000;

/** Pure and forgiving: it reads lines, since a wrong guess only costs the model some help. */
export function contextOf(text: string, image: Pick<ImageReference, 'start' | 'end'>): Context {
	const markdown = withoutFrontMatter(text);
	const heading = headingBefore(markdown.slice(0, image.start));
	const paragraph = paragraphAround(
		markdown.slice(Math.max(0, image.start - lookAround), image.start),
		markdown.slice(image.end, image.end + lookAround),
	);
	return { ...(heading && { heading }), ...(paragraph && { paragraph }) };
}

function headingBefore(text: string): string | undefined {
	let heading: string | undefined;
	let fence: string | undefined;
	let previous = '';
	for (const line of text.split(/\r\n?|\n/)) {
		const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
		if (fence !== undefined) {
			fence = mark?.startsWith(fence) ? undefined : fence;
		} else if (mark !== undefined) {
			fence = mark;
		} else {
			heading = atxHeading(line) ?? (isUnderline(line, previous) ? previous : heading);
		}
		previous = fence === undefined ? line : '';
	}
	return heading && cut(readable(heading.slice(0, lookAround)), headingBound);
}

function atxHeading(line: string): string | undefined {
	return /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line)?.[1];
}

function isUnderline(line: string, previous: string): boolean {
	return /^ {0,3}(?:=+|-+)[ \t]*$/.test(line) && /^ {0,3}[^\s>#|-]/.test(previous);
}

function paragraphAround(before: string, after: string): string | undefined {
	const blocksBefore = before.split(blankLine).map(readable);
	const blocksAfter = after.split(blankLine).map(readable);
	const sameBlock = [blocksBefore.at(-1) ?? '', blocksAfter[0] ?? ''] as const;
	const [start, end] = sameBlock.some(hasWords)
		? sameBlock
		: [blocksBefore.findLast(isText) ?? '', blocksAfter.find(isText) ?? ''];
	const around = [cutStart(start, paragraphBound), thisImage, cut(end, paragraphBound)];
	return around.some((part) => part !== thisImage && hasWords(part)) ? around.join(' ').trim() : undefined;
}

const blankLine = /(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/;

function isText(block: string): boolean {
	return hasWords(block) && !block.startsWith('#');
}

function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}

/** Without what tells a model nothing: link targets, embedded files, line breaks. */
function readable(markdown: string): string {
	return markdown
		.replace(/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g, ']')
		.replace(/[A-Za-z0-9+/=]{80,}/g, '…')
		.replace(/\s+/g, ' ')
		.trim();
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
