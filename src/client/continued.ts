import type { AnswerEvent, EndReason, Source, Usage } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { Failure } from './failure.ts';
import type { FailureKind } from './failure.ts';
import { sumOf } from './usage.ts';

/** More parts than any answer has: a server that hands out tokens for ever. */
const partLimit = 32;

/**
 * One answer of as many parts as the server gives it in: Gemini's newest models stop in the middle of long answers, and
 * go on when the same request comes with a token (protocols.md 2.2, CONTINUATION). `ask` asks for one part. Usage is
 * summed and told once; offsets count from the beginning of the first part. A server that does not go on has cut the
 * answer off.
 */
export async function* continued(
	endpoint: Endpoint,
	ask: (endpoint: Endpoint) => AsyncIterable<AnswerEvent>,
): AsyncGenerator<AnswerEvent, void, undefined> {
	let to = endpoint;
	let written = 0;
	let usage: Usage | undefined;
	for (let part = 1; ; part++) {
		const start = written;
		const usedBefore = usage;
		let grown = false;
		let end: Extract<AnswerEvent, { kind: 'end' }> | undefined;
		let failed: { readonly error: unknown } | undefined;
		try {
			for await (const event of ask(to)) {
				if (event.kind === 'usage') {
					usage = sumOf(event.usage, usedBefore);
				} else if (event.kind === 'end') {
					end = event;
				} else if (event.kind === 'source') {
					yield { ...event, source: shifted(event.source, start) };
				} else if (event.kind !== 'model' || part === 1) {
					grown ||= event.kind === 'text' || event.kind === 'thought' || event.kind === 'image';
					written += event.kind === 'text' ? event.text.length : 0;
					yield event;
				}
			}
		} catch (error) {
			failed = { error };
		}
		const token = failed ? undefined : end?.continuation;
		if (token !== undefined && grown && part < partLimit) {
			to = { ...endpoint, extraBody: { ...endpoint.extraBody, continuationToken: token } };
			continue;
		}
		if (usage) {
			yield { kind: 'usage', usage };
		}
		const reason = part === 1 ? end?.reason : (end?.reason ?? reasonOf(failed?.error));
		if (reason !== undefined) {
			yield { kind: 'end', reason };
		}
		if (failed && (part === 1 || end || reason === undefined)) {
			throw failed.error;
		}
		return;
	}
}

const refusals: ReadonlySet<FailureKind> = new Set(['empty', 'bad-request', 'unsupported-parameter']);

/** How an answer of which parts have come ends when the next is refused, or has nothing more to say. */
function reasonOf(failure: unknown): EndReason | undefined {
	if (!(failure instanceof Failure)) {
		return undefined;
	}
	if (failure.kind === 'empty' && failure.code === 'stop') {
		return 'stop';
	}
	return refusals.has(failure.kind) ? 'length' : undefined;
}

function shifted(source: Source, by: number): Source {
	return by === 0
		? source
		: { ...source, spans: source.spans.map(({ start, end }) => ({ start: start + by, end: end + by })) };
}
