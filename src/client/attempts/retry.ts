import { backoff } from './backoff.ts';
import type { Failure } from '../failure/failure.ts';

/** How long somebody bears with a server that does not answer. */
export interface Patience {
	/** In total, the first one included. */
	readonly attempts: number;
	/** ms; a server that asks for more is not waited for. */
	readonly longestWait: number;
}

/** Somebody looks on. */
export const interactive: Patience = { attempts: 3, longestWait: 60_000 };

/** Nobody does. */
export const bulk: Patience = { attempts: 6, longestWait: 300_000 };

/** What came of an attempt that failed before anything could be seen of its answer. */
export interface FailedAttempt {
	readonly failure: Failure;
	/** Whether the head of an answer had come. */
	readonly replied: boolean;
	/** Whether the server is on this machine. */
	readonly local: boolean;
}

/** Decides, failure after failure, whether and when one answer is tried again (protocols.md 3.4). */
export interface Retries {
	/** ms until the next attempt, or undefined when there shall be none. */
	after(attempt: FailedAttempt): number | undefined;
}

/** How often a failure is worth another attempt within the patience; the first row that fits. */
const worths: readonly {
	readonly fits: (attempt: FailedAttempt) => boolean;
	readonly times: number;
}[] = [
	{ fits: ({ failure }) => !failure.retryable, times: 0 },
	// Nobody listens there: the server is not running.
	{ fits: ({ failure, local }) => local && failure.code === 'ECONNREFUSED', times: 0 },
	// Minutes have gone by, and the server may still be at work on it.
	{ fits: ({ failure, replied }) => isOurTimer(failure) && replied, times: 0 },
	{ fits: ({ failure }) => isOurTimer(failure) && failure.code !== 'connect', times: 1 },
	// The server did its work, and would be paid for it each time.
	{ fits: ({ failure, replied }) => replied && failure.status === undefined && !busy.has(failure.kind), times: 1 },
	{ fits: () => true, times: Infinity },
];

/** Said in the midst of an answer, too: then it did not begin. */
const busy: ReadonlySet<Failure['kind']> = new Set(['rate', 'overloaded']);

/** A server's own timeout has a status. */
function isOurTimer({ kind, status }: Failure): boolean {
	return kind === 'timeout' && status === undefined;
}

export function createRetries(patience: Patience, random: () => number): Retries {
	let attempts = 0;
	const counts = new Map<object, number>();
	return {
		after(attempt) {
			attempts++;
			const worth = worths.find(({ fits }) => fits(attempt));
			const count = (worth && counts.get(worth)) ?? 0;
			if (!worth || attempts >= patience.attempts || count >= worth.times) {
				return undefined;
			}
			counts.set(worth, count + 1);
			const wait = Math.max(attempt.failure.retryAfter ?? 0, backoff(attempts, random));
			return wait > patience.longestWait ? undefined : wait;
		},
	};
}
