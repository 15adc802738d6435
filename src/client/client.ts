import { abortReason, createStop } from './transport/abort.ts';
import type { AnswerEvent } from './answer.ts';
import type { Events } from './attempts/attempt.ts';
import { attempts } from './attempts/attempts.ts';
import type { Clock } from './attempts/clock.ts';
import { continued } from './gemini/continued.ts';
import type { Endpoint } from './endpoint.ts';
import type { Lanes } from './attempts/lanes.ts';
import type { Learned } from './repair/learned.ts';
import type { Request } from './request.ts';
import { createRequestLog } from './transport/requestLog.ts';
import type { Patience } from './attempts/retry.ts';
import { defaultTimers } from './transport/timers.ts';
import type { Timers } from './transport/timers.ts';
import type { Transport } from './transport/transport.ts';

export interface ClientOptions {
	/** Sent only to the endpoint, and only over TLS or to this machine. In no log, no failure. */
	readonly key?: string | undefined;
	readonly signal?: AbortSignal | undefined;
	/** Chosen by the endpoint's address unless set. */
	readonly transport?: Transport | undefined;
	/** ms; those left out keep their defaults. */
	readonly timers?: Partial<Timers> | undefined;
	/** Takes one line for each answer: sizes, times and counts, never content or keys. */
	readonly log?: ((line: string) => void) | undefined;
	/** How long to bear with a server before its failure is thrown; `interactive` unless set. */
	readonly patience?: Patience | undefined;
	/** Who waits together when a server says that there are too many; everybody in this process unless set. */
	readonly lanes?: Lanes | undefined;
	/** What refusals taught, and will teach; kept for this process unless set. */
	readonly learned?: Learned | undefined;
	readonly clock?: Clock | undefined;
}

/**
 * Asks a model, and yields its answer as it comes. Fails with a `Failure` after what came before it, or with an
 * `AbortError`. A reader that stops early ends the request; one that waits for the next event ends it by the signal.
 * What fails before anything can be seen is tried again or repaired, as the events `wait` and `repair` tell.
 */
export async function* answer(
	request: Request,
	endpoint: Endpoint,
	options: ClientOptions = {},
): AsyncGenerator<AnswerEvent, void, undefined> {
	const stop = createStop(options.signal, options.timers?.total ?? defaultTimers.total);
	const log = createRequestLog(endpoint, request.model);
	try {
		const ask = (to: Endpoint): AsyncIterable<Events> =>
			attempts(request, to, { ...options, signal: stop.signal, log, shown: to !== endpoint });
		for await (const events of continued(endpoint, ask)) {
			for (const event of events) {
				log.told(event);
				yield event;
				options.signal?.throwIfAborted();
			}
		}
	} catch (error) {
		const thrown = options.signal?.aborted ? abortReason(options.signal.reason) : error;
		log.failed(thrown);
		throw thrown;
	} finally {
		stop.clear();
		options.log?.(log.line());
	}
}
