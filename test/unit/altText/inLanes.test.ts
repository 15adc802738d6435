import assert from 'node:assert/strict';
import { inLanes } from '../../../src/altText/inLanes.ts';

const never = new AbortController().signal;

/** Work that the test ends when it likes. */
class Works {
	readonly started: string[] = [];
	readonly aborted: string[] = [];
	readonly #settle = new Map<string, { resolve: (result: string) => void; reject: (error: Error) => void }>();

	readonly work = (item: string, signal: AbortSignal): Promise<string> => {
		this.started.push(item);
		return new Promise((resolve, reject) => {
			this.#settle.set(item, { resolve, reject });
			signal.addEventListener('abort', () => {
				if (this.#settle.has(item)) {
					this.aborted.push(item);
					reject(signal.reason as Error);
				}
			});
		});
	};

	finish(item: string): void {
		this.#settle.get(item)?.resolve(item.toUpperCase());
		this.#settle.delete(item);
	}

	fail(item: string): void {
		this.#settle.get(item)?.reject(new Error(item));
		this.#settle.delete(item);
	}
}

describe('inLanes', () => {
	it('keeps so many at work, and gives results as they come', async () => {
		const works = new Works();
		const results = inLanes(['a', 'b', 'c', 'd'], 2, works.work, never);
		const first = results.next();
		assert.deepEqual(works.started, ['a', 'b']);
		works.finish('b');
		assert.deepEqual(await first, { done: false, value: { item: 'b', result: 'B' } });
		const second = results.next();
		await Promise.resolve();
		assert.deepEqual(works.started, ['a', 'b', 'c']);
		works.finish('a');
		assert.deepEqual((await second).value, { item: 'a', result: 'A' });
		const rest = results.next();
		works.finish('c');
		assert.deepEqual((await rest).value, { item: 'c', result: 'C' });
		const last = results.next();
		await Promise.resolve();
		works.finish('d');
		assert.deepEqual((await last).value, { item: 'd', result: 'D' });
		assert.equal((await results.next()).done, true);
		assert.deepEqual(works.aborted, []);
	});

	it('gives results that came while nobody read', async () => {
		const works = new Works();
		const results = inLanes(['a', 'b'], 2, works.work, never);
		const first = results.next();
		works.finish('a');
		works.finish('b');
		await first;
		assert.deepEqual((await results.next()).value, { item: 'b', result: 'B' });
	});

	it('ends with the first failure, and aborts the rest', async () => {
		const works = new Works();
		const results = inLanes(['a', 'b', 'c'], 2, works.work, never);
		const first = results.next();
		works.fail('b');
		await assert.rejects(first, /^Error: b$/);
		assert.deepEqual(works.aborted, ['a']);
		assert.deepEqual(works.started, ['a', 'b']);
	});

	it('aborts the rest when nobody reads on', async () => {
		const works = new Works();
		const results = inLanes(['a', 'b', 'c'], 2, works.work, never);
		const first = results.next();
		works.finish('a');
		await first;
		await results.return();
		assert.deepEqual(works.aborted, ['b']);
		assert.deepEqual(works.started, ['a', 'b']);
	});

	it('starts nothing after an abort', async () => {
		const works = new Works();
		const controller = new AbortController();
		const results = inLanes(['a', 'b', 'c'], 2, works.work, controller.signal);
		const first = results.next();
		controller.abort();
		await assert.rejects(first, { name: 'AbortError' });
		assert.deepEqual(works.started, ['a', 'b']);
	});

	it('gives nothing for nothing', async () => {
		assert.equal((await inLanes([], 3, new Works().work, never).next()).done, true);
	});
});
