import type { Memento } from 'vscode';
import type { Learned } from '../../client/repair/learned.ts';

const key = 'learned';

/** What the client learned from servers' refusals, kept across windows and days. */
export class LearnedRefusals {
	readonly #memento: Memento;
	#learned: Promise<Learned> | undefined;

	constructor(memento: Memento) {
		this.#memento = memento;
	}

	/** Loaded on first use, as the client is. */
	learned(): Promise<Learned> {
		this.#learned ??= this.#load();
		return this.#learned;
	}

	async #load(): Promise<Learned> {
		const { Learned } = await import('../../client/repair/learned.ts');
		const learned = new Learned(this.#memento.get(key), () => void this.#keep(learned));
		return learned;
	}

	async #keep(learned: Learned): Promise<void> {
		// Several changes come with one answer; the last of them writes all.
		await Promise.resolve();
		await this.#memento.update(key, learned.toJSON());
	}
}
