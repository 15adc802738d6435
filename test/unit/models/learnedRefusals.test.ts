import assert from 'node:assert/strict';
import type { Endpoint } from '../../../src/client/endpoint.ts';
import { LearnedRefusals } from '../../../src/models/lists/learnedRefusals.ts';
import { mementoIn } from './memory.ts';

const endpoint: Endpoint = { protocol: 'chat-completions', baseUrl: 'https://host.test', auth: 'none' };

describe('what servers refused', () => {
	it('is remembered by the next window, and forgotten for good', async () => {
		const stored = new Map<string, string>();
		const window = (): LearnedRefusals => new LearnedRefusals(mementoIn(stored));
		const first = window();
		const learned = await first.learned();
		assert.equal(await first.learned(), learned);
		learned.learn(endpoint, 'm', { kind: 'dropped', field: 'temperature' });
		learned.learn(endpoint, 'm', { kind: 'pdf-as-pages' });
		await new Promise((resolve) => setImmediate(resolve));
		const second = await window().learned();
		assert.deepEqual(second.of(endpoint, 'm'), [{ kind: 'dropped', field: 'temperature' }, { kind: 'pdf-as-pages' }]);
		second.forget(endpoint);
		await new Promise((resolve) => setImmediate(resolve));
		assert.deepEqual((await window().learned()).of(endpoint, 'm'), []);
	});
});
