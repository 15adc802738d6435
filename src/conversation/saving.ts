import type { ConversationState } from './messages.ts';

/** While an answer grows it is saved this often, ms: a reload loses no more of it. */
const often = 1_000;

/** Saves the newest state of one conversation, one write at a time: what changes meanwhile is written once, after it. */
export class ConversationSaving {
	readonly #write: (state: ConversationState) => Promise<void>;
	readonly #failed: (error: unknown) => void;
	readonly #often: number;
	#unsaved: ConversationState | undefined;
	#writing: Promise<void> | undefined;
	#timer: NodeJS.Timeout | undefined;
	#hasEnded = false;

	constructor(
		write: (state: ConversationState) => Promise<void>,
		failed: (error: unknown) => void,
		options: { readonly often: number } = { often },
	) {
		this.#write = write;
		this.#failed = failed;
		this.#often = options.often;
	}

	/** Something changed. */
	save(state: ConversationState): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#hasEnded) {
			this.#unsaved = state;
			this.#writing ??= this.#writeAll();
		}
	}

	/** The answer grew: it is saved before long, as it is then. */
	saveSoon(latest: () => ConversationState): void {
		this.#timer ??= setTimeout(() => this.save(latest()), this.#often);
	}

	/** Nothing is written any more when this resolves. */
	async end(): Promise<void> {
		this.#hasEnded = true;
		this.#unsaved = undefined;
		clearTimeout(this.#timer);
		await this.#writing;
	}

	async #writeAll(): Promise<void> {
		while (this.#unsaved) {
			const state = this.#unsaved;
			this.#unsaved = undefined;
			await this.#write(state).catch(this.#failed);
		}
		this.#writing = undefined;
	}
}
