import { withoutFrontMatter } from '../markdown/sameOffsets.ts';
import type { Span } from '../span.ts';
import { blocksOf, hasWords } from './blocks.ts';
import type { Markup } from './markup.ts';

/** The most of a heading that is read, in characters. */
const longest = 1000;

interface Heading extends Span {
	readonly source: string;
}

/** The text of the heading that an image is in or under. */
export function headingBefore(text: string, markup: Markup, image: Span): string | undefined {
	const isMarkdown = markup === 'markdown' || markup === 'mdx';
	const element = headingElement(text, image);
	const line = isMarkdown ? headingLine(withoutFrontMatter(text.slice(0, image.start))) : undefined;
	const nearest = (line?.start ?? -1) > (element?.start ?? -1) ? line : element;
	const words = blocksOf(nearest?.source ?? '', markup).find((block) => hasWords(block.text));
	return words?.text;
}

/** How far up an element may be, in characters. */
const lookBack = 100_000;

/** So many without an end or words are enough. */
const mostTries = 20;

function headingElement(text: string, image: Span): Heading | undefined {
	const from = Math.max(0, image.start - lookBack);
	let tries = 0;
	const head = text.slice(from, image.start);
	for (
		let start = head.lastIndexOf('<h');
		start > -1 && tries < mostTries;
		start = start === 0 ? -1 : head.lastIndexOf('<h', start - 1)
	) {
		if (/^<h[1-6][\s>]/.test(head.slice(start, start + 4))) {
			tries++;
			const all = text.slice(from + start, image.start) + text.slice(image.end, image.end + longest);
			const [source = ''] = /^[^]*?<\/h[1-6]\s*>/.exec(all.slice(0, longest)) ?? [];
			if (hasWords(source.replace(/<[^<>]*>/g, ''))) {
				return { start: from + start, end: from + start + source.length, source };
			}
		}
	}
	return undefined;
}

const line = /^(?: {0,3}(?<fence>`{3,}|~{3,})| {0,3}#{1,6}[ \t]+(?<words>[^\r\n]*)| {0,3}(?<rule>=+|-+)[ \t]*$)/gm;

function headingLine(markdown: string): Heading | undefined {
	let heading: Heading | undefined;
	let fence: string | undefined;
	for (const { index, 0: all, groups = {} } of markdown.matchAll(line)) {
		const { fence: mark, words, rule } = groups;
		if (fence !== undefined) {
			fence = mark?.startsWith(fence) ? undefined : fence;
		} else if (mark !== undefined) {
			fence = mark;
		} else {
			const source = rule === undefined ? words : underlined(markdown, index);
			heading =
				source === undefined
					? heading
					: { start: index, end: index + all.length, source: source.slice(0, longest).replace(/[ \t]+#+[ \t]*$/, '') };
		}
	}
	return heading;
}

/** The line before a row of `=` or `-`; a list item, quote, table row, heading or fence is none. */
function underlined(markdown: string, index: number): string | undefined {
	const end = markdown.startsWith('\r\n', index - 2) ? index - 2 : index - 1;
	const head = markdown.slice(Math.max(0, end - longest), end);
	const words = head.slice(head.lastIndexOf('\n') + 1);
	return /^ {0,3}[^\s>#|`~-]/.test(words) ? words : undefined;
}
