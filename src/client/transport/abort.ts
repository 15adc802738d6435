import { Failure } from '../failure/failure.ts';
import { createCountdown } from './timers.ts';

/** What an abort for this reason throws: an `AbortError`, unless it is a `Failure` of our own. */
export function abortReason(reason?: unknown): DOMException | Failure {
	return reason instanceof Failure || (reason instanceof DOMException && reason.name === 'AbortError')
		? reason
		: new DOMException('The request was stopped.', 'AbortError');
}

/** What ends an answer from outside, whatever it is doing. */
export interface Stop {
	readonly signal: AbortSignal;
	/** To be called when the answer is over: lets go of the reader's signal and of the timer. */
	clear(): void;
}

/** Aborts with the reader's signal, or with a `Failure` after `total` ms. */
export function createStop(signal: AbortSignal | undefined, total: number): Stop {
	const controller = new AbortController();
	const abort = (): void => controller.abort(abortReason(signal?.reason));
	const countdown = createCountdown(() =>
		controller.abort(new Failure({ kind: 'timeout', code: 'total', retryable: false })),
	);
	signal?.addEventListener('abort', abort, { once: true });
	if (signal?.aborted) {
		abort();
	}
	countdown.start(total);
	return {
		signal: controller.signal,
		clear() {
			signal?.removeEventListener('abort', abort);
			countdown.clear();
		},
	};
}

/** The result of work that knows no signal; when the signal aborts first, its reason is thrown at once. */
export async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
	let abort: (() => void) | undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		abort = () => reject(signal.reason as Error);
		signal.addEventListener('abort', abort, { once: true });
	});
	try {
		signal.throwIfAborted();
		return await Promise.race([work, aborted]);
	} finally {
		if (abort) {
			signal.removeEventListener('abort', abort);
		}
	}
}
