import type { SyntaxNode } from '@lezer/common';
import { decodeNamedCharacterReference } from 'decode-named-character-reference';

type Read = (node: SyntaxNode, source: string) => string;

/** What each kind of inline node contributes to an alt text; anything unlisted is its source. */
const readers: Readonly<Record<string, Read>> = {
	CodeMark: nothing,
	EmphasisMark: nothing,
	LinkMark: nothing,
	StrikethroughMark: nothing,
	MdxTag: nothing,
	MdxExpression: withoutBraces,
	Autolink: textOfChildren,
	Emphasis: textOfChildren,
	StrongEmphasis: textOfChildren,
	Strikethrough: textOfChildren,
	Image: textInBrackets,
	Link: textInBrackets,
	Escape: decoded,
	Entity: decoded,
	HardBreak: () => ' ',
	InlineCode: codeSpan,
};

/** The alt text of an `Image` node: its brackets' content as text, without its markup (CommonMark 0.31.2, 6.4). */
export function altTextOf(image: SyntaxNode, source: string): string {
	return textInBrackets(image, source);
}

const escapeOrReference = /\\([!-/:-@[-`{-~])|&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([0-9a-zA-Z]+));/g;

/** Resolves backslash escapes and character references, as in link targets. */
export function decodeString(source: string): string {
	return source.replace(
		escapeOrReference,
		(match, escaped?: string, hexadecimal?: string, decimal?: string, name?: string) =>
			escaped ??
			(name === undefined
				? character(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16))
				: decodeNamedCharacterReference(name) || match),
	);
}

/** The ends of the two marks around a link's or an image's text. */
export function bracketsOf(node: SyntaxNode): { readonly start: number; readonly end: number } {
	const [open, close] = node.getChildren('LinkMark');
	return { start: open?.to ?? node.from, end: close?.from ?? node.to };
}

export function onOneLine(source: string): string {
	return source.replace(/[ \t]*\n[ \t]*/g, ' ');
}

/** Code points that no text may hold become U+FFFD: CommonMark 0.31.2, section 2.5. */
function character(codePoint: number): string {
	const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
	return codePoint === 0 || isSurrogate || codePoint > 0x10ffff ? '\uFFFD' : String.fromCodePoint(codePoint);
}

function textInBrackets(node: SyntaxNode, source: string): string {
	const { start, end } = bracketsOf(node);
	return textBetween(node, source, start, end);
}

function textOfChildren(node: SyntaxNode, source: string): string {
	return textBetween(node, source, node.from, node.to);
}

function textBetween(parent: SyntaxNode, source: string, start: number, end: number): string {
	let text = '';
	let position = start;
	for (let child = parent.firstChild; child !== null && child.from < end; child = child.nextSibling) {
		if (child.from >= position && child.name !== 'QuoteMark') {
			text += textOf(source.slice(position, child.from)) + (readers[child.name] ?? sourceOf)(child, source);
			position = child.to;
		}
	}
	return text + textOf(source.slice(position, end));
}

function textOf(source: string): string {
	return onOneLine(source).replaceAll('\0', '\uFFFD');
}

function codeSpan(node: SyntaxNode, source: string): string {
	const code = textOfChildren(node, source).replaceAll('\n', ' ');
	return /^ .*[^ ].* $/s.test(code) ? code.slice(1, -1) : code;
}

function decoded(node: SyntaxNode, source: string): string {
	return decodeString(sourceOf(node, source));
}

function sourceOf(node: SyntaxNode, source: string): string {
	return source.slice(node.from, node.to);
}

/** MDX drops the braces: mdx-js/mdx#2612. */
function withoutBraces(node: SyntaxNode, source: string): string {
	return sourceOf(node, source).slice(1, -1);
}

function nothing(): string {
	return '';
}
