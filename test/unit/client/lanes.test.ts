import assert from 'node:assert/strict';
import { answer, bulk, Failure, Lanes, Learned } from '../../../src/client/index.ts';
import type { ClientOptions, Endpoint } from '../../../src/client/index.ts';
import type { Lane, Place } from '../../../src/client/attempts/lanes.ts';
import { createGate, startModelServer } from '../../modelServer.ts';
import type { ModelServer, Script } from '../../modelServer.ts';
import { quickClock } from './quickClock.ts';
import type { QuickClock } from './quickClock.ts';
import { ask, collect } from './replay.ts';
import type { Collected } from './replay.ts';

const url = new URL('https://host.test/v1/chat/completions');
const never = new AbortController().signal;
const tooMany = new Failure({ kind: 'rate', status: 429, retryAfter: 20_000 });

const pending = Symbol();

/** Whether a promise is settled by the next turn of the event loop. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
	const later = new Promise((resolve) => setImmediate(resolve, pending));
	return (await Promise.race([promise, later])) !== pending;
}

describe('a lane', () => {
	let lanes: Lanes;
	let clock: QuickClock;
	const lane = (key = 'k', model = 'm'): Lane => lanes.lane(url, key, model, clock);

	beforeEach(() => {
		lanes = new Lanes();
		clock = quickClock();
	});

	/** Takes places until there is none. */
	async function fill(): Promise<Place[]> {
		const places: Place[] = [];
		for (;;) {
			const controller = new AbortController();
			const entering = lane().enter(controller.signal);
			if (!(await settled(entering))) {
				controller.abort();
				await assert.rejects(entering);
				return places;
			}
			places.push(await entering);
		}
	}

	function leaveAll(places: readonly Place[], kind: 'succeeded' | 'other' = 'other'): void {
		places.forEach((place) => place.leave({ kind }));
	}

	it('lets eight requests go at once, and the next when one is over, in turn', async () => {
		const places = await fill();
		assert.equal(places.length, 8);
		const order: number[] = [];
		const waiting = [1, 2, 3].map(async (number) => {
			const place = await lane().enter(never);
			order.push(number);
			return place;
		});
		assert.equal(await settled(Promise.race(waiting)), false);
		places.pop()?.leave({ kind: 'other' });
		await waiting[0];
		assert.deepEqual(order, [1]);
		leaveAll(places);
		leaveAll(await Promise.all(waiting));
		assert.deepEqual(order, [1, 2, 3]);
		assert.equal(lanes.size, 0);
	});

	it('is left at once by a request that is aborted while it waits in turn', async () => {
		const places = await fill();
		const controller = new AbortController();
		const entering = lane().enter(controller.signal);
		controller.abort();
		await assert.rejects(entering, { name: 'AbortError' });
		leaveAll(places);
		assert.equal(lanes.size, 0);
	});

	it('halves what goes at once for each round of refusals, and grows by one with ten successes', async () => {
		for (const [before, after] of [
			[8, 4],
			[4, 2],
			[2, 1],
			[1, 1],
		] as const) {
			const places = await fill();
			assert.equal(places.length, before);
			places.forEach((place) => place.leave({ kind: 'limited', failure: tooMany }));
			const next = await fill();
			assert.equal(next.length, after);
			leaveAll(next);
		}
		for (let count = 0; count < 10; count++) {
			(await lane().enter(never)).leave({ kind: 'succeeded' });
		}
		const places = await fill();
		assert.equal(places.length, 2);
		leaveAll(places);
	});

	it('grows up to 32', async () => {
		for (let count = 0; count < 400; count++) {
			(await lane().enter(never)).leave({ kind: 'succeeded' });
			// Not to be forgotten in between.
			if (count === 0) {
				(await lane().enter(never)).leave({ kind: 'limited', failure: tooMany });
			}
		}
		const places = await fill();
		assert.equal(places.length, 32);
		leaveAll(places);
	});

	it('is paused as long as the longest hint says, and longer each time without one', async () => {
		(await lane().enter(never)).leave({ kind: 'limited', failure: tooMany });
		(await lane().enter(never)).leave({ kind: 'limited', failure: new Failure({ kind: 'rate', retryAfter: 5 }) });
		assert.equal(lane().pause()?.milliseconds, 20_000);
		await clock.sleep(20_000, never);
		assert.equal(lane().pause(), undefined);
		for (const milliseconds of [2000, 4000, 8000, 15_000, 15_000]) {
			(await lane().enter(never)).leave({ kind: 'limited', failure: new Failure({ kind: 'rate' }) });
			assert.equal(lane().pause()?.milliseconds, milliseconds);
			await clock.sleep(milliseconds, never);
		}
	});

	it('is of one address, one key and one model', async () => {
		(await lane().enter(never)).leave({ kind: 'limited', failure: tooMany });
		assert.ok(lane().pause());
		assert.equal(lane('other').pause(), undefined);
		assert.equal(lane('k', 'other').pause(), undefined);
		assert.equal(lanes.lane(new URL('https://other.test'), 'k', 'm', clock).pause(), undefined);
	});

	it('is forgotten when nobody uses it: at once, or some time after a refusal', async () => {
		for (let count = 0; count < 1000; count++) {
			(await lane(`key ${count}`).enter(never)).leave({ kind: 'succeeded' });
		}
		assert.equal(lanes.size, 0);
		for (let count = 0; count < 1000; count++) {
			(await lane(`key ${count}`).enter(never)).leave({ kind: 'limited', failure: tooMany });
		}
		assert.equal(lanes.size, 1000);
		await clock.sleep(400_000, never);
		(await lane().enter(never)).leave({ kind: 'succeeded' });
		assert.equal(lanes.size, 0);
	});
});

