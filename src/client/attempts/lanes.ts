import { createHash } from 'node:crypto';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import type { Failure } from '../failure/failure.ts';

/** How a request that was in a lane ended, as far as the lane minds. */
export type Passage =
	| { readonly kind: 'succeeded' | 'other' }
	/** Refused for want of room. */
	| { readonly kind: 'limited'; readonly failure: Failure };

/** A request's place in a lane. */
export interface Place {
	/** Gives it to the next one. */
	leave(passage: Passage): void;
}

/** Why no request may leave now, and for how long. */
export interface Pause {
	readonly failure: Failure;
	readonly milliseconds: number;
}

/** Requests under way to one model with one key. */
export interface Lane {
	pause(): Pause | undefined;
	/** Takes a place, in turn. Rejects with the signal's reason, at once, when it aborts. */
	enter(signal: AbortSignal): Promise<Place>;
}

/** Requests at once in a lane, to begin with and at most. */
const firstLimit = 8;
const highestLimit = 32;
/** Successes that make room for one more. */
const successesForOne = 10;
/** ms; how long a lane is remembered that nobody uses, and that is no longer as new. */
const memory = 300_000;
/** ms; timers end a little early. */
const tolerance = 5;

/**
 * What servers count together waits together: a 429 pauses every request to that model with that key and halves how
 * many go at once, and success after success makes room again (protocols.md 3.4).
 */
export class Lanes {
	readonly #lanes = new Map<string, LaneState>();

	/** How many are remembered. */
	get size(): number {
		return this.#lanes.size;
	}

	/** To be asked for anew before each request: a lane that nobody is in may be forgotten. */
	lane(url: URL, key: string | undefined, model: string, clock: Clock): Lane {
		for (const [id, lane] of this.#lanes) {
			if (lane.isStale()) {
				this.#lanes.delete(id);
			}
		}
		// A key is nothing to keep around.
		const id = createHash('sha256')
			.update(JSON.stringify([url.href, key, model]))
			.digest('base64');
		const lane = this.#lanes.get(id) ?? new LaneState(clock, () => this.#lanes.delete(id));
		this.#lanes.set(id, lane);
		return lane;
	}
}

/** Shared by all answers of this process that name no lanes of their own. */
export const sharedLanes = new Lanes();

class LaneState implements Lane {
	readonly #clock: Clock;
	readonly #forget: () => void;
	readonly #queue = new Set<() => void>();
	#active = 0;
	#limit = firstLimit;
	#successes = 0;
	#refusals = 0;
	/** Those who entered before the last halving tell nothing new. */
	#halvings = 0;
	#pause: { readonly failure: Failure; readonly until: number } | undefined;
	#lastUse: number;

	constructor(clock: Clock, forget: () => void) {
		this.#clock = clock;
		this.#forget = forget;
		this.#lastUse = clock.now();
	}

	isStale(): boolean {
		return this.#isEmpty && !this.pause() && this.#clock.now() - this.#lastUse > memory;
	}

	pause(): Pause | undefined {
		const milliseconds = (this.#pause?.until ?? 0) - this.#clock.now();
		return this.#pause && milliseconds > tolerance ? { failure: this.#pause.failure, milliseconds } : undefined;
	}

	async enter(signal: AbortSignal): Promise<Place> {
		signal.throwIfAborted();
		if (this.#active < this.#limit) {
			this.#active++;
		} else {
			await this.#turn(signal);
		}
		const halvings = this.#halvings;
		return { leave: (passage) => this.#leave(passage, halvings) };
	}

	get #isEmpty(): boolean {
		return this.#active === 0 && this.#queue.size === 0;
	}

	/** Resolves with the place already counted. */
	#turn(signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const go = (): void => {
				signal.removeEventListener('abort', abort);
				this.#active++;
				resolve();
			};
			const abort = (): void => {
				this.#queue.delete(go);
				reject(signal.reason as Error);
			};
			this.#queue.add(go);
			signal.addEventListener('abort', abort, { once: true });
		});
	}

	#leave(passage: Passage, halvings: number): void {
		this.#active--;
		this.#lastUse = this.#clock.now();
		switch (passage.kind) {
			case 'limited':
				this.#slowDown(passage.failure, halvings);
				break;
			case 'succeeded':
				this.#speedUp();
				break;
			case 'other':
		}
		for (const go of this.#queue) {
			if (this.#active >= this.#limit) {
				break;
			}
			this.#queue.delete(go);
			go();
		}
		if (this.#isEmpty && !this.pause() && this.#limit === firstLimit && this.#refusals === 0) {
			this.#forget();
		}
	}

	#slowDown(failure: Failure, halvings: number): void {
		this.#successes = 0;
		if (halvings === this.#halvings) {
			this.#halvings++;
			this.#refusals++;
			this.#limit = Math.max(1, Math.floor(this.#limit / 2));
		}
		const milliseconds = failure.retryAfter ?? backoff(this.#refusals, this.#clock.random);
		const until = this.#clock.now() + milliseconds;
		if (until > (this.#pause?.until ?? -Infinity)) {
			this.#pause = { failure, until };
		}
	}

	#speedUp(): void {
		this.#refusals = 0;
		this.#successes++;
		if (this.#successes >= successesForOne) {
			this.#successes = 0;
			this.#limit = Math.min(highestLimit, this.#limit + 1);
		}
	}
}
