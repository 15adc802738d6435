import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';

/** How an HTML block starts, and what its last line holds: CommonMark 0.31.2, section 4.6. */
interface BlockStyle {
	readonly start: RegExp;
	readonly end: RegExp;
	readonly name: 'HTMLBlock' | 'CommentBlock' | 'ProcessingInstructionBlock';
	/** Whether a paragraph ends where it starts. */
	readonly interrupts: boolean;
}

const blockTags = [
	...['address', 'article', 'aside', 'base', 'basefont', 'blockquote', 'body', 'caption', 'center', 'col', 'colgroup'],
	...['dd', 'details', 'dialog', 'dir', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form'],
	...['frame', 'frameset', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'head', 'header', 'hr', 'html', 'iframe', 'legend'],
	...['li', 'link', 'main', 'menu', 'menuitem', 'nav', 'noframes', 'ol', 'optgroup', 'option', 'p', 'param'],
	...['search', 'section', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'title', 'tr', 'track', 'ul'],
].join('|');

const tagName = '[a-z][a-z0-9-]*';
const value = `[^\\s"'=<>\`]+|'[^']*'|"[^"]*"`;
const attribute = `\\s+[a-z_:][a-z0-9_.:-]*(?:\\s*=\\s*(?:${value}))?`;
const tag = `<${tagName}(?:${attribute})*\\s*/?>|</${tagName}\\s*>`;

const blankLine = /^\s*$/;

const blockStyles: readonly BlockStyle[] = [
	{
		start: /^<(?:script|pre|style|textarea)(?:\s|>|$)/i,
		end: /<\/(?:script|pre|style|textarea)>/i,
		name: 'HTMLBlock',
		interrupts: true,
	},
	{ start: /^<!--/, end: /-->/, name: 'CommentBlock', interrupts: true },
	{ start: /^<\?/, end: /\?>/, name: 'ProcessingInstructionBlock', interrupts: true },
	{ start: /^<![a-z]/i, end: />/, name: 'HTMLBlock', interrupts: true },
	{ start: /^<!\[CDATA\[/, end: /\]\]>/, name: 'HTMLBlock', interrupts: true },
	{ start: new RegExp(`^</?(?:${blockTags})(?:\\s|/?>|$)`, 'i'), end: blankLine, name: 'HTMLBlock', interrupts: true },
	{ start: new RegExp(`^(?:${tag})\\s*$`, 'i'), end: blankLine, name: 'HTMLBlock', interrupts: false },
];

/** CommonMark 0.31.2, sections 6.5 and 6.6. */
const inlineStyles: readonly { readonly pattern: RegExp; readonly name: string }[] = [
	{ pattern: /<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*>/iy, name: 'Autolink' },
	{
		pattern:
			/<[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*>/iy,
		name: 'Autolink',
	},
	{ pattern: new RegExp(tag, 'iy'), name: 'HTMLTag' },
	{ pattern: /<!--(?:-?>|[^]*?-->)/y, name: 'Comment' },
	{ pattern: /<\?[^]*?\?>/y, name: 'ProcessingInstruction' },
	{ pattern: /<![a-z][^>]*>|<!\[CDATA\[[^]*?\]\]>/iy, name: 'HTMLTag' },
];

/**
 * HTML in Markdown as CommonMark has it. In `@lezer/markdown` an HTML block inside a block quote goes on after
 * a blank line, declarations are upper case, and autolinks hold `<`.
 */
export const html: MarkdownConfig = {
	remove: ['HTMLBlock', 'HTMLTag'],
	parseBlock: [
		{
			name: 'Html',
			parse: readBlock,
			endLeaf: endsParagraph,
		},
	],
	parseInline: [{ name: 'InlineHtml', before: 'Emphasis', parse: readInline }],
};

function readBlock(cx: BlockContext, line: Line): boolean {
	const style = styleOf(line);
	if (style === undefined) {
		return false;
	}
	const start = cx.lineStart + line.pos;
	const marks = [];
	let isLast = style.end.test(line.text.slice(line.pos));
	while (!isLast && cx.nextLine() && !isOutside(line, cx)) {
		marks.push(...line.markers);
		isLast = style.end.test(line.text.slice(line.basePos));
	}
	if (isLast && style.end !== blankLine) {
		cx.nextLine();
	}
	cx.addElement(cx.elt(style.name, start, cx.prevLineEnd(), marks));
	return true;
}

function endsParagraph(_cx: BlockContext, line: Line): boolean {
	return styleOf(line)?.interrupts === true;
}

function styleOf(line: Line): BlockStyle | undefined {
	const text = line.text.slice(line.pos);
	return text.startsWith('<') ? blockStyles.find(({ start }) => start.test(text)) : undefined;
}

/** Whether the line has left a block quote or list item that is open; the field is there, but undocumented. */
function isOutside(line: Line, cx: BlockContext): boolean {
	return (line as Line & { readonly depth: number }).depth < cx.depth;
}

function readInline(cx: InlineContext, next: number, start: number): number {
	if (next !== '<'.charCodeAt(0)) {
		return -1;
	}
	for (const { pattern, name } of inlineStyles) {
		pattern.lastIndex = start - cx.offset;
		if (pattern.test(cx.text)) {
			const end = cx.offset + pattern.lastIndex;
			const url =
				name === 'Autolink'
					? [cx.elt('LinkMark', start, start + 1), cx.elt('URL', start + 1, end - 1), cx.elt('LinkMark', end - 1, end)]
					: [];
			return cx.addElement(cx.elt(name, start, end, url));
		}
	}
	return -1;
}
