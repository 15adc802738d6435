import assert from 'node:assert/strict';
import { answer, interactive } from '../../../src/client/index.ts';
import type { AnswerEvent, ClientOptions, Endpoint } from '../../../src/client/index.ts';
import { createGate, startModelServer } from '../../modelServer.ts';
import type { ModelServer } from '../../modelServer.ts';
import { events, response, said, stop } from './geminiCases.ts';
import { quickClock } from './quickClock.ts';
import { alone, ask, collect, failingModels } from './replay.ts';
import type { Collected } from './replay.ts';

const forever = new Promise(() => undefined);

describe('an answer of Gemini from a server on this machine', () => {
	let server: ModelServer;
	let endpoint: Endpoint;

	beforeEach(async () => {
		server = await startModelServer();
		endpoint = { protocol: 'gemini', baseUrl: server.baseUrl, auth: 'bearer' };
	});

	afterEach(() => server.close());

	const from = (options: ClientOptions = {}, model = 'asked'): Promise<Collected> =>
		collect(answer({ ...ask('Who is it?'), model }, endpoint, { ...alone(), ...options }));

	it('comes as a stream and whole alike', async () => {
		const streamed = await from();
		const whole = await collect(answer({ ...ask('Who is it?'), parameters: { stream: false } }, endpoint));
		assert.equal(streamed.text, 'I see no image. You asked: "Who is it?".');
		assert.ok(streamed.events.length > 5);
		for (const member of ['text', 'end', 'usage', 'model'] as const) {
			assert.deepEqual(whole[member], streamed[member]);
		}
	});

	it('is refused without the right key, wherever it is carried', async () => {
		await server.close();
		server = await startModelServer({ requireKey: 'right' });
		for (const auth of ['bearer', 'x-goog-api-key'] as const) {
			endpoint = { ...endpoint, auth, baseUrl: server.baseUrl };
			assert.equal((await from({ key: 'wrong' })).failure?.kind, 'auth');
			assert.equal((await from({ key: 'right' })).end, 'stop');
		}
	});

	for (const [name, kind, text] of failingModels) {
		it(`fails as ${kind} from the model ${name}`, async () => {
			const collected = await from({}, name);
			assert.deepEqual([collected.failure?.kind, collected.text], [kind, text]);
		});
	}

	it('survives bytes that come one at a time', async () => {
		const { text, end } = await from({}, 'awkward-chunks');
		assert.deepEqual({ text, end }, { text: 'Grüße, 世界! 🦉 naïve.', end: 'stop' });
	});

	it('keeps text, images and marks in order, whatever was held back', async () => {
		const inlineData = { mimeType: 'image/avif', data: 'AAAA' };
		const parts = [
			{ text: 'Look!' },
			{ inlineData },
			{ text: 'And!' },
			{ text: '', thoughtSignature: 's' },
			{ text: '[x' },
		];
		server.next({ body: events(response(parts, stop)) });
		const { events: seen } = await from();
		assert.deepEqual(
			seen.map((event) => (event.kind === 'text' ? event.text : event.kind)),
			['Look!', 'image', 'And!', 'signature', '[x', 'end'],
		);
	});

	it('goes on after STOP, however long the rest takes within the limits of silence', async () => {
		const gate = createGate();
		server.next({ body: [events(said('Hel', stop)), gate.opened, events(said('lo', stop))] });
		const result = from({ timers: { graceAfterFinish: 1, byteIdle: 2000 } });
		await server.request(0);
		setTimeout(gate.open, 30);
		assert.equal((await result).text, 'Hello');
	});

	for (const timer of ['byteIdle', 'contentIdle'] as const) {
		it(`has ended when ${timer} runs out after a finish, and has not before one`, async () => {
			server.next({ body: [events(said('Hello', stop)), forever] });
			const { text, end } = await from({ timers: { [timer]: 30 } });
			assert.deepEqual([text, end], ['Hello', 'stop']);
			assert.equal(await (await server.request(0)).closedEarly, true);
			server.next({ body: [events(said('Hello')), forever] });
			const { failure } = await from({ timers: { [timer]: 30 } });
			assert.deepEqual([failure?.kind, failure?.code], ['timeout', timer]);
		});
	}

	it('is not whole when the connection breaks, even after STOP: every event may say so', async () => {
		server.next({ body: [events(said('Hel', stop))], end: 'reset' });
		const { text, failure } = await from();
		assert.deepEqual([text, failure?.kind], ['Hel', 'network']);
	});

	it('ends the request at once when its reader stops', async () => {
		server.next({ text: ['First', forever] });
		for await (const { kind } of answer(ask('?'), endpoint)) {
			if (kind === 'text') {
				break;
			}
		}
		assert.equal(await (await server.request(0)).closedEarly, true);
		await server.idle();
	});

	it('ends the request at once when aborted', async () => {
		const controller = new AbortController();
		const result = from({ signal: controller.signal }, 'never');
		const received = await server.request(0);
		controller.abort();
		await assert.rejects(result, { name: 'AbortError' });
		assert.equal(await received.closedEarly, true);
	});

	describe('in parts', () => {
		const part = (text: string, token?: string): { body: string } => ({
			body: events(
				said(text, token === undefined ? stop : { finishReason: 'CONTINUATION', continuationToken: token }, {
					usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, thoughtsTokenCount: 1 },
					modelVersion: 'm',
				}),
			),
		});
		const tokens = (): unknown[] =>
			server.requests.map(({ body }) => (body as { continuationToken?: unknown }).continuationToken);

		it('is asked for until it has ended, each time with the last token', async () => {
			server.next(part('One', 't1'));
			server.next(part(' two', 't2'));
			server.next(part(' three'));
			endpoint = { ...endpoint, extraBody: { labels: { a: 'b' } } };
			const { text, end, usage, events: seen } = await from();
			assert.deepEqual([text, end], ['One two three', 'stop']);
			assert.deepEqual(usage, { prompt: 15, output: 9, thoughts: 3 });
			assert.deepEqual(tokens(), [undefined, 't1', 't2']);
			assert.deepEqual((server.requests[2]?.body as { labels?: unknown }).labels, { a: 'b' });
			const ending: readonly AnswerEvent['kind'][] = ['usage', 'end'];
			assert.deepEqual(
				seen.map(({ kind }) => kind),
				['model', 'text', 'text', 'text', ...ending],
			);
			assert.deepEqual(seen.at(-1), { kind: 'end', reason: 'stop' });
		});

		it('has sources in all of them, from the beginning', async () => {
			server.next(part('🦉 is', 't'));
			const groundingMetadata = {
				groundingChunks: [{ web: { uri: 'https://a.test/', title: 'a' } }],
				groundingSupports: [{ segment: { endIndex: 3, text: ' an' }, groundingChunkIndices: [0] }],
			};
			server.next({ body: events(response([{ text: ' an owl' }], { ...stop, groundingMetadata })) });
			const { text, events: seen } = await from();
			const [span] = seen.flatMap((event) => (event.kind === 'source' ? event.source.spans : []));
			assert.equal(text.slice(span?.start, span?.end), ' an');
			assert.equal(span?.start, 5);
		});

		it('has sources where they are, though an attempt before it said a blank', async () => {
			server.next({ body: events(said(' \n')) });
			server.next(part('One', 't'));
			const groundingMetadata = {
				groundingChunks: [{ web: { uri: 'https://a.test/', title: 'a' } }],
				groundingSupports: [{ segment: { endIndex: 4, text: ' two' }, groundingChunkIndices: [0] }],
			};
			server.next({ body: events(response([{ text: ' two' }], { ...stop, groundingMetadata })) });
			const { events: seen } = await from({ patience: interactive, clock: quickClock() });
			const spans = seen.flatMap((event) => (event.kind === 'source' ? event.source.spans : []));
			assert.deepEqual(spans, [{ start: 3, end: 7 }]);
		});

		it('ends where it finishes after all', async () => {
			const more = { finishReason: 'CONTINUATION', continuationToken: 't' };
			server.next({ body: events(said('One', more), said('.', stop)) });
			const { text, end } = await from();
			assert.deepEqual([text, end, server.requests.length], ['One.', 'stop', 1]);
		});

		it('goes on although a part is hollow but for thoughts', async () => {
			const thought = response([{ text: 'Hm', thought: true }], {
				finishReason: 'CONTINUATION',
				continuationToken: 't',
			});
			server.next({ body: events(thought) });
			server.next(part('One'));
			const { text, end } = await from();
			assert.deepEqual([text, end], ['One', 'stop']);
		});

		for (const [how, script, reason] of [
			['does not know the token', { status: 400, body: '{"error":{"code":400,"message":"Unknown name"}}' }, 'length'],
			['has nothing to add', { body: events(said('', stop)) }, 'stop'],
			[
				'gives a token for nothing',
				{ body: events(said('', { finishReason: 'CONTINUATION', continuationToken: 'x' })) },
				'length',
			],
		] as const) {
			it(`ends where a server ${how}`, async () => {
				server.next(part('One', 't1'));
				server.next(script);
				const { text, end, failure, usage } = await from();
				assert.deepEqual([text, end, failure?.kind], ['One', reason, undefined]);
				assert.deepEqual(usage, { prompt: 5, output: 3, thoughts: 1 });
				assert.equal(server.requests.length, 2);
			});
		}

		it('fails where a part fails, and keeps what came', async () => {
			server.next(part('One', 't1'));
			server.next({ text: ' two', end: 'early' });
			const { text, failure, usage, end } = await from();
			assert.deepEqual([text, failure?.kind, end], ['One two', 'truncated', undefined]);
			assert.deepEqual(usage, { prompt: 5, output: 3, thoughts: 1 });
		});

		it('is given up when it has no end', async () => {
			for (let count = 0; count < 40; count++) {
				server.next(part('x', 't'));
			}
			const { text, end } = await from();
			assert.deepEqual([text.length, end], [32, 'length']);
		});
	});
});
