import { readErrorBody } from './errorBody.ts';
import type { ErrorWords } from './errorBody.ts';
import { Failure } from './failure.ts';
import type { FailureKind } from './failure.ts';
import { failureRules, requestFault, statusKinds } from './failureRules.ts';
import type { FailureRule } from './failureRules.ts';
import { redact } from './redact.ts';
import { retryAfter } from './retryAfter.ts';

/** A response that says what went wrong, or an error among the events of an answer. */
export interface ErrorResponse {
	/** HTTP status. */
	readonly status: number;
	/** Names in lower case. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Text or JSON. */
	readonly body: unknown;
	/** Taken out of the server's words, should it echo it. */
	readonly key?: string | undefined;
}

const requestIdHeaders = ['x-request-id', 'request-id', 'x-oneapi-request-id', 'apim-request-id', 'cf-ray'] as const;
const requestIdWords = /request[ _-]?id:? *([\w-]{6,})/i;
const parameterWords = /(?:parameter|argument|value|name|field)s?:? *['"`](\w+)['"`]/i;
/** A limit that lasts longer than people wait is used up rather than hurried. */
const patience = 300_000;
const retryHeader: Readonly<Record<string, boolean>> = { true: true, false: false };

/** What a server's error means: what it says weighs more than its status (protocols.md 3.3). `now` is in epoch ms. */
export function failureOf(response: ErrorResponse, now: number = Date.now()): Failure {
	const { headers = {}, body, key } = response;
	const words = readErrorBody(body);
	const status = response.status >= 400 ? response.status : words.status;
	const wait = retryAfter(headers, words, now);
	const codes = new Map(words.codes.map((code) => [code.toLowerCase(), redact(code, key)]));
	const text = [words.message, ...words.quotas].join('\n');
	const rule = failureRules.find((candidate) => fits(candidate, codes, text, status));
	const kind = patientKind(rule?.kind ?? kindOfStatus(status, codes), wait);
	const telling = rule?.codes?.find((code) => codes.has(code));
	const code = telling === undefined ? codes.values().next().value : codes.get(telling);
	return new Failure({
		kind,
		status,
		serverMessage: words.message === undefined ? undefined : redact(words.message, key),
		requestId: requestIdOf(headers, words),
		retryAfter: wait,
		code: kind === 'unsupported-parameter' ? parameterOf(words) : code,
		retryable: retryHeader[headers['x-should-retry'] ?? ''],
	});
}

/** Codes as written, by their lower case. */
type Codes = ReadonlyMap<string, string>;

function patientKind(kind: FailureKind, wait: number | undefined): FailureKind {
	return kind === 'rate' && wait !== undefined && wait > patience ? 'quota' : kind;
}

function fits(rule: FailureRule, codes: Codes, text: string, status: number | undefined): boolean {
	if (rule.statuses && (status === undefined || !rule.statuses.includes(status))) {
		return false;
	}
	return (rule.codes?.some((code) => codes.has(code)) ?? false) || (rule.message?.test(text) ?? false);
}

function kindOfStatus(status: number | undefined, codes: Codes): FailureKind {
	if (status === undefined) {
		return [...codes.keys()].some((code) => requestFault.has(code)) ? 'bad-request' : 'server';
	}
	return statusKinds[status] ?? (status >= 500 ? 'server' : 'bad-request');
}

function parameterOf(words: ErrorWords): string | undefined {
	const { message = '' } = words;
	// Gemini names it in prose.
	const inProse = /thinking (?:level|budget) is not supported/i.test(message) ? 'thinkingConfig' : undefined;
	return words.parameter ?? inProse ?? parameterWords.exec(message)?.[1];
}

function requestIdOf(headers: Readonly<Record<string, string>>, words: ErrorWords): string | undefined {
	return requestIdIn(headers) ?? requestIdWords.exec(words.message ?? '')?.[1];
}

/** What a server calls the request, names of headers in lower case. */
export function requestIdIn(headers: Readonly<Record<string, string>>): string | undefined {
	const name = requestIdHeaders.find((header) => headers[header] !== undefined);
	return name === undefined ? undefined : headers[name];
}
