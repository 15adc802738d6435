import { decodeAttributeValue } from '../html/characterReferences.ts';
import { decodeString } from '../markdown/plainText.ts';
import { braces } from './looseTags.ts';
import { hasExpressions, type Markup } from './markup.ts';

/** A paragraph, a cell or the like as a reader has it, on one line; Markdown's inline marks stay. */
export interface Block {
	readonly kind: 'text' | 'heading';
	readonly text: string;
}

const blockTags = [
	...['address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'details', 'dialog', 'div', 'dl', 'dt'],
	...['fieldset', 'figure', 'footer', 'form', 'header', 'hr', 'html', 'legend', 'li', 'main', 'nav', 'ol', 'option'],
	...['p', 'pre', 'section', 'select', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul'],
].join('|');

const attributes = String.raw`(?:"[^"]*"|'[^']*'|${braces}|[^<>"'{}])*?`;
const headingStart = new RegExp(String.raw`<h[1-6](?=[\s/>])${attributes}>`, 'gi');
const blockEdge = new RegExp(String.raw`</?(?:${blockTags}|h[1-6])(?=[\s/>])${attributes}>`, 'gi');
const anyTag = new RegExp(String.raw`</?[A-Za-z][\w.-]*(?::[\w.-]+)?(?=[\s/>])${attributes}>|</?>`, 'g');

/** What is no text, or has its own place: captions. */
const unread = /<(script|style|figcaption)\b[^]*?(?:<\/\1\s*>|$)/gi;
const comment = /<!--[^]*?(?:-->|$)/g;

const expression = new RegExp(braces, 'g');
const writtenText = /\{\s*(?:"([^"\\{}]*)"|'([^'\\{}]*)'|`([^`\\${}]*)`)\s*\}/g;

const markdownImage = /!\[[^[\]]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^[\]\n]*\])?/g;
const linkTarget = /\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;

const definition = /^ {0,3}\[[^\]\n]+\]:.*(?:\n[ \t]+["'(].*$)?/gm;

const headingLine = /(?<=\n) {0,3}#{1,6}[ \t].*/g;
const itemStart = /(?<=\n)[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/g;

/**
 * The blocks of a piece of a document that starts within a line, in which tags and expressions may be cut off.
 * Images say nothing here.
 */
export function blocksOf(source: string, markup: Markup): readonly Block[] {
	const lines = markup === 'html' || markup === 'jsx' ? source.replace(/\s+/g, ' ') : markdownLines(source);
	const marked = lines
		.replace(comment, '')
		.replace(unread, '\n\n')
		.replace(headingStart, '\n\n# ')
		.replace(blockEdge, '\n\n')
		.replace(/<br\b[^<>]*>/gi, ' ')
		.replace(anyTag, '');
	const words = hasExpressions(markup) ? withoutExpressions(marked) : marked;
	return words.split(/\n[ \t>]*\n/).map((block) => readBlock(block, markup));
}

function readBlock(source: string, markup: Markup): Block {
	const line = source.replace(/\s+/g, ' ').trim();
	const [mark = ''] = /^#{1,6}(?: |$)/.exec(line) ?? [];
	const isMarkdown = markup === 'markdown' || markup === 'mdx';
	const text = line.slice(mark.length).replace(/[A-Za-z0-9+/=]{80,}/g, '…');
	return {
		kind: mark === '' ? 'text' : 'heading',
		text: isMarkdown ? decodeString(text.replace(markdownImage, '').replace(linkTarget, ']')).trim() : decode(text),
	};
}

function decode(text: string): string {
	return text.includes('&') ? decodeAttributeValue(text) : text;
}

function markdownLines(source: string): string {
	return source
		.replace(/\r\n?/g, '\n')
		.replace(definition, '')
		.replace(headingLine, '\n\n$&\n\n')
		.replace(itemStart, '\n\n$&');
}

/** Whatever is left of an expression that goes on outside is no text either. */
function withoutExpressions(source: string): string {
	return source
		.replace(writtenText, (_, ...texts: readonly (string | undefined)[]) => texts.slice(0, 3).find(Boolean) ?? ' ')
		.replace(expression, '')
		.replace(/^[^{}]*\}|\{[^{}]*$/g, '');
}

export function hasWords(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}
