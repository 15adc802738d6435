import { Base64Text } from './body.ts';
import { isObject } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** A change to the body of a request, by the name of a field wherever it stands: names are unique in each protocol. */
export type FieldChange =
	/** With a value, in JSON, only where the field has that value. */
	| { readonly kind: 'dropped'; readonly field: string; readonly value?: string }
	| { readonly kind: 'renamed'; readonly field: string; readonly to: string };

/** What a request is nothing without. */
const required: ReadonlySet<string> = new Set([
	'model',
	'messages',
	'contents',
	'systemInstruction',
	'generationConfig',
	'type',
	'name',
]);
export const turns: ReadonlySet<string> = new Set(['messages', 'contents', 'systemInstruction']);
/** What there is in turns that a server may refuse and an answer does not need. */
export const droppableInTurns: ReadonlySet<string> = new Set(['detail', 'mediaResolution']);
/** Others' words, not fields of the protocol. */
const schemas: ReadonlySet<string> = new Set(['schema', 'responseSchema', 'responseJsonSchema', 'parameters']);
const lists: ReadonlySet<string> = new Set([...turns, 'content', 'parts', 'tools']);
/** What makes no sense without the field. */
const dependents: Readonly<Record<string, readonly string[]>> = {
	responseMimeType: ['responseJsonSchema', 'responseSchema'],
	stream: ['stream_options'],
};

/** The fields of a body that may be changed, with the first value of each. */
export function fieldsOf(body: JsonObject): ReadonlyMap<string, unknown> {
	const fields = new Map<string, unknown>();
	visit(body, false);
	return fields;

	function visit(value: unknown, inTurn: boolean): void {
		if (Array.isArray(value)) {
			value.forEach((element) => visit(element, inTurn));
			return;
		}
		if (isObject(value) && !(value instanceof Base64Text)) {
			for (const [name, member] of Object.entries(value)) {
				if (mayChange(name, inTurn) && !fields.has(name)) {
					fields.set(name, member);
				}
				if (!isWhole(name, member)) {
					visit(member, inTurn || turns.has(name));
				}
			}
		}
	}
}

function mayChange(name: string, inTurn: boolean): boolean {
	return inTurn ? droppableInTurns.has(name) : !required.has(name);
}

/** Lists other than these are kept or dropped as a whole: an entry is nothing without its members. */
function isWhole(name: string, member: unknown): boolean {
	return schemas.has(name) || (Array.isArray(member) && !lists.has(name));
}

/** The body with the changes made that fit it, one after the other. */
export function changed(body: JsonObject, changes: readonly FieldChange[]): JsonObject {
	return changes.reduce(change, body);
}

function change(body: JsonObject, fieldChange: FieldChange): JsonObject {
	const { field } = fieldChange;
	const fields = fieldsOf(body);
	if (!fields.has(field)) {
		return body;
	}
	if (fieldChange.kind === 'dropped') {
		const { value } = fieldChange;
		const names = new Set([field, ...(dependents[field] ?? [])]);
		return value === undefined || value === JSON.stringify(fields.get(field)) ? without(body, names) : body;
	}
	if (field === jsonSchema.field) {
		return { ...body, response_format: { type: jsonSchema.to } };
	}
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => [name === field ? fieldChange.to : name, value]),
	);
}

/** Servers that know no schema may still know the wish for JSON. */
export const jsonSchema = { kind: 'renamed', field: 'json_schema', to: 'json_object' } as const;

function without(body: JsonObject, names: ReadonlySet<string>): JsonObject {
	return visitObject(body, false);

	function visitObject(value: JsonObject, inTurn: boolean): JsonObject {
		return Object.fromEntries(
			Object.entries(value)
				.filter(([name]) => !(names.has(name) && mayChange(name, inTurn)))
				.map(([name, member]) => [name, isWhole(name, member) ? member : visit(member, inTurn || turns.has(name))]),
		);
	}

	function visit(value: unknown, inTurn: boolean): unknown {
		if (Array.isArray(value)) {
			// A tool with nothing left in it is none.
			return value
				.map((element) => visit(element, inTurn))
				.filter((element, index) => !isHollow(element, value[index]));
		}
		return isObject(value) && !(value instanceof Base64Text) ? visitObject(value, inTurn) : value;
	}
}

function isHollow(element: unknown, before: unknown): boolean {
	return isObject(element) && isObject(before) && element !== before && isEmpty(element) && !isEmpty(before);
}

function isEmpty(value: JsonObject): boolean {
	return Object.keys(value).length === 0;
}
