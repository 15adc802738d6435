import { type MarkdownConfig, parser } from '@lezer/markdown';
import { gfm } from './gfm.ts';
import { html } from './htmlGrammar.ts';
import { Inlines } from './inlines.ts';

/** Markdown with another language in it. */
export interface Grammar {
	/**
	 * Reads blocks alone: definitions come after their uses, so they have to be known before inline text is read, and
	 * most blocks need not be read at all. Gets the text that it is going to parse.
	 */
	readonly blockParser: (text: string) => typeof parser;
	readonly inlines: Inlines;
	/** The nodes that hold the other language. */
	readonly embedded: ReadonlySet<string>;
	/** What there is no image and nothing of the other language without. */
	readonly signs: RegExp;
	/** Whether a block depends on nothing but the blocks before it and the two lines after it. */
	readonly isLocal: boolean;
}

export function blocksWith(embedded: MarkdownConfig): typeof parser {
	return parser.configure([
		gfm,
		embedded,
		{ parseInline: [{ name: 'Unread', before: 'Escape', parse: (cx) => cx.end }] },
	]);
}

const htmlBlocks = blocksWith(html);

/** Markdown with HTML in it. HTML ends comments and processing instructions earlier than Markdown: the rest is tags. */
export const markdownGrammar: Grammar = {
	blockParser: () => htmlBlocks,
	inlines: new Inlines(html),
	embedded: new Set([
		...['HTMLBlock', 'CommentBlock', 'ProcessingInstructionBlock', 'HTMLTag', 'ProcessingInstruction'],
	]),
	signs: /!\[|<[a-z/!?]/i,
	isLocal: true,
};