describe('answers of one model', () => {
	let server: ModelServer;
	let endpoint: Endpoint;
	let lanes: Lanes;
	let clock: QuickClock;

	beforeEach(async () => {
		server = await startModelServer();
		endpoint = { protocol: 'chat-completions', baseUrl: server.baseUrl, auth: 'none' };
		lanes = new Lanes();
		clock = quickClock();
	});

	afterEach(() => server.close());

	const run = (options: ClientOptions = {}, model = 'm'): Promise<Collected> =>
		collect(answer({ ...ask('?'), model }, endpoint, { clock, lanes, learned: new Learned(), ...options }));

	const limited = (headers: Readonly<Record<string, string>>, body: object = {}): Script => ({
		status: 429,
		headers,
		body: JSON.stringify(body),
	});

	for (const [name, script] of [
		['retry-after', limited({ 'retry-after': '20' })],
		['retry-after-ms', limited({ 'retry-after-ms': '20000' })],
		['a message', limited({}, { error: { message: 'Rate limit reached. Please try again in 20s.' } })],
		[
			'RetryInfo',
			limited(
				{},
				{
					error: {
						code: 429,
						status: 'RESOURCE_EXHAUSTED',
						details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '20s' }],
					},
				},
			),
		],
	] as const) {
		it(`wait together for a rate limit told by ${name}`, async () => {
			server.next(script);
			const first = await run();
			assert.deepEqual(first.events[0], { kind: 'wait', milliseconds: 20_000, reason: 'rate' });
			assert.deepEqual([first.end, clock.slept], ['stop', [20_000]]);
		});
	}

	it('wait for a rate limit that another one met, without asking', async () => {
		server.next(limited({ 'retry-after': '50' }));
		const impatient = { patience: { attempts: 1, longestWait: 60_000 } };
		assert.equal((await run(impatient)).failure?.kind, 'rate');
		const { events, end } = await run();
		assert.deepEqual(events[0], { kind: 'wait', milliseconds: 50_000, reason: 'rate' });
		assert.equal(end, 'stop');
		assert.equal(server.requests.length, 2);
	});

	it('fail with the time that is left, without asking, when that is too long to wait', async () => {
		server.next(limited({ 'retry-after': '200' }));
		assert.deepEqual((await run()).failure?.retryAfter, 200_000);
		await clock.sleep(50_000, never);
		const { failure } = await run();
		assert.deepEqual([failure?.kind, failure?.status, failure?.retryAfter], ['rate', 429, 150_000]);
		assert.equal(server.requests.length, 1);
		assert.equal((await run({}, 'other')).end, 'stop');
		assert.equal((await run({ patience: bulk })).end, 'stop');
	});

	it('come through a storm of refusals, a few at a time, and leave nothing behind', async () => {
		for (let count = 0; count < 12; count++) {
			server.next(limited(count % 3 === 0 ? { 'retry-after': '3' } : {}));
		}
		const all = await Promise.all(Array.from({ length: 20 }, () => run({ patience: bulk })));
		assert.deepEqual(
			all.filter(({ end }) => end !== 'stop').map(({ failure }) => failure?.kind),
			[],
		);
		assert.equal(server.requests.length, 32);
		await clock.sleep(400_000, never);
		lanes.lane(url, 'other', 'm', clock);
		assert.equal(lanes.size, 1);
	});

	it('are no more than eight at once', async () => {
		const gate = createGate();
		Array.from({ length: 10 }, () => server.next({ text: ['a', gate.opened, 'b'] }));
		const controller = new AbortController();
		const all = Array.from({ length: 9 }, () => run());
		await server.request(7);
		const aborted = run({ signal: controller.signal });
		await new Promise((resolve) => setTimeout(resolve, 30));
		assert.equal(server.requests.length, 8);
		controller.abort();
		await assert.rejects(aborted, { name: 'AbortError' });
		gate.open();
		assert.deepEqual(new Set((await Promise.all(all)).map(({ text }) => text)), new Set(['ab']));
		assert.equal(server.requests.length, 9);
		assert.equal(lanes.size, 0);
	});

	it('give their place back however they end', async () => {
		for (let count = 0; count < 12; count++) {
			server.next({ text: ['First', new Promise(() => undefined)] });
			for await (const { kind } of answer(ask('?'), endpoint, { lanes })) {
				if (kind === 'text') {
					break;
				}
			}
		}
		assert.equal(lanes.size, 0);
	});
});
