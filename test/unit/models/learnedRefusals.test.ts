import assert from 'node:assert/strict';
import type { Endpoint } from '../../../src/client/endpoint.ts';
import { LearnedRefusals, type LearnedStore } from '../../../src/models/learnedRefusals.ts';
import { mementoIn } from './memory.ts';

const endpoint: Endpoint = { protocol: 'chat-completions', baseUrl: 'https://host.test', auth: 'none' };

/** The least that a store can be. */
class Lessons implements LearnedStore {
	#lessons: readonly string[];
	readonly #onChange: () => void;

	constructor(kept: unknown, onChange: () => void) {
		this.#lessons = Array.isArray(kept) ? kept.map(String) : [];
		this.#onChange = onChange;
	}

	learn(lesson: string): void {
		this.#lessons = [...this.#lessons, lesson];
		this.#onChange();
	}

	of(): readonly string[] {
		return this.#lessons;
	}

	forget(): void {
		this.#lessons = [];
		this.#onChange();
	}

	toJSON(): unknown {
		return this.#lessons;
	}
}

describe('what servers refused', () => {
	it('is remembered by the next window, and forgotten for good', async () => {
		const stored = new Map<string, string>();
		const window = (): LearnedRefusals<Lessons> =>
			new LearnedRefusals(mementoIn(stored), (kept, onChange) => Promise.resolve(new Lessons(kept, onChange)));
		const first = window();
		const store = await first.store();
		assert.equal(await first.store(), store);
		store.learn('temperature');
		store.learn('top_p');
		await new Promise((resolve) => setImmediate(resolve));
		const second = await window().store();
		assert.deepEqual(second.of(), ['temperature', 'top_p']);
		(second satisfies LearnedStore).forget();
		await new Promise((resolve) => setImmediate(resolve));
		const third: LearnedStore = await window().store();
		assert.deepEqual(third.of(endpoint, 'any'), []);
	});
});
