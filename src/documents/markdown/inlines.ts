import type { Tree } from '@lezer/common';
import {
	type BlockContext,
	type DelimiterType,
	type InlineContext,
	type InlineParser,
	type MarkdownConfig,
	parser,
} from '@lezer/markdown';
import { gfm } from './gfm.ts';
import { normalizeLabel, readLinkTail } from './linkSyntax.ts';

/** Labels of the document's link reference definitions, normalized. */
export type Labels = Pick<ReadonlySet<string>, 'has'>;

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

/** Reads the inline text of one block after the other. */
export class Inlines {
	readonly #parser: typeof parser;
	#text = '';
	#labels: Labels = new Set<string>();

	/** The only inline parser of the other language is named `InlineHtml`. */
	constructor(embedded: MarkdownConfig) {
		const isDefined = (label: string): boolean => this.#labels.has(normalizeLabel(label));
		// Of all blocks only one that takes every line.
		const whole: MarkdownConfig = {
			defineNodes: [{ name: 'Inlines', block: true }],
			parseBlock: [{ name: 'Inlines', before: 'LinkReference', parse: (cx) => this.#take(cx) }],
		};
		this.#parser = parser.configure([gfm, embedded, codeSpans, brackets(isDefined), whole]);
	}

	/** At the offsets of the text. Which labels are asked for tells what else the tree depends on. */
	parse(text: string, labels: Labels): Tree {
		this.#text = text;
		this.#labels = labels;
		return this.#parser.parse(text);
	}

	#take(cx: BlockContext): true {
		cx.addElement(cx.elt('Inlines', 0, this.#text.length, this.#parser.parseInline(this.#text, 0)));
		while (cx.nextLine()) {
			// The element holds all lines.
		}
		return true;
	}
}

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

/** `@lezer/markdown` calls brackets links and images whether or not their label is defined; this grammar looks. */
function brackets(isDefined: (label: string) => boolean): MarkdownConfig {
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
			const tail = readLinkTail(cx.text, content, isDefined);
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
