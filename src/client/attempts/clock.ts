/** Time and chance. A parameter, so that a test waits for no clock. */
export interface Clock {
	/** In ms, since whenever. */
	readonly now: () => number;
	/** Resolves after so many ms. Rejects with the signal's reason, at once, when it aborts. */
	readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
	/** From 0 to less than 1. */
	readonly random: () => number;
}

export const systemClock: Clock = {
	now: () => performance.now(),
	sleep: (milliseconds, signal) =>
		new Promise((resolve, reject) => {
			signal.throwIfAborted();
			const abort = (): void => {
				clearTimeout(timeout);
				reject(signal.reason as Error);
			};
			const timeout = setTimeout(() => {
				signal.removeEventListener('abort', abort);
				resolve();
			}, milliseconds);
			signal.addEventListener('abort', abort, { once: true });
		}),
	random: () => Math.random(),
};
