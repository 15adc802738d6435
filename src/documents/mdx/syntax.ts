import type { SyntaxNode, Tree } from '@lezer/common';
import type { Span } from '../span.ts';
import { emptyExpression, parseScript } from '../jsx/script.ts';

/** A stretch of JSX or JavaScript in Markdown, with its braces or angle brackets. */
export interface Part extends Span {
	readonly kind: 'tag' | 'expression';
}

/** Parts that stand alone on their lines, and where the last of these lines ends. */
export interface Flow extends Span {
	readonly parts: readonly Part[];
}

const emptyBraces = new RegExp(emptyExpression, 'y');

/** Reads what starts with the brace or angle bracket at an offset; undefined when that is text. */
export function readPart(text: string, start: number): Part | undefined {
	const kind = text[start] === '{' ? 'expression' : 'tag';
	const end = kind === 'expression' ? expressionEnd(text, start) : tagEnd(text, start);
	return end === undefined ? undefined : { kind, start, end };
}

/** How many braces may be in strings and the like before the one that closes an expression. */
const mostBraces = 20;

/** In UTF-16 code units. */
const longestExpression = 100_000;

function expressionEnd(text: string, start: number): number | undefined {
	const emptyEnd = matchEnd(emptyBraces, text, start);
	if (emptyEnd !== undefined) {
		return emptyEnd;
	}
	for (const end of closingBraces(text, start)) {
		const length = expressionLength(text.slice(start, end));
		if (length !== undefined) {
			return start + length;
		}
	}
	return undefined;
}

/** What was read of short expressions: a document is read several times, and so is each of its expressions. */
const lengths = new Map<string, number | undefined>();
const mostLengths = 2_000;
const longestKey = 200;

/** Of the expression that a text starts with. */
function expressionLength(text: string): number | undefined {
	if (lengths.has(text)) {
		return lengths.get(text);
	}
	const expression = expressionAt(text);
	const isWhole = expression !== undefined && firstError(expression.toTree()) === undefined;
	const length = isWhole ? expression.to - fragmentStart.length : undefined;
	if (text.length <= longestKey) {
		if (lengths.size === mostLengths) {
			lengths.clear();
		}
		lengths.set(text, length);
	}
	return length;
}

/** Behind the braces that may close the one at an offset, the likeliest first. */
function* closingBraces(text: string, start: number): Generator<number> {
	yield* balancingBrace(text, start);
	let end = start;
	for (let tried = 0; tried < mostBraces; tried++) {
		end = text.indexOf('}', end) + 1;
		if (end === 0 || end - start > longestExpression) {
			return;
		}
		yield end;
	}
}

const brace = /[{}]/g;

/** Where as many braces are closed as opened, strings and the like included. */
function* balancingBrace(text: string, start: number): Generator<number> {
	let depth = 0;
	brace.lastIndex = start;
	for (let found = brace.exec(text); found && found.index - start < longestExpression; found = brace.exec(text)) {
		depth += found[0] === '{' ? 1 : -1;
		if (depth === 0) {
			yield brace.lastIndex;
			return;
		}
	}
}

const fragmentStart = '<>';

/** Only a parser of JavaScript knows which brace closes the first one. */
function expressionAt(text: string): SyntaxNode | undefined {
	const { tree } = parseScript(fragmentStart + text, 'javascript');
	const first: SyntaxNode | null = tree.resolve(fragmentStart.length, 1);
	const braces = first.name === '{' ? first.parent : first;
	return braces?.name === 'JSXEscape' && braces.lastChild?.name === '}' ? braces : undefined;
}

const identifier = '[\\p{ID_Start}$_][\\p{ID_Continue}$\\u200c\\u200d-]*';
const tagStart = new RegExp(`<(?:/\\s*)?(?:${identifier}(?:\\s*[.:]\\s*${identifier})*|(?=>))`, 'uy');
const tagClose = /\s*(?:\/\s*)?>/y;
const attributeName = new RegExp(`\\s*${identifier}(?:\\s*:\\s*${identifier})?`, 'uy');
const equals = /\s*=\s*/y;
const quoted = /"[^"]*"|'[^']*'/y;
const space = /\s*/y;

function tagEnd(text: string, start: number): number | undefined {
	let end = matchEnd(tagStart, text, start);
	while (end !== undefined) {
		const closed = matchEnd(tagClose, text, end);
		if (closed !== undefined) {
			return closed;
		}
		end = attributeEnd(text, end);
	}
	return undefined;
}

function attributeEnd(text: string, start: number): number | undefined {
	const spreadStart = matchEnd(space, text, start) ?? start;
	if (text[spreadStart] === '{') {
		return expressionEnd(text, spreadStart);
	}
	const nameEnd = matchEnd(attributeName, text, start);
	const valueStart = nameEnd === undefined ? undefined : matchEnd(equals, text, nameEnd);
	if (valueStart === undefined) {
		return nameEnd;
	}
	return text[valueStart] === '{' ? expressionEnd(text, valueStart) : matchEnd(quoted, text, valueStart);
}

const spaceInLine = /[ \t]*/y;

/** Undefined when the parts that start at an offset are followed by text: they belong to a paragraph then. */
export function readFlow(text: string, start: number): Flow | undefined {
	const parts: Part[] = [];
	for (let position = start; ;) {
		if (position === text.length || text[position] === '\n') {
			return parts.length === 0 ? undefined : { start, end: position, parts };
		}
		const part = text[position] === '{' || text[position] === '<' ? readPart(text, position) : undefined;
		if (part === undefined) {
			return undefined;
		}
		parts.push(part);
		position = matchEnd(spaceInLine, text, part.end) ?? part.end;
	}
}

const moduleStart = /(?:import|export) /y;
const blankLine = /\n[ \t]*(?=\n|$)|$/g;

/** In blank lines: a module goes on over them until it is whole. */
const longestModule = 40;

/** The end of the imports and exports at an offset, which is the start of a line; undefined when there are none. */
export function readModule(text: string, start: number): number | undefined {
	if (matchEnd(moduleStart, text, start) === undefined) {
		return undefined;
	}
	const module = text.slice(start);
	const ends = [...module.matchAll(blankLine)].slice(0, longestModule).map(({ index }) => index);
	for (const end of ends) {
		const source = module.slice(0, end).trimEnd();
		const error = firstError(parseScript(source, 'javascript').tree);
		if (error === undefined) {
			return start + end;
		}
		if (error < source.length) {
			break;
		}
	}
	return start + (ends[0] ?? module.length);
}

function firstError(tree: Tree): number | undefined {
	let first: number | undefined;
	tree.iterate({
		enter: ({ type, from }) => {
			first ??= type.isError ? from : undefined;
			return first === undefined;
		},
	});
	return first;
}

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
	pattern.lastIndex = start;
	return pattern.test(text) ? pattern.lastIndex : undefined;
}
