import type { Span } from '../span.ts';

/** A start or end tag. */
export interface Tag extends Span {
	readonly kind: 'start' | 'end';
	/** In lower case. */
	readonly name: string;
	readonly nameEnd: number;
	/** In the order of the text. */
	readonly attributes: readonly Attribute[];
	readonly selfClosing: boolean;
}

export interface Attribute extends Span {
	/** In lower case. */
	readonly name: string;
	/** Without its quotation marks; undefined when there is no equals sign. */
	readonly value?: Span;
	/** Before and after the value. */
	readonly quote: '"' | "'" | '';
}

/**
 * The first tag at or after an offset where text is expected. It reads what the tokenizer of the HTML Standard, 13.2.5,
 * reads; undefined where that finds the end of the text first. CDATA sections exist in foreign content only.
 */
export function nextTag(text: string, position: number, inForeignContent: boolean): Tag | undefined {
	let start = text.indexOf('<', position);
	while (start !== -1) {
		const [name] = matchAt(tagStart, text, start) ?? [];
		if (name !== undefined) {
			return readTag(text, start, name);
		}
		const [skipped = '<'] =
			(inForeignContent ? matchAt(characterData, text, start) : undefined) ??
			matchAt(comment, text, start) ??
			matchAt(bogusComment, text, start) ??
			[];
		start = text.indexOf('<', start + skipped.length);
	}
	return undefined;
}

/** The first attribute of a name counts. */
export function attributeOf(tag: Tag, name: string): Attribute | undefined {
	return tag.attributes.find((attribute) => attribute.name === name);
}

const tagStart = /<\/?[a-zA-Z][^\t\n\f\r />]*/y;
const comment = /<!--(?:-?>|[^]*?(?:--!?>|$))/y;
const bogusComment = /<(?:[!?]|\/[^a-zA-Z>])[^>]*>?/y;
const characterData = /<!\[CDATA\[[^]*?(?:\]\]>|$)/y;

const attributeGap = /[\t\n\f\r /]*/y;
const attributeName = /[^\t\n\f\r />][^\t\n\f\r />=]*/y;
const equalsSign = /[\t\n\f\r ]*=[\t\n\f\r ]*/y;
const attributeValue = /"[^"]*"|'[^']*'|(?!["'])[^\t\n\f\r >]*/y;

function readTag(text: string, start: number, opening: string): Tag | undefined {
	const nameEnd = start + opening.length;
	const attributes: Attribute[] = [];
	let end = skip(attributeGap, text, nameEnd);
	while (end < text.length && text[end] !== '>') {
		const attribute = readAttribute(text, end);
		if (attribute === undefined) {
			return undefined;
		}
		attributes.push(attribute);
		end = skip(attributeGap, text, attribute.end);
	}
	if (end >= text.length) {
		return undefined;
	}
	const kind = opening.startsWith('</') ? 'end' : 'start';
	return {
		kind,
		start,
		end: end + 1,
		name: opening.slice(kind === 'end' ? 2 : 1).toLowerCase(),
		nameEnd,
		attributes,
		selfClosing: text[end - 1] === '/' && attributes.at(-1)?.end !== end,
	};
}

/** Undefined for a quotation mark that is never closed. */
function readAttribute(text: string, start: number): Attribute | undefined {
	const nameEnd = skip(attributeName, text, start);
	const name = text.slice(start, nameEnd).toLowerCase();
	const [equals] = matchAt(equalsSign, text, nameEnd) ?? [];
	if (equals === undefined) {
		return { start, end: nameEnd, name, quote: '' };
	}
	const valueStart = nameEnd + equals.length;
	const [value] = matchAt(attributeValue, text, valueStart) ?? [];
	if (value === undefined) {
		return undefined;
	}
	const end = valueStart + value.length;
	const quote = quoteOf(value);
	return { start, end, name, value: { start: valueStart + quote.length, end: end - quote.length }, quote };
}

function quoteOf(value: string): Attribute['quote'] {
	const [first] = value;
	return first === '"' || first === "'" ? first : '';
}

function skip(pattern: RegExp, text: string, position: number): number {
	const [skipped = ''] = matchAt(pattern, text, position) ?? [];
	return position + skipped.length;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
	pattern.lastIndex = position;
	return pattern.exec(text) ?? undefined;
}
