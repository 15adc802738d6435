import type { ImageReference } from '../imageReference.ts';
import { type Attribute, isSetLater, type Tag } from './element.ts';
import { type Coding, type Literal, type Quote, readLiteral } from './literal.ts';
import type { Script } from './script.ts';

/** How a text is written at `altStart` and `altEnd` of an image reference. */
export interface AltMarkup {
	readonly before: string;
	readonly after: string;
	readonly quote: Quote;
	readonly coding: Coding;
}

/** UTF-16 offsets of the text between its quotes, of an expression, or of the place for what is not there. */
export interface Alt {
	readonly text: string;
	readonly kind: ImageReference['altKind'];
	readonly start: number;
	readonly end: number;
	readonly markup: AltMarkup;
}

export function altOf(tag: Tag, script: Script): Alt {
	const attribute = tag.attributes.get('alt');
	const alt = attribute === undefined ? missing(tag, script) : present(attribute, tag, script);
	return isSetLater(attribute, tag) ? { ...alt, kind: 'computed' } : alt;
}

function present({ node, value }: Attribute, tag: Tag, script: Script): Alt {
	if (value === undefined) {
		// React drops `alt` without a value, since it means `alt={true}`.
		return { text: '', kind: 'absent', start: node.to, end: node.to, markup: quoted('=', quoteOfSrc(tag, script)) };
	}
	const literal = readLiteral(value, script);
	return literal === undefined
		? { text: '', kind: 'computed', start: value.from, end: value.to, markup: quoted('', '"') }
		: written(literal);
}

function written({ text, start, end, quote, coding }: Literal): Alt {
	return { text: onOneLine(text), kind: 'written', start, end, markup: { before: '', after: '', quote, coding } };
}

/** The place is behind `src`, on a line of its own when `src` is, with the marks of a block quote. */
function missing(tag: Tag, script: Script): Alt {
	const neighbour = tag.attributes.get('src')?.node ?? tag.lastAttribute;
	const place = neighbour?.to ?? tag.nameEnd;
	const head = script.original.slice(tag.node.from, neighbour?.from ?? tag.node.from);
	const [space = ' '] = /\s(?:[\s>]*\s)?$/.exec(head) ?? [];
	return {
		text: '',
		kind: 'absent',
		start: place,
		end: place,
		markup: quoted(`${space}alt=`, quoteOfSrc(tag, script)),
	};
}

function quoted(before: string, quote: Quote): AltMarkup {
	return { before: before + quote, after: quote, quote, coding: 'attribute' };
}

function quoteOfSrc(tag: Tag, { source }: Script): Quote {
	const src = tag.attributes.get('src')?.value;
	return src?.name === 'JSXAttributeValue' && source[src.from] === "'" ? "'" : '"';
}

function onOneLine(text: string): string {
	return text.replace(/[ \t]*[\r\n\u2028\u2029]+[ \t]*/g, ' ');
}
