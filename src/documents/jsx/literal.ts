import type { SyntaxNode } from '@lezer/common';
import { decodeHtmlReferences, decodeReferences } from './references.ts';
import type { Script } from './script.ts';

/** A text that stands in the source as it is; UTF-16 offsets of what is between its quotes. */
export interface Literal {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly quote: Quote;
	readonly coding: Coding;
}

export type Quote = '"' | "'" | '`';

/** How characters are escaped: with character references in `alt="…"`, with backslashes in `alt={'…'}`. */
export type Coding = 'attribute' | 'script';

type Decode = (source: string, node: SyntaxNode, script: Script) => string | undefined;

const decoders: Readonly<Record<string, Decode>> = {
	JSXAttributeValue: (source, node, { references }) =>
		references === 'html' && !isInExpression(node) ? decodeHtmlReferences(source) : decodeReferences(source),
	String: decodeEscapes,
	TemplateString: (source, node) => (node.getChild('Interpolation') === null ? decodeEscapes(source) : undefined),
};

/** Reads the value of an attribute or an expression; undefined when it has to be computed. */
export function readLiteral(node: SyntaxNode, script: Script): Literal | undefined {
	const { source } = script;
	const start = node.from + 1;
	const end = node.to - 1;
	const quote = source[node.from];
	const isWhole = start <= end && source[end] === quote;
	if (!isWhole || (quote !== '"' && quote !== "'" && quote !== '`')) {
		return undefined;
	}
	const text = decoders[node.name]?.(source.slice(start, end), node, script);
	const coding = node.name === 'JSXAttributeValue' ? 'attribute' : 'script';
	return text === undefined ? undefined : { text, start, end, quote, coding };
}

function isInExpression(node: SyntaxNode): boolean {
	return node.name === 'JSXEscape' || (node.parent !== null && isInExpression(node.parent));
}

const escape =
	/\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r\n|[^]))/g;

const escapedCharacters: ReadonlyMap<string, string> = new Map([
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
	['v', '\v'],
	...['\r\n', '\r', '\n', '\u2028', '\u2029'].map((lineEnd) => [lineEnd, ''] as const),
]);

function decodeEscapes(source: string): string {
	return source.replace(
		escape,
		(match, codePoint?: string, codeUnit?: string, byte?: string, octal?: string, character?: string) => {
			if (character !== undefined) {
				return escapedCharacters.get(character) ?? character;
			}
			const code =
				octal === undefined ? Number.parseInt(codePoint ?? codeUnit ?? byte ?? '', 16) : Number.parseInt(octal, 8);
			return code <= 0x10ffff ? String.fromCodePoint(code) : match;
		},
	);
}
