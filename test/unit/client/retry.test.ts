import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { answer, bulk, Failure, interactive, Lanes, Learned } from '../../../src/client/index.ts';
import type { AnswerEvent, ClientOptions, Endpoint, FailureKind } from '../../../src/client/index.ts';
import { backoff } from '../../../src/client/attempts/backoff.ts';
import { systemClock } from '../../../src/client/attempts/clock.ts';
import { createRetries } from '../../../src/client/attempts/retry.ts';
import { startModelServer } from '../../modelServer.ts';
import type { ModelServer, Script } from '../../modelServer.ts';
import { quickClock } from './quickClock.ts';
import type { QuickClock } from './quickClock.ts';
import { ask, collect } from './replay.ts';
import type { Collected } from './replay.ts';
import { chunk, content, done, events, stop } from './wireCases.ts';

const failing = (status: number, headers: Readonly<Record<string, string>> = {}): Script => ({
	status,
	headers,
	body: JSON.stringify({ error: { message: 'Not now' } }),
});

describe('an answer that fails before anything can be seen', () => {
	let server: ModelServer;
	let endpoint: Endpoint;
	let clock: QuickClock;

	beforeEach(async () => {
		server = await startModelServer();
		endpoint = { protocol: 'chat-completions', baseUrl: server.baseUrl, auth: 'none' };
		clock = quickClock();
	});

	afterEach(() => server.close());

	function run(scripts: readonly Script[], options: ClientOptions = {}): Promise<Collected> {
		scripts.forEach((script) => server.next(script));
		return collect(answer(ask('?'), endpoint, { clock, lanes: new Lanes(), learned: new Learned(), ...options }));
	}

	const waits = ({ events: told }: Collected): readonly AnswerEvent[] => told.filter(({ kind }) => kind === 'wait');

	for (const [name, script, reason] of [
		['408', failing(408), 'timeout'],
		['409', failing(409), 'server'],
		['429', failing(429), 'rate'],
		['500', failing(500), 'server'],
		['502', failing(502), 'server'],
		['503', failing(503), 'overloaded'],
		['529', failing(529), 'overloaded'],
		['400 with x-should-retry', failing(400, { 'x-should-retry': 'true' }), 'bad-request'],
		['an error in the midst of it', { body: events('{"error":{"code":503,"message":"busy"}}') }, 'overloaded'],
		['no text', { body: events(stop, done) }, 'empty'],
		['thoughts without text', { body: events(chunk({ reasoning: 'Hm' }), stop, done) }, 'empty'],
		['blank text', { body: events(content('\n'), stop, done) }, 'empty'],
		['an early end', { body: events(chunk({ role: 'assistant', content: '' })) }, 'truncated'],
		['a reset connection', { body: events(chunk({ role: 'assistant' })), end: 'reset' }, 'network'],
	] as const satisfies readonly (readonly [string, Script, FailureKind])[]) {
		it(`is tried again after ${name}`, async () => {
			const collected = await run([script]);
			assert.deepEqual([collected.failure, collected.end], [undefined, 'stop']);
			assert.deepEqual(waits(collected), [{ kind: 'wait', milliseconds: 500, reason }]);
			assert.deepEqual(clock.slept, [500]);
			assert.equal(server.requests.length, 2);
		});
	}

	for (const [name, script] of [
		['400', failing(400)],
		['401', failing(401)],
		['402', failing(402)],
		['404', failing(404)],
		['500 with x-should-retry: false', failing(500, { 'x-should-retry': 'false' })],
		['a limit that went to thoughts', { body: events(chunk({}, { finish_reason: 'length' }), done) }],
		['a blocked answer', { body: events(chunk({}, { finish_reason: 'content_filter' }), done) }],
		['a web page', { body: '<title>App</title>' }],
		['a redirect', { status: 307, headers: { location: '/' }, body: '' }],
		['a wait that nobody bears', failing(503, { 'retry-after': '61' })],
	] as const) {
		it(`is not tried again after ${name}`, async () => {
			const collected = await run([script]);
			assert.ok(collected.failure);
			assert.equal(server.requests.length, 1);
			assert.deepEqual(waits(collected), []);
		});
	}

	it('is tried three times in all', async () => {
		const collected = await run([failing(500), failing(503), failing(502), failing(500)]);
		assert.equal(collected.failure?.status, 502);
		assert.deepEqual(clock.slept, [500, 1000]);
		assert.equal(server.requests.length, 3);
	});

	it('is tried six times in all where nobody looks on', async () => {
		const collected = await run(
			Array.from({ length: 7 }, () => failing(500)),
			{ patience: bulk },
		);
		assert.equal(collected.failure?.kind, 'server');
		assert.deepEqual(clock.slept, [500, 1000, 2000, 4000, 8000]);
	});

	it('is tried only once more where the server did its work', async () => {
		const empty: Script = { body: events(stop, done) };
		const collected = await run([empty, empty], { patience: bulk });
		assert.equal(collected.failure?.kind, 'empty');
		assert.equal(server.requests.length, 2);
	});

	it('is tried again after as long as the server asks, within the patience', async () => {
		for (const [headers, slept] of [
			[{ 'retry-after': '60' }, 60_000],
			[{ 'retry-after-ms': '1500' }, 1500],
			[{ 'retry-after': new Date(0).toUTCString() }, 500],
			[{ 'retry-after': '2.5' }, 2500],
		] as const) {
			clock = quickClock();
			assert.equal((await run([failing(503, headers)])).end, 'stop');
			assert.deepEqual(clock.slept, [slept]);
		}
		clock = quickClock();
		assert.equal((await run([failing(503, { 'retry-after': '300' })], { patience: bulk })).end, 'stop');
		assert.deepEqual(clock.slept, [300_000]);
	});

	it('tells what the server asks to wait when that is too long', async () => {
		const { failure } = await run([failing(503, { 'retry-after': '90' })]);
		assert.deepEqual([failure?.kind, failure?.retryAfter], ['overloaded', 90_000]);
	});

	it('counts what every attempt used', async () => {
		const usage = JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
		const collected = await run([
			{ body: events(chunk({ reasoning: 'Hm' }), stop, usage, done) },
			{ body: events(content('Yes'), stop, usage, done) },
		]);
		const told = collected.events.flatMap((event) => (event.kind === 'usage' ? event.usage : []));
		assert.deepEqual(told, [{ prompt: 6, output: 4 }]);
	});

	it('is not tried again when text was shown, whatever breaks', async () => {
		for (const end of ['early', 'reset'] as const) {
			const { failure, text } = await run([{ text: ['This answer ', 'breaks'], end }]);
			assert.deepEqual([failure?.retryable, text], [true, 'This answer breaks']);
		}
		assert.equal(server.requests.length, 2);
	});

	it('is not tried again for a server on this machine that does not run', async () => {
		await server.close();
		const { failure } = await run([]);
		assert.deepEqual([failure?.code, clock.slept.length], ['ECONNREFUSED', 0]);
		server = await startModelServer();
	});

	for (const [timer, body, times] of [
		['firstByte', [new Promise(() => undefined)], 1],
		['byteIdle', [events(chunk({ role: 'assistant' })), new Promise(() => undefined)], 1],
	] as const) {
		it(`is not tried again when ${timer} ran out after the head of the answer`, async () => {
			const { failure } = await run([{ body }, { body }], { timers: { [timer]: 20 } });
			assert.deepEqual([failure?.kind, failure?.code], ['timeout', timer]);
			assert.equal(server.requests.length, times);
		});
	}

	it('is tried once more when no answer begins in time', async () => {
		const sockets = new Set<Socket>();
		const silent = createServer((socket) => {
			socket.on('error', () => undefined).once('data', () => sockets.add(socket));
		}).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		endpoint = { ...endpoint, baseUrl: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` };
		const { failure } = await run([], { timers: { firstByte: 20 }, patience: bulk });
		silent.close();
		sockets.forEach((socket) => socket.destroy());
		assert.deepEqual([failure?.kind, failure?.code, sockets.size], ['timeout', 'firstByte', 2]);
	});

	it('ends at once when aborted while it waits', async () => {
		const controller = new AbortController();
		server.next(failing(503, { 'retry-after': '50' }));
		const options = { signal: controller.signal, lanes: new Lanes(), learned: new Learned() };
		await assert.rejects(
			async () => {
				for await (const { kind } of answer(ask('?'), endpoint, options)) {
					if (kind === 'wait') {
						setImmediate(() => controller.abort());
					}
				}
			},
			{ name: 'AbortError' },
		);
		assert.equal(server.requests.length, 1);
	});

	it('ends when its whole time is over, though every attempt keeps its own', async () => {
		const options = { timers: { total: 40 }, clock: systemClock };
		const { failure } = await run([failing(503, { 'retry-after': '50' })], options);
		assert.deepEqual([failure?.kind, failure?.code, failure?.retryable], ['timeout', 'total', false]);
	});

	it('is named in the log with all its attempts', async () => {
		const lines: string[] = [];
		const headers = { 'x-request-id': 'req-2' };
		await run([failing(503, { 'x-request-id': 'req-1' }), { text: 'Yes', headers }], {
			log: (line) => void lines.push(line),
		});
		assert.equal(lines.length, 1);
		assert.match(
			lines[0] ?? '',
			/; finish stop; request req-2; attempts 2; before: failure overloaded \(503, req-1\)$/,
		);
	});
});

describe('the wait before another attempt', () => {
	it('is anything up to a bound that doubles up to 30 s', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 40 }),
				fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
				(failures, chance) => {
					const wait = backoff(failures, () => chance);
					assert.ok(wait >= 0 && wait <= Math.min(30_000, 1000 * 2 ** (failures - 1)));
				},
			),
		);
		assert.equal(
			backoff(40, () => 1),
			30_000,
		);
		assert.equal(
			backoff(1, () => 0),
			0,
		);
	});

	it('never exceeds the patience, and attempts never do', () => {
		const kinds = ['rate', 'overloaded', 'server', 'network', 'timeout', 'truncated', 'empty', 'auth'] as const;
		const failed = fc.record({
			failure: fc
				.record({
					kind: fc.constantFrom(...kinds),
					status: fc.option(fc.constantFrom(429, 500, 503), { nil: undefined }),
					retryAfter: fc.option(fc.nat(400_000), { nil: undefined }),
				})
				.map((details) => new Failure(details)),
			replied: fc.boolean(),
			local: fc.boolean(),
		});
		fc.assert(
			fc.property(
				fc.array(failed, { minLength: 10, maxLength: 10 }),
				fc.constantFrom(interactive, bulk),
				(all, patience) => {
					const retries = createRetries(patience, Math.random);
					const waits = all.map((attempt) => retries.after(attempt));
					const granted = waits.filter((wait) => wait !== undefined);
					assert.ok(granted.every((wait) => wait <= patience.longestWait));
					assert.ok(granted.length < patience.attempts);
					waits.forEach((wait, index) => {
						assert.ok(wait === undefined || wait >= (all[index]?.failure.retryAfter ?? 0));
					});
				},
			),
		);
	});
});
