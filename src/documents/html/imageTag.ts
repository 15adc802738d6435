import type { ImageReference, ImageSyntax } from '../imageReference.ts';
import type { Span } from '../span.ts';
import { decodeAttributeValue } from './characterReferences.ts';
import type { OpenElement } from './openElements.ts';
import { attributeOf, type Tag } from './tags.ts';
import { noTarget, type Read, type Target, targetOf } from './target.ts';
import { isBound, isTemplate, mayAddAttributes } from './templates.ts';

export type HtmlSyntax = Extract<ImageSyntax, `html-${string}`>;

/** How the alt text's attribute is written: with these quotation marks, none, as `alt=` or `alt`, or not at all. */
type AttributeForm = '"' | "'" | 'unquoted' | 'no value' | 'no equals sign' | 'missing';

/** `title`: the alt text is that of the title element of an SVG, not an attribute. */
export type AltForm = AttributeForm | 'title';

/** The text of an SVG's own title element; it is plain when there is nothing else in there. */
export interface SvgTitle extends Span {
	readonly isPlain: boolean;
}

/** An image with what its rewrite has to know. */
export interface HtmlImage {
	readonly reference: ImageReference & { readonly syntax: HtmlSyntax };
	readonly altForm: AltForm;
	/** In a table of Markdown, where a bar ends the cell, whatever is around it. */
	readonly inTable: boolean;
}

/** What is around and in an image, beside its own tag. */
export interface Surroundings {
	readonly link: string | undefined;
	readonly inButton: boolean;
	/** Of the image that an area is a part of. */
	readonly mapTarget: Target | undefined;
	readonly title: SvgTitle | undefined;
	readonly inTable: boolean;
}

type Alt = Pick<ImageReference, 'alt' | 'altKind' | 'altStart' | 'altEnd'> & { readonly form: AltForm };

const altAttributes: Readonly<Record<HtmlSyntax, string>> = {
	'html-img': 'alt',
	'html-input': 'alt',
	'html-area': 'alt',
	'html-svg': 'aria-label',
};

/** No attribute can have this name. */
export const titleText = '<title>';

/** The attribute that holds an image's alt text, or `titleText`. */
export function altPlace({ altForm, reference }: Pick<HtmlImage, 'altForm' | 'reference'>): string {
	return altForm === 'title' ? titleText : altAttributes[reference.syntax];
}

/** Which kind of image an element is, if it is one. */
export function syntaxOf({ namespace, tag }: OpenElement, read: Read): HtmlSyntax | undefined {
	if (namespace !== 'html') {
		const isImage =
			namespace === 'svg' && tag.name === 'svg' && /^\s*(?:img|image)\s*$/i.test(valueOf(tag, 'role', read) ?? '');
		return isImage ? 'html-svg' : undefined;
	}
	switch (tag.name) {
		case 'img':
		// An old mistake that every parser mends.
		case 'image':
			return 'html-img';
		case 'input':
			return valueOf(tag, 'type', read)?.toLowerCase() === 'image' ? 'html-input' : undefined;
		case 'area':
			return attributeOf(tag, 'href') === undefined ? undefined : 'html-area';
		default:
			return undefined;
	}
}

/** The decoded value of an attribute, '' when it has none. */
export function valueOf(tag: Tag, name: string, read: Read): string | undefined {
	const attribute = attributeOf(tag, name);
	return attribute && (attribute.value === undefined ? '' : decodeAttributeValue(read(attribute.value)));
}

export function readImage(element: OpenElement, syntax: HtmlSyntax, surroundings: Surroundings, read: Read): HtmlImage {
	const { tag } = element;
	const target = targetIn(tag, syntax, surroundings, read);
	const { form, ...alt } = altOf(tag, syntax, target, surroundings, read);
	const link = syntax === 'html-area' ? valueOf(tag, 'href', read) : surroundings.link;
	return {
		altForm: form,
		inTable: surroundings.inTable,
		reference: {
			syntax,
			start: tag.start,
			end: element.end ?? tag.end,
			...alt,
			target: target.text,
			...(target.isComputed && { targetKind: 'computed' }),
			targetStart: target.start,
			targetEnd: target.end,
			...(link !== undefined && { link }),
			...((surroundings.inButton || syntax === 'html-input') && { inButton: true }),
			...(isHidden(tag, read) && { hidden: true }),
		},
	};
}

function targetIn(tag: Tag, syntax: HtmlSyntax, { mapTarget }: Surroundings, read: Read): Target {
	switch (syntax) {
		case 'html-img':
		case 'html-input':
			return targetOf(tag, read);
		case 'html-area':
			return mapTarget ?? noTarget(tag);
		case 'html-svg':
			return noTarget(tag);
	}
}

function altOf(tag: Tag, syntax: HtmlSyntax, target: Target, { title }: Surroundings, read: Read): Alt {
	const name = altAttributes[syntax];
	const attribute = attributeOf(tag, name);
	const computed = isBound(tag, name) || mayAddAttributes(tag) || isNamedElsewhere(tag, syntax);
	if (attribute?.value !== undefined) {
		const source = read(attribute.value);
		const form = attribute.quote || (source === '' ? 'no value' : 'unquoted');
		return {
			alt: decodeAttributeValue(source),
			altKind: computed || isTemplate(source) ? 'computed' : form === 'no value' ? 'absent' : 'written',
			altStart: attribute.value.start,
			altEnd: attribute.value.end,
			form,
		};
	}
	if (syntax === 'html-svg' && title !== undefined) {
		const source = read(title);
		const written = /^[\t\n\f\r ]*$/.test(source) ? 'absent' : 'written';
		return {
			alt: decodeAttributeValue(source),
			altKind: computed || !title.isPlain || isTemplate(source) ? 'computed' : written,
			altStart: title.start,
			altEnd: title.end,
			form: 'title',
		};
	}
	const position = attribute?.end ?? placeForAlt(tag, target);
	return {
		alt: '',
		altKind: computed ? 'computed' : 'absent',
		altStart: position,
		altEnd: position,
		form: attribute === undefined ? 'missing' : 'no equals sign',
	};
}

/** Where a new attribute goes: after the image's source, else after the last attribute. */
function placeForAlt(tag: Tag, target: Target): number {
	// After `name=` it would be a value.
	const places = tag.attributes.filter(
		({ value, quote }) => value === undefined || quote !== '' || value.start < value.end,
	);
	const place = places.find((attribute) => attribute === target.attribute) ?? places.at(-1);
	return place?.end ?? tag.nameEnd;
}

function isNamedElsewhere(tag: Tag, syntax: HtmlSyntax): boolean {
	return syntax === 'html-svg' && attributeOf(tag, 'aria-labelledby') !== undefined;
}

function isHidden(tag: Tag, read: Read): boolean {
	return (
		valueOf(tag, 'aria-hidden', read)?.toLowerCase() === 'true' ||
		/^\s*(?:none|presentation)(?:\s|$)/i.test(valueOf(tag, 'role', read) ?? '')
	);
}
