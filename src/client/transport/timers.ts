/**
 * How long to wait for a server, ms each. Zero or `Infinity` waits for ever. Time that the reader takes never counts,
 * but in `total`.
 */
export interface Timers {
	/** Until the connection stands, proxies and TLS included. */
	readonly connect: number;
	/** From the last byte sent to the first byte of the answer; each part of the request that leaves starts it anew. */
	readonly firstByte: number;
	/** Between bytes. */
	readonly byteIdle: number;
	/** Between parts of the answer: comments that keep the connection alive do not count. */
	readonly contentIdle: number;
	/** After the answer has finished, for its usage and end marker. Running out of it is no failure. */
	readonly graceAfterFinish: number;
	/** For the whole answer, with every attempt and every wait between them. */
	readonly total: number;
}

export type TimerName = keyof Timers;

export const defaultTimers: Timers = {
	connect: 15_000,
	firstByte: 180_000,
	byteIdle: 90_000,
	contentIdle: 240_000,
	graceAfterFinish: 5_000,
	total: Infinity,
};

/** One timer that can be started again; it holds no process alive once cleared. */
export interface Countdown {
	start(milliseconds: number): void;
	/** Starts the same time anew. Cheap: called for each chunk. */
	restart(): void;
	clear(): void;
}

/** The longest delay that Node's timers take; a longer one would fire at once. */
const longest = 2 ** 31 - 1;

export function createCountdown(onEnd: () => void): Countdown {
	let timeout: NodeJS.Timeout | undefined;
	return {
		start(milliseconds) {
			clearTimeout(timeout);
			timeout =
				milliseconds > 0 && Number.isFinite(milliseconds)
					? setTimeout(onEnd, Math.min(milliseconds, longest))
					: undefined;
		},
		restart() {
			timeout?.refresh();
		},
		clear() {
			clearTimeout(timeout);
			timeout = undefined;
		},
	};
}
