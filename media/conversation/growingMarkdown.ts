import { blockStarts, copyOf, htmlOf, newContext } from './markdownHtml.ts';

/** HTML of a text that grew: what is new of its settled beginning, and the rest, which more text may change. */
export interface Growth {
	readonly settled: string;
	readonly rest: string;
}

/**
 * Renders a text that only grows, in time that depends on its last blocks alone. A block is settled when two more have
 * begun: an unfinished line may still turn out to belong to the block before it. What settles too early all the same,
 * as a link whose address comes at the end of the text, is for a last rendering of the whole to mend.
 */
export function createGrowingMarkdown(): (text: string) => Growth {
	const context = newContext();
	let end = 0;
	return (text) => {
		const starts = blockStarts(text.slice(end), context);
		const settling = text.slice(end, end + (starts.at(-2) ?? 0));
		const settled = settling === '' ? '' : htmlOf(settling, context);
		end += settling.length;
		return { settled, rest: htmlOf(text.slice(end), copyOf(context)) };
	};
}
