import { isObject, objectsOf, parseJson, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { pageTitle } from './pageTitle.ts';

/** What an error body says, whichever shape it has (protocols.md 3.1). */
export interface ErrorWords {
	/** The innermost message: outer ones only say that another server failed. */
	readonly message: string | undefined;
	/** Every code, type, status and reason, outermost first, as written. */
	readonly codes: readonly string[];
	/** An HTTP status told in the body. */
	readonly status: number | undefined;
	/** The request's field that was refused. */
	readonly parameter: string | undefined;
	/** Gemini's names of the limits that were hit, which tell a day's from a minute's. */
	readonly quotas: readonly string[];
	/** As written, e.g. `26.5s`. */
	readonly retryDelay: string | undefined;
}

interface Draft {
	message: string | undefined;
	status: number | undefined;
	parameter: string | undefined;
	retryDelay: string | undefined;
	readonly codes: string[];
	readonly quotas: string[];
}

/** Gateways wrap the error of a gateway that wraps an error, each as a JSON string in the next. */
const depthLimit = 16;
/** Fields at fault that are told together; a body that is all wrong has one for each of its members. */
const faultLimit = 16;
const codeMembers = ['code', 'type', 'status', 'reason'] as const;
const innerMembers = ['error', 'innererror', 'metadata', 'raw'] as const;
/** Types that only say "this is an error". */
const hollow: ReadonlySet<string> = new Set(['error', 'object', 'new_api_error', 'upstream_error']);

export function readErrorBody(body: unknown): ErrorWords {
	const draft: Draft = {
		message: undefined,
		status: undefined,
		parameter: undefined,
		retryDelay: undefined,
		codes: [],
		quotas: [],
	};
	visit(body, draft, 0);
	return draft;
}

function visit(value: unknown, draft: Draft, depth: number): void {
	if (depth > depthLimit) {
		return;
	}
	if (typeof value === 'string') {
		visitText(value.trim(), draft, depth);
	} else if (Array.isArray(value)) {
		visit(value[0], draft, depth + 1);
	} else if (isObject(value)) {
		visitObject(value, draft, depth);
	}
}

function visitText(text: string, draft: Draft, depth: number): void {
	const nested = /^[[{]/.test(text) ? parseJson(text) : undefined;
	if (nested !== undefined) {
		visit(nested, draft, depth + 1);
	} else if (text.startsWith('<')) {
		draft.message = pageTitle(text) ?? draft.message;
	} else if (text !== '') {
		draft.message = text;
	}
}

function visitObject(value: JsonObject, draft: Draft, depth: number): void {
	for (const member of codeMembers) {
		noteCode(value[member], draft);
	}
	draft.parameter = textOf(value['param']) ?? draft.parameter;
	visit(value['msg'], draft, depth + 1);
	visit(value['message'], draft, depth + 1);
	visitDetail(value['detail'], draft);
	for (const detail of objectsOf(value['details'])) {
		noteCode(detail['reason'], draft);
		draft.retryDelay = textOf(detail['retryDelay']) ?? draft.retryDelay;
		for (const violation of objectsOf(detail['violations'])) {
			draft.quotas.push(...[textOf(violation['quotaId']) ?? []].flat());
		}
	}
	for (const member of innerMembers) {
		visit(value[member], draft, depth + 1);
	}
}

/** FastAPI's: a sentence, or one entry for each field at fault. */
function visitDetail(detail: unknown, draft: Draft): void {
	const faults = objectsOf(detail).slice(0, faultLimit).map(faultOf);
	const [first] = faults;
	if (!first) {
		draft.message = textOf(detail) ?? draft.message;
		return;
	}
	faults.forEach(({ type }) => noteCode(type, draft));
	draft.parameter = first.place.at(-1) ?? draft.parameter;
	draft.message = faults.map(({ place, words }) => [place.join('.'), words].filter(Boolean).join(': ')).join('; ');
}

function faultOf({ loc, msg, type }: JsonObject): {
	readonly place: readonly string[];
	readonly words: string | undefined;
	readonly type: unknown;
} {
	const place = Array.isArray(loc) ? loc.filter((step) => typeof step === 'string') : [];
	return { place, words: textOf(msg), type };
}

function noteCode(code: unknown, draft: Draft): void {
	const number = typeof code === 'string' ? Number(code) : code;
	if (typeof number === 'number' && number >= 400 && number <= 599) {
		draft.status = number;
	} else if (typeof code === 'string' && code !== '' && !hollow.has(code)) {
		draft.codes.push(code);
	}
}
