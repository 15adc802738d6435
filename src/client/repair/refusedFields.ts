import { droppableInTurns, fieldsOf, jsonSchema, turns } from '../body/bodyFields.ts';
import type { FieldChange } from '../body/bodyFields.ts';
import type { Failure } from '../failure/failure.ts';
import type { JsonObject } from '../json.ts';

/** The two names of the one limit (protocols.md 1.1). */
const tokenFields = ['max_tokens', 'max_completion_tokens'] as const;
/** Longer values are compared by nobody. */
const valueLimit = 100;

/** Words of servers that name no field, in whichever spelling it stands in the body. */
const sayings: readonly (readonly [words: RegExp, fields: readonly string[]])[] = [
	[/penalty is not enabled/i, ['presencePenalty', 'frequencyPenalty']],
	[/thinking[ _]?level/i, ['thinkingLevel']],
	[/thinking[ _]?budget|budget \S+ is invalid/i, ['thinkingBudget']],
	[/only works in thinking mode|thinking is not (?:supported|enabled)/i, ['thinkingConfig']],
	[/response mime type|json mode/i, ['responseMimeType', 'response_format']],
	[/reasoning effort/i, ['reasoning_effort']],
	[/\btemperature\b/i, ['temperature']],
	[/google search|search grounding/i, ['googleSearch']],
];

const aboutValue =
	/\bvalues?\b|does not support|out of range|must be|less than|greater than|at most|too large|exceeds/i;

/**
 * What to change in a body so that a server may take it that refused the body with this failure: nothing unless the
 * server names a field that stands in it. Several when it names several as unknown.
 */
export function refusedFields(failure: Failure, body: JsonObject): readonly FieldChange[] {
	const isRefusal = failure.kind === 'unsupported-parameter' || failure.kind === 'bad-request';
	if (!isRefusal) {
		return [];
	}
	const fields = fieldsOf(body);
	const named = namedFields(failure, [...fields.keys()]);
	const changes = named.map((field) => changeFor(field, failure, body, fields.get(field)));
	return changes.length > 0 ? changes : unexplained(failure, fields);
}

function changeFor(field: string, { serverMessage = '' }: Failure, body: JsonObject, value: unknown): FieldChange {
	const isAboutValue = aboutValue.test(serverMessage);
	const other = tokenFields.find((name) => name !== field);
	if (isTokenField(field) && other !== undefined && (!isAboutValue || serverMessage.includes(other))) {
		return { kind: 'renamed', field, to: other };
	}
	if ((field === 'response_format' || field === 'json_schema') && fieldsOf(body).has(jsonSchema.field)) {
		return jsonSchema;
	}
	const json = JSON.stringify(value);
	return { kind: 'dropped', field, ...(isAboutValue && json.length <= valueLimit ? { value: json } : {}) };
}

function isTokenField(field: string): boolean {
	return tokenFields.some((name) => name === field);
}

/** A strict server may say no more than that it understood nothing. */
function unexplained({ status, serverMessage }: Failure, fields: ReadonlyMap<string, unknown>): readonly FieldChange[] {
	const isMute = status === 422 || (status === 400 && serverMessage === undefined);
	return isMute && fields.has('stream_options') ? [{ kind: 'dropped', field: 'stream_options' }] : [];
}

/** Of the body's fields, those that a failure names: all that are said to be unknown, else the first. */
function namedFields({ kind, code, serverMessage = '' }: Failure, fields: readonly string[]): readonly string[] {
	const find = (word: string): string[] => fields.filter((field) => plain(field) === plain(word));
	const innermost = (path: string): string[] => {
		const steps = path.split(/[.[\]]+/);
		const findable = turns.has(steps[0] ?? '') ? steps.filter((step) => droppableInTurns.has(step)) : steps;
		return findable.reverse().flatMap(find).slice(0, 1);
	};
	const unknown = [
		...matches(serverMessage, /unknown name \\?"(\w+)/gi),
		...matches(serverMessage, /(\w+): extra (?:inputs are|fields) not permitted/gi),
		...matches(serverMessage, /arguments? supplied: ([\w, ]+)/gi).flatMap((list) => list.split(/[, ]+/)),
	];
	const paths = [
		...(kind === 'unsupported-parameter' && code !== undefined ? [code] : []),
		...matches(serverMessage, /['"`]([\w.[\]]+)['"`]/g),
	];
	const found = [
		[...new Set(unknown.flatMap(find))],
		...paths.map(innermost),
		...sayings.map(([words, names]) => (words.test(serverMessage) ? names.flatMap(find) : [])),
		// A word with an underscore or a capital inside is no word of a sentence.
		...matches(serverMessage, /\b([a-z]+(?:_[a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+)\b/g).map(find),
	];
	return found.find(({ length }) => length > 0) ?? [];
}

function matches(text: string, pattern: RegExp): readonly string[] {
	return [...text.matchAll(pattern)].flatMap(([, word]) => word ?? []);
}

/** Servers name fields in snake case or camel case, whatever was sent. */
function plain(name: string): string {
	return name.replaceAll('_', '').toLowerCase();
}
