import type { Span } from '../span.ts';

/** What makes brackets a link or an image: `(target "title")`, `[label]` or `[]`; neither for `[label]` alone. */
export interface LinkTail {
	readonly end: number;
	/** With its angle brackets, if it has them; it may be empty. */
	readonly target?: Span;
	/** With its brackets. */
	readonly label?: Span;
}

/** `[label]: target "title"` at the start of a paragraph. */
export interface Definition extends Span {
	/** Normalized. */
	readonly label: string;
	/** With its angle brackets, if it has them. */
	readonly target: Span;
}

/** CommonMark's own limits, in characters and in nested parentheses. */
const longestLabel = 999;
const deepestParentheses = 32;

const whiteSpace = /[ \t\r\n]*/y;
const restOfLine = /[ \t]*(?:\n|$)/y;
const angleTarget = /<(?:[^<>\\\r\n]|\\[^\r\n])*>/y;
const title = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)/y;
const label = /\[(?:[^[\]\\]|\\[^])*\]/y;

/**
 * Reads what follows the closing bracket of `text.slice(content.start, content.end)]`.
 * Undefined when the brackets are text: CommonMark 0.31.2, sections 6.3 and 6.4.
 */
export function readLinkTail(text: string, content: Span, isDefined: (label: string) => boolean): LinkTail | undefined {
	const start = content.end + 1;
	return resource(text, start) ?? reference(text, start, text.slice(content.start, content.end), isDefined);
}

/** Reads one definition, or undefined when the text is a paragraph's: CommonMark 0.31.2, section 4.7. */
export function readDefinition(text: string, position: number): Definition | undefined {
	const start = skipWhiteSpace(text, position);
	const labelEnd = matchEnd(label, text, start);
	if (labelEnd === undefined || text[labelEnd] !== ':') {
		return undefined;
	}
	const name = normalizeLabel(text.slice(start + 1, labelEnd - 1));
	const targetStart = skipWhiteSpace(text, labelEnd + 1);
	const targetEnd = readTarget(text, targetStart);
	if (name === '' || labelEnd - start - 2 > longestLabel || targetEnd === undefined || targetEnd === targetStart) {
		return undefined;
	}
	const titleEnd = readTitle(text, targetEnd);
	const end =
		(titleEnd === undefined ? undefined : matchEnd(restOfLine, text, titleEnd)) ??
		matchEnd(restOfLine, text, targetEnd);
	return end === undefined ? undefined : { start, end, label: name, target: { start: targetStart, end: targetEnd } };
}

/** Labels match whatever their case and white space: CommonMark 0.31.2, section 4.7. */
export function normalizeLabel(source: string): string {
	return source
		.replace(/[ \t\r\n]+/g, ' ')
		.replace(/^ | $/g, '')
		.toLowerCase()
		.toUpperCase();
}

function resource(text: string, start: number): LinkTail | undefined {
	if (text[start] !== '(') {
		return undefined;
	}
	const targetStart = skipWhiteSpace(text, start + 1);
	const targetEnd = readTarget(text, targetStart);
	if (targetEnd === undefined) {
		return undefined;
	}
	const titleEnd = readTitle(text, targetEnd);
	const close = skipWhiteSpace(text, titleEnd ?? targetEnd);
	if (text[close] !== ')') {
		return undefined;
	}
	return { end: close + 1, target: { start: targetStart, end: targetEnd } };
}

function reference(
	text: string,
	start: number,
	content: string,
	isDefined: (label: string) => boolean,
): LinkTail | undefined {
	const end = matchEnd(label, text, start);
	if (end === undefined) {
		return isDefined(content) ? { end: start } : undefined;
	}
	const ownLabel = text.slice(start + 1, end - 1);
	return isDefined(ownLabel === '' ? content : ownLabel) ? { end, label: { start, end } } : undefined;
}

/** The end of a target, which may be empty. */
function readTarget(text: string, start: number): number | undefined {
	return text[start] === '<' ? matchEnd(angleTarget, text, start) : bareTargetEnd(text, start);
}

/** A title needs white space between it and the target. */
function readTitle(text: string, targetEnd: number): number | undefined {
	const start = skipWhiteSpace(text, targetEnd);
	return start > targetEnd ? matchEnd(title, text, start) : undefined;
}

function bareTargetEnd(text: string, start: number): number | undefined {
	let depth = 0;
	let position = start;
	for (; position < text.length; position++) {
		const character = text.charAt(position);
		if (character <= ' ' || character === '\u007F') {
			break;
		}
		if (character === '\\' && /^[!-/:-@[-`{-~]/.test(text.charAt(position + 1))) {
			position++;
		} else if (character === '(' && ++depth > deepestParentheses) {
			return undefined;
		} else if (character === ')' && --depth < 0) {
			return position;
		}
	}
	return depth === 0 ? position : undefined;
}

function skipWhiteSpace(text: string, start: number): number {
	return matchEnd(whiteSpace, text, start) ?? start;
}

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
	pattern.lastIndex = start;
	return pattern.test(text) ? pattern.lastIndex : undefined;
}
