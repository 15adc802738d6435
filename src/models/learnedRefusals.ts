import type { Memento } from 'vscode';
import type { Endpoint } from '../client/endpoint.ts';

const key = 'learned';

/** What the client remembers of what servers refused, so that none has to refuse the same twice. */
export interface LearnedStore {
	/** All of it, as the one that is made next takes it. */
	toJSON(): unknown;
	/** What was learned of a server, last learned last. */
	of(endpoint: Endpoint, model: string): readonly unknown[];
	forget(endpoint: Endpoint): void;
}

/** Makes the store of what was kept, by this version or another, and tells of each change. */
export type CreateLearned<Store extends LearnedStore> = (kept: unknown, onChange: () => void) => Promise<Store>;

/** Keeps what the client learned across windows and days. */
export class LearnedRefusals<Store extends LearnedStore> {
	readonly #memento: Memento;
	readonly #create: CreateLearned<Store>;
	#store: Promise<Store> | undefined;

	constructor(memento: Memento, create: CreateLearned<Store>) {
		this.#memento = memento;
		this.#create = create;
	}

	/** Made on first use, as the client is. */
	store(): Promise<Store> {
		this.#store ??= this.#create(this.#memento.get(key), () => void this.#keep());
		return this.#store;
	}

	async #keep(): Promise<void> {
		// Several changes come with one answer; the last of them writes all.
		await Promise.resolve();
		await this.#memento.update(key, (await this.store()).toJSON());
	}
}
