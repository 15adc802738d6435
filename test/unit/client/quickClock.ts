import type { Clock } from '../../../src/client/index.ts';

/** A clock whose sleeps are over at once, and count as if they had taken their time. */
export interface QuickClock extends Clock {
	/** ms */
	readonly slept: readonly number[];
}

export function quickClock(random = 0.5): QuickClock {
	let now = 0;
	const slept: number[] = [];
	return {
		slept,
		now: () => now,
		sleep: async (milliseconds, signal) => {
			// As real sleeps do, it lets others run.
			await new Promise((resolve) => setImmediate(resolve));
			signal.throwIfAborted();
			slept.push(milliseconds);
			now += milliseconds;
		},
		random: () => random,
	};
}
