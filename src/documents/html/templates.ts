import type { Tag } from './tags.ts';

/** What starts an expression in the template languages that HTML files are written in. */
const expressionStart = /\{[{%#]|<[%?]|[$#]\{/;

/** `:alt`, `v-bind:alt`, `th:alt`, `ng-attr-alt` and so on: the value is an expression for that attribute. */
const bindingPrefixes = [':', 'v-bind:', 'x-bind:', 'th:', 'data-th-', 'ng-', 'ng-attr-'];

/** Whether the source of an attribute's value is an expression, at least in part. */
export function isTemplate(source: string): boolean {
	return expressionStart.test(source);
}

/** Whether a template decides about the attributes: to HTML, expressions between attributes look like attributes. */
export function mayAddAttributes(tag: Tag): boolean {
	return tag.attributes.some(({ name }) => /[{}<%?]|^(?:v-bind|x-bind|th:attr)$/.test(name));
}

/** Whether a binding gives the attribute its value, whatever is written in the attribute itself. */
export function isBound(tag: Tag, attribute: string): boolean {
	return tag.attributes.some(
		({ name }) =>
			name === `[${attribute}]` ||
			name === `[attr.${attribute}]` ||
			bindingPrefixes.some((prefix) => name === prefix + attribute),
	);
}
