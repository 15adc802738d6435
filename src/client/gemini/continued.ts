import type { AnswerEvent, EndReason, Source, Usage } from '../answer.ts';
import type { Endpoint } from '../endpoint.ts';
import { Failure } from '../failure/failure.ts';
import type { FailureKind } from '../failure/failure.ts';
import { sumOf } from '../transcript/usage.ts';

/** More parts than any answer has: a server that hands out tokens for ever. */
const partLimit = 32;

/** What has come of an answer with one part. */
interface Part {
	readonly isFirst: boolean;
	/** Of the text before it, in UTF-16 units. */
	readonly start: number;
	readonly usedBefore: Usage | undefined;
	usage: Usage | undefined;
	/** Of all text so far. */
	written: number;
	grown: boolean;
	end: Extract<AnswerEvent, { kind: 'end' }> | undefined;
}

/**
 * One answer of as many parts as the server gives it in: Gemini's newest models stop in the middle of long answers, and
 * go on when the same request comes with a token (protocols.md 2.2, CONTINUATION). `ask` asks for one part, and gives the
 * events that come together, together. Usage is summed and told once; offsets count from the beginning of the first
 * part. A server that does not go on has cut the answer off.
 */
export async function* continued(
	endpoint: Endpoint,
	ask: (endpoint: Endpoint) => AsyncIterable<readonly AnswerEvent[]>,
): AsyncGenerator<readonly AnswerEvent[], void, undefined> {
	let to = endpoint;
	let part = partAfter(undefined);
	for (let count = 1; ; count++) {
		let failed: { readonly error: unknown } | undefined;
		try {
			for await (const events of ask(to)) {
				yield told(events, part);
			}
		} catch (error) {
			failed = { error };
		}
		const { isFirst, end, usage } = part;
		const token = failed ? undefined : end?.continuation;
		if (token !== undefined && part.grown && count < partLimit) {
			to = { ...endpoint, extraBody: { ...endpoint.extraBody, continuationToken: token } };
			part = partAfter(part);
			continue;
		}
		const reason = end?.reason ?? (isFirst ? undefined : reasonOf(failed?.error));
		yield [
			...(usage ? [{ kind: 'usage', usage } as const] : []),
			...(reason === undefined ? [] : [{ kind: 'end', reason } as const]),
		];
		if (failed && (isFirst || end || reason === undefined)) {
			throw failed.error;
		}
		return;
	}
}

function partAfter(before: Part | undefined): Part {
	const { written = 0, usage } = before ?? {};
	return { isFirst: !before, start: written, usedBefore: usage, usage, written, grown: false, end: undefined };
}

/** The events that can be told at once; usage and end wait for what the part comes to. */
function told(events: readonly AnswerEvent[], part: Part): readonly AnswerEvent[] {
	return events.flatMap((event): AnswerEvent | readonly AnswerEvent[] => {
		switch (event.kind) {
			case 'usage':
				part.usage = sumOf(event.usage, part.usedBefore);
				return [];
			case 'end':
				part.end = event;
				return [];
			case 'source':
				return { ...event, source: shifted(event.source, part.start) };
			case 'model':
				return part.isFirst ? event : [];
			case 'text':
				part.written += event.text.length;
				part.grown = true;
				return event;
			case 'thought':
			case 'image':
				part.grown = true;
				return event;
			case 'signature':
			case 'search':
			case 'code':
			case 'code-result':
			case 'call':
				return event;
			case 'wait':
			case 'repair':
				// Blanks of an attempt that failed are void.
				part.written = part.start;
				part.grown = false;
				return event;
		}
	});
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
