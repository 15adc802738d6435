import type { Span } from '../span.ts';
import { decodeAttributeValue } from './characterReferences.ts';
import { attributeOf, type Attribute, type Tag } from './tags.ts';
import { isBound, isTemplate } from './templates.ts';

/** Where an image is. */
export interface Target extends Span {
	/** Empty when it is computed. */
	readonly text: string;
	readonly isComputed: boolean;
	readonly attribute?: Attribute;
}

/** The source of a stretch of the document, as HTML. */
export type Read = (span: Span) => string;

/** In the order of trust. Scripts that load images late read the names that start with `data-`. */
const sources: readonly { readonly name: string; readonly first: RegExp }[] = [
	...['src', 'data-src', 'data-original', 'data-lazy-src'].map((name) => ({
		name,
		first: /[^\t\n\f\r ].*(?<![\t\n\f\r ])/s,
	})),
	// Of several sizes the first one.
	...['data-srcset', 'srcset'].map((name) => ({ name, first: /[^\t\n\f\r ,][^\t\n\f\r ]*(?<!,)/ })),
];

/** The target of an `img` or `input`: a placeholder in `src`, that is a `data:` URL, gives way to anything else. */
export function targetOf(tag: Tag, read: Read): Target {
	if (isBound(tag, 'src') || isBound(tag, 'srcset')) {
		return { ...noTarget(tag), isComputed: true };
	}
	const targets = sources.flatMap(({ name, first }) => {
		const attribute = attributeOf(tag, name);
		return attribute?.value === undefined ? [] : readTarget(attribute, attribute.value, first, read);
	});
	return targets.find(({ text }) => !/^data:/i.test(text)) ?? targets[0] ?? noTarget(tag);
}

/** For images that are drawn in place. */
export function noTarget({ start }: Tag): Target {
	return { start, end: start, text: '', isComputed: false };
}

function readTarget(attribute: Attribute, value: Span, first: RegExp, read: Read): readonly Target[] {
	const source = read(value);
	const found = first.exec(source);
	if (found === null) {
		return [];
	}
	const start = value.start + found.index;
	const isComputed = isTemplate(source);
	const text = isComputed ? '' : decodeAttributeValue(found[0]);
	return [{ start, end: start + found[0].length, text, isComputed, attribute }];
}
