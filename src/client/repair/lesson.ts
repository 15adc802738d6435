import type { FieldChange } from '../body/bodyFields.ts';
import { isObject, textOf } from '../json.ts';

/** What a refusal taught of a model at an endpoint: applied to later requests before they are sent. Plain data. */
export type Lesson = FieldChange | { readonly kind: 'image-converted' } | { readonly kind: 'pdf-as-pages' };

/** A value as a lesson, if it is one: it may come from a disk. */
export function asLesson(value: unknown): Lesson | undefined {
	if (!isObject(value)) {
		return undefined;
	}
	const { kind } = value;
	const field = textOf(value['field']);
	const to = textOf(value['to']);
	if (kind === 'image-converted' || kind === 'pdf-as-pages') {
		return { kind };
	}
	if (kind === 'renamed' && field !== undefined && to !== undefined) {
		return { kind, field, to };
	}
	const onlyValue = textOf(value['value']);
	return kind === 'dropped' && field !== undefined
		? { kind, field, ...(onlyValue === undefined ? {} : { value: onlyValue }) }
		: undefined;
}
