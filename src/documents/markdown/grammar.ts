import {
	type DelimiterType,
	type InlineContext,
	type InlineParser,
	type MarkdownConfig,
	type MarkdownExtension,
	parser,
	Strikethrough,
	Table,
	TaskList,
} from '@lezer/markdown';
import { html } from './htmlGrammar.ts';
import { normalizeLabel, readLinkTail } from './linkSyntax.ts';

/** Labels of the document's link reference definitions, normalized. */
export type Labels = Pick<ReadonlySet<string>, 'has'>;

interface Bracket {
	readonly image: boolean;
	readonly start: number;
	readonly end: number;
	/** Where the context keeps this delimiter. */
	readonly index: number;
	/** Links hold no links: an opening bracket before a finished link is only there to be closed. */
	active: boolean;
}

const linkOpener: DelimiterType = {};
const imageOpener: DelimiterType = {};

/** Both parsers get the text that they are going to parse. */
export interface Grammar {
	/** Blocks alone: definitions come after their uses, so they have to be known before inline text is read. */
	readonly blockParser: (text: string) => typeof parser;
	readonly parserWith: (labels: Labels, text: string) => typeof parser;
}

/**
 * GitHub's Markdown, but for bare URLs: GitHub reads an image directly after one as a part of it,
 * VS Code's preview and CommonMark do not. Definitions are what `findImages` looks for in paragraphs.
 */
const gfm: MarkdownExtension = [Table, TaskList, Strikethrough, { remove: ['LinkReference'] }];

const inlineParsers = [
	'Escape',
	'Entity',
	'InlineCode',
	'InlineHtml',
	'Emphasis',
	'HardBreak',
	'Link',
	'Image',
	'LinkEnd',
];

function blocksOnly(embedded: MarkdownConfig): typeof parser {
	// A configuration removes only what is there before it.
	return parser.configure([gfm, embedded]).configure({ remove: inlineParsers });
}

const htmlBlockParser = blocksOnly(html);

/** Markdown with HTML in it. */
export const markdownGrammar: Grammar = {
	blockParser: () => htmlBlockParser,
	parserWith: (labels) => inlineParserWith(labels, html),
};

/** Markdown with something else than HTML in it, whose only inline parser is named `InlineHtml`. */
export function grammarWith(embedded: (text: string) => MarkdownConfig): Grammar {
	return {
		blockParser: (text) => blocksOnly(embedded(text)),
		parserWith: (labels, text) => inlineParserWith(labels, embedded(text)),
	};
}

/** `@lezer/markdown` calls brackets links and images whether or not their label is defined; this grammar looks. */
function inlineParserWith(labels: Labels, embedded: MarkdownConfig): typeof parser {
	return parser.configure([gfm, embedded, codeSpans, brackets(labels)]);
}

/** `@lezer/markdown` takes an escaped backtick for a part of the run of backticks after it. */
const codeSpans: MarkdownConfig = {
	remove: ['InlineCode'],
	parseInline: [
		{
			name: 'CodeSpan',
			before: 'InlineHtml',
			parse(cx, next, start) {
				if (next !== charCode('`')) {
					return -1;
				}
				const [run = ''] = /^`+/.exec(cx.slice(start, cx.end)) ?? [];
				const contentStart = start + run.length;
				const close = new RegExp(`(?<!\`)${run}(?!\`)`).exec(cx.slice(contentStart, cx.end));
				if (close === null) {
					return contentStart;
				}
				const contentEnd = contentStart + close.index;
				const end = contentEnd + run.length;
				return cx.addElement(
					cx.elt('InlineCode', start, end, [
						cx.elt('CodeMark', start, contentStart),
						cx.elt('CodeMark', contentEnd, end),
					]),
				);
			},
		},
	],
};

function brackets(labels: Labels): MarkdownConfig {
	const openBrackets = new WeakMap<InlineContext, Bracket[]>();

	const open = (cx: InlineContext, image: boolean, start: number): number => {
		const type = image ? imageOpener : linkOpener;
		const end = cx.addDelimiter(type, start, start + (image ? 2 : 1), true, false);
		const stack = openBrackets.get(cx) ?? [];
		stack.push({ image, start, end, index: cx.findOpeningDelimiter(type) ?? 0, active: true });
		openBrackets.set(cx, stack);
		return end;
	};

	const openLink: InlineParser = {
		name: 'OpenLink',
		parse: (cx, next, start) => (next === charCode('[') ? open(cx, false, start) : -1),
	};

	const openImage: InlineParser = {
		name: 'OpenImage',
		parse: (cx, next, start) =>
			next === charCode('!') && cx.char(start + 1) === charCode('[') ? open(cx, true, start) : -1,
	};

	const close: InlineParser = {
		name: 'CloseBracket',
		parse(cx, next, start) {
			if (next !== charCode(']')) {
				return -1;
			}
			const stack = openBrackets.get(cx);
			const bracket = stack?.pop();
			if (stack === undefined || bracket?.active !== true) {
				return -1;
			}
			const content = { start: bracket.end - cx.offset, end: start - cx.offset };
			const tail = readLinkTail(cx.text, content, (label) => labels.has(normalizeLabel(label)));
			if (tail === undefined) {
				return -1;
			}
			const children = [
				cx.elt('LinkMark', bracket.start, bracket.end),
				...cx.takeContent(bracket.index),
				cx.elt('LinkMark', start, start + 1),
				...(tail.target ? [cx.elt('URL', cx.offset + tail.target.start, cx.offset + tail.target.end)] : []),
				...(tail.label ? [cx.elt('LinkLabel', cx.offset + tail.label.start, cx.offset + tail.label.end)] : []),
			];
			if (!bracket.image) {
				for (const outer of stack) {
					outer.active &&= outer.image;
				}
			}
			const name = bracket.image ? 'Image' : 'Link';
			return cx.addElement(cx.elt(name, bracket.start, cx.offset + tail.end, children));
		},
	};

	return { remove: ['Link', 'Image', 'LinkEnd'], parseInline: [openLink, openImage, close] };
}

function charCode(character: string): number {
	return character.charCodeAt(0);
}
