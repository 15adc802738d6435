import type { AnswerEvent } from './answer.ts';
import { jsonBody } from './body.ts';
import { continued } from './continued.ts';
import { createDecoder } from './decoder.ts';
import type { Endpoint } from './endpoint.ts';
import { Exchange } from './exchange.ts';
import { withExtraBody } from './extraBody.ts';
import { Failure } from './failure.ts';
import { outcomeOf } from './outcome.ts';
import { protocols } from './protocol.ts';
import { redact } from './redact.ts';
import type { Request } from './request.ts';
import { headersFor } from './requestHead.ts';
import { createRequestLog } from './requestLog.ts';
import type { Timers } from './timers.ts';
import { createTranscript } from './transcript.ts';
import type { Transport } from './transport.ts';
import { transportFor } from './transports.ts';

export interface ClientOptions {
	/** Sent only to the endpoint, and only over TLS or to this machine. In no log, no failure. */
	readonly key?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Chosen by the endpoint's address unless set. */
	readonly transport?: Transport | undefined;
	/** ms; those left out keep their defaults. */
	readonly timers?: Partial<Timers> | undefined;
	/** Takes one line for each request: sizes, times and counts, never content or keys. */
	readonly log?: ((line: string) => void) | undefined;
}

/**
 * Asks a model, and yields its answer as it comes. Fails with a `Failure` after what came before it, or with an
 * `AbortError`. A reader that stops early ends the request; one that waits for the next event ends it by the signal.
 */
export function answer(
	request: Request,
	endpoint: Endpoint,
	options: ClientOptions = {},
): AsyncGenerator<AnswerEvent, void, undefined> {
	return endpoint.protocol === 'gemini'
		? continued(endpoint, (to) => answerOnce(request, to, options))
		: answerOnce(request, endpoint, options);
}

async function* answerOnce(
	request: Request,
	endpoint: Endpoint,
	options: ClientOptions,
): AsyncGenerator<AnswerEvent, void, undefined> {
	const { key, log } = options;
	const protocol = protocols[endpoint.protocol];
	const exchange = new Exchange(options);
	const transcript = createTranscript();
	const requestLog = createRequestLog(endpoint, request.model);
	const decoder = createDecoder();
	let begun = false;
	try {
		const url = protocol.url(endpoint.baseUrl, request);
		const body = jsonBody(withExtraBody(protocol.encode(request, url.hostname), endpoint.extraBody));
		requestLog.sent(url, body.byteLength);
		const message = { method: 'POST', url, headers: headersFor(endpoint, url, body, key), body } as const;
		await exchange.send(options.transport ?? transportFor(url), message, key);
		let chunk: Uint8Array | undefined;
		do {
			chunk = await nextChunk(exchange, transcript.finished !== undefined && !protocol.finishIsLast);
			let progressed = false;
			for (const payload of chunk === undefined ? decoder.finish() : decoder.push(chunk)) {
				begun = protocol.interpret(payload, transcript, key) || begun;
				const events = transcript.take();
				progressed ||= events.length > 0 || transcript.gathering || transcript.finished !== undefined;
				for (const event of events) {
					requestLog.told(event);
					yield event;
					exchange.check();
				}
			}
			if (progressed) {
				exchange.progress(transcript.finished !== undefined && protocol.finishIsLast);
			}
		} while (chunk !== undefined && !decoder.ended);
		yield* transcript.flush();
		const junk = redact(decoder.junk, key);
		const { end, failure } = outcomeOf({ ...transcript, ended: decoder.ended, begun, junk });
		if (end !== undefined) {
			const continuation = transcript.continuationToken;
			yield { kind: 'end', reason: end, ...(continuation === undefined ? {} : { continuation }) };
		}
		if (failure) {
			throw failure;
		}
	} catch (error) {
		requestLog.failed(error);
		if (!(error instanceof DOMException)) {
			yield* transcript.flush();
		}
		throw error;
	} finally {
		exchange.close(decoder.ended);
		log?.(requestLog.line(transcript, exchange.bytesIn));
	}
}

/** The next bytes, or none where an answer that may have finished is silent for longer than a timer allows. */
async function nextChunk(exchange: Exchange, mayHaveFinished: boolean): Promise<Uint8Array | undefined> {
	try {
		return await exchange.next();
	} catch (error) {
		if (mayHaveFinished && error instanceof Failure && error.kind === 'timeout') {
			return undefined;
		}
		throw error;
	}
}
