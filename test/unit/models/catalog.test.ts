import assert from 'node:assert/strict';
import { offers } from '../../../src/models/lists/catalog.ts';
import { Keys } from '../../../src/models/keys.ts';
import { ModelLists } from '../../../src/models/lists/modelLists.ts';
import type { NamedEndpoint } from '../../../src/models/settings/presets.ts';
import { type ModelServer, startModelServer } from '../../modelServer.ts';
import { mementoIn, secretsIn } from './memory.ts';

const day = 24 * 60 * 60 * 1000;

describe('what endpoints offer', () => {
	let server: ModelServer;
	let stored: Map<string, string>;
	let keys: Keys;
	let now: number;
	let lists: ModelLists;

	beforeEach(async () => {
		server = await startModelServer({ models: ['one', 'two'] });
		stored = new Map();
		keys = new Keys(secretsIn(new Map()), {});
		now = 1_000_000_000_000;
		lists = new ModelLists(mementoIn(stored), () => now);
	});

	afterEach(() => server.close());

	const here = (more: Partial<NamedEndpoint> = {}): NamedEndpoint => ({
		name: 'here',
		protocol: 'chat-completions',
		baseUrl: server.baseUrl,
		auth: 'none',
		...more,
	});

	async function offered(...endpoints: readonly NamedEndpoint[]): Promise<readonly string[]> {
		const told: string[] = [];
		for await (const offer of offers(endpoints, keys, lists, new AbortController().signal)) {
			const models = offer.kind === 'models' ? offer.models.map(({ id }) => id) : [];
			told.push([offer.kind, offer.endpoint.name, ...models].join(' '));
		}
		return told;
	}

	it('is what their servers list, the default first', async () => {
		assert.deepEqual(await offered(here()), ['models here one two']);
		assert.deepEqual((await offered(here({ defaultModel: 'two' }))).at(-1), 'models here two one');
		assert.deepEqual((await offered(here({ defaultModel: 'three' }))).at(-1), 'models here three one two');
	});

	it('is at once what they listed lately, then what they list now', async () => {
		await lists.keep(here(), [{ id: 'old', seesImages: true, contextLength: 1000 }]);
		assert.deepEqual(await offered(here()), ['models here old', 'models here one two']);
		assert.deepEqual(await offered(here()), ['models here one two', 'models here one two']);
	});

	it('is forgotten after a day, and by a clock that was put back', async () => {
		await lists.keep(here(), [{ id: 'old' }]);
		now += day - 1;
		assert.equal(lists.of(here())?.length, 1);
		now += 1;
		assert.equal(lists.of(here()), undefined);
		now -= 2 * day;
		assert.equal(lists.of(here()), undefined);
	});

	it('is kept by address and protocol', async () => {
		await lists.keep(here(), [{ id: 'old' }]);
		assert.equal(lists.of(here({ protocol: 'gemini' })), undefined);
		assert.equal(lists.of(here({ baseUrl: 'https://other.test' })), undefined);
		assert.equal(lists.of(here({ name: 'renamed' }))?.length, 1);
	});

	it('is kept for some servers, the newest', async () => {
		for (let count = 0; count < 25; count++) {
			now += 1;
			await lists.keep(here({ baseUrl: `https://host${count}.test` }), []);
		}
		assert.equal(lists.of(here({ baseUrl: 'https://host4.test' })), undefined);
		assert.deepEqual(lists.of(here({ baseUrl: 'https://host5.test' })), []);
	});

	it('is read from whatever another version kept', () => {
		for (const nonsense of ['7', '[]', '{"a":1}', '{"chat-completions https://x.test":{"time":"now","models":{}}}']) {
			stored.set('modelLists', nonsense);
			assert.equal(lists.of(here({ baseUrl: 'https://x.test' })), undefined, nonsense);
		}
		const list = { time: now, models: [{ id: 'a', seesImages: 'yes', contextLength: '8' }, { name: 'b' }, 3] };
		stored.set('modelLists', JSON.stringify({ 'chat-completions https://x.test': list }));
		assert.deepEqual(
			lists.of(here({ baseUrl: 'https://x.test' }))?.map(({ id, seesImages }) => [id, seesImages]),
			[['a', undefined]],
		);
	});

	it('is nothing from a server that is not running, and not what it had', async () => {
		await lists.keep(here(), [{ id: 'old' }]);
		await server.close();
		assert.deepEqual(await offered(here()), ['models here old', 'none here']);
		server = await startModelServer();
	});

	it('stays what it was when a server keeps its list to itself', async () => {
		await server.close();
		server = await startModelServer({ requireKey: 'right' });
		await lists.keep(here(), [{ id: 'old' }]);
		assert.deepEqual(await offered(here()), ['models here old', 'models here old']);
		assert.deepEqual(await offered(here({ baseUrl: `${server.baseUrl}/x/v1`, defaultModel: 'own' })), [
			'models here own',
		]);
	});

	it('waits for a key, even where a list is known', async () => {
		const keyed = here({ auth: 'bearer' });
		await lists.keep(keyed, [{ id: 'old' }]);
		assert.deepEqual(await offered(keyed), ['needs-key here']);
		assert.deepEqual(server.otherRequests, []);
	});

	it('comes from each as it answers', async () => {
		const closed = here({ name: 'closed', baseUrl: 'http://127.0.0.1:9/v1' });
		assert.deepEqual((await offered(closed, here())).toSorted(), ['models here one two', 'none closed']);
	});
});
