import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { answer, Failure, listModels } from '../../../src/client/index.ts';
import type { AnswerEvent, ClientOptions, Endpoint, Request } from '../../../src/client/index.ts';
import { createRemoteTransport } from '../../../src/client/transport/remoteTransport.ts';
import { createGate, startModelServer } from '../../modelServer.ts';
import type { ModelServer } from '../../modelServer.ts';
import { alone, answerTo, ask, collect, failingModels } from './replay.ts';
import type { Collected } from './replay.ts';
import { content, events } from './wireCases.ts';

describe('an answer from a server on this machine', () => {
	let server: ModelServer;
	let endpoint: Endpoint;

	beforeEach(async () => {
		server = await startModelServer();
		endpoint = { protocol: 'chat-completions', baseUrl: server.baseUrl, auth: 'bearer' };
	});

	afterEach(() => server.close());

	const from = (request: Request, options: ClientOptions = {}): Promise<Collected> =>
		collect(answer(request, endpoint, { ...alone(), ...options }));
	const model = (name: string): Request => ({ ...ask('?'), model: name });

	it('comes as a stream and whole alike', async () => {
		const streamed = await from(ask('Who is it?'));
		const whole = await from({ ...ask('Who is it?'), parameters: { stream: false } });
		assert.equal(streamed.text, 'I see no image. You asked: "Who is it?".');
		assert.equal(streamed.end, 'stop');
		assert.ok(streamed.events.length > 5);
		for (const member of ['text', 'end', 'usage', 'model'] as const) {
			assert.deepEqual(whole[member], streamed[member]);
		}
	});

	it('is to what was asked: image bytes arrive as they were', async () => {
		const bytes = Uint8Array.from({ length: 300_000 }, (_value, index) => index * 7);
		const image = { kind: 'image', mediaType: 'image/webp', content: bytes } as const;
		const parts = [image, { kind: 'text', text: 'And?' } as const, image];
		const { text } = await from({ model: 'm', system: 'Be brief.', turns: [{ role: 'user', parts }] });
		assert.equal(text, 'I see 2 images. You asked: "And?".');
		const { chat } = await server.request(0);
		assert.equal(chat.system, 'Be brief.');
		assert.deepEqual(
			chat.images.map(({ mediaType, bytes: got }) => [mediaType, got.equals(bytes)]),
			[
				['image/webp', true],
				['image/webp', true],
			],
		);
	});

	it('shows its first words while the rest is not yet said', async () => {
		const gate = createGate();
		server.next({ text: ['First', gate.opened, ' second'] });
		const events = answer(ask('?'), endpoint);
		const seen: AnswerEvent[] = [];
		while (seen.at(-1)?.kind !== 'text') {
			const { value, done } = await events.next();
			assert.ok(!done);
			seen.push(value);
		}
		assert.deepEqual(seen.at(-1), { kind: 'text', text: 'First' });
		gate.open();
		assert.equal((await collect(events)).text, ' second');
	});

	it('2.1: is read as what it is, whatever its content type says', async () => {
		for (const type of ['application/json', 'text/html', 'text/event-stream']) {
			for (const stream of [true, false]) {
				server.next({ text: 'Hello', headers: { 'content-type': type } });
				const { text, end } = await from({ ...ask('?'), parameters: { stream } });
				assert.deepEqual([text, end], ['Hello', 'stop']);
			}
		}
	});

	it('survives bytes that come one at a time', async () => {
		const { text, end } = await from(model('awkward-chunks'));
		assert.deepEqual({ text, end }, { text: 'Grüße, 世界! 🦉 naïve.', end: 'stop' });
	});

	for (const [name, kind, text] of [['fail-401', 'auth', ''], ['fail-500', 'server', ''], ...failingModels] as const) {
		it(`fails as ${kind} from the model ${name}`, async () => {
			const collected = await from(model(name));
			assert.deepEqual([collected.failure?.kind, collected.text], [kind, text]);
		});
	}

	it('tells its usage once, whether it ends or fails', async () => {
		for (const name of ['test-vision', 'blocked', 'length']) {
			const { events } = await from(model(name));
			assert.equal(events.filter(({ kind }) => kind === 'usage').length, 1, name);
		}
	});

	it('is refused without the right key, and given with it', async () => {
		await server.close();
		server = await startModelServer({ requireKey: 'right' });
		endpoint = { ...endpoint, baseUrl: server.baseUrl };
		assert.equal((await from(ask('?'), { key: 'wrong' })).failure?.kind, 'auth');
		assert.equal((await from(ask('?'), { key: 'right' })).end, 'stop');
	});

	it('7.1 #8: is cut off when it used up the limit, though its server says that it stopped', async () => {
		const limited = (maxOutputTokens: number): Promise<Collected> => {
			server.next({ text: 'twelve bytes' });
			return from({ ...ask('?'), parameters: { maxOutputTokens } });
		};
		assert.deepEqual((await limited(3)).end, 'length');
		assert.deepEqual((await limited(4)).end, 'stop');
		server.next({ text: '', thought: 'twelve bytes' });
		const { failure } = await from({ ...ask('?'), parameters: { maxOutputTokens: 3 } });
		assert.deepEqual([failure?.kind, failure?.code, failure?.retryable], ['empty', 'length', false]);
	});

	it('7.1 #12: ends the request at once when its reader stops', async () => {
		server.next({ text: ['First', new Promise(() => undefined)] });
		for await (const event of answer(ask('?'), endpoint)) {
			if (event.kind === 'text') {
				break;
			}
		}
		assert.equal(await (await server.request(0)).closedEarly, true);
		await server.idle();
	});

	for (const [moment, name] of [
		['before a byte of the answer', 'never'],
		['in the middle of it', 'slow'],
	] as const) {
		it(`7.1 #12: ends the request at once when aborted ${moment}`, async () => {
			const controller = new AbortController();
			const result = from(model(name), { signal: controller.signal });
			const received = await server.request(0);
			controller.abort();
			await assert.rejects(result, (error) => error instanceof DOMException && error.name === 'AbortError');
			assert.equal(await received.closedEarly, true);
			await server.idle();
		});
	}

	it('ends when aborted, though its transport never heeds it', async () => {
		const controller = new AbortController();
		const transport = (): Promise<never> => new Promise(() => undefined);
		const result = from(ask('?'), { signal: controller.signal, transport });
		setImmediate(() => controller.abort());
		await assert.rejects(result, { name: 'AbortError' });
	});

	it('fails on a web page without waiting for its end', async () => {
		server.next({ body: ['<html><title>App</title>', new Promise(() => undefined)] });
		assert.equal((await from(ask('?'))).failure?.code, 'web-page');
		await server.idle();
	});

	it('is not asked for when aborted before', async () => {
		const signal = AbortSignal.abort(new Error('own reason'));
		await assert.rejects(from(ask('?'), { signal }), { name: 'AbortError' });
		assert.equal(server.requests.length, 0);
		assert.equal(server.connections, 0);
	});

	it('stops between events that came together', async () => {
		const controller = new AbortController();
		const { signal } = controller;
		const body = 'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'.repeat(3);
		server.next({ body });
		const seen: AnswerEvent[] = [];
		await assert.rejects(
			async () => {
				for await (const event of answer(ask('?'), endpoint, { signal })) {
					seen.push(event);
					controller.abort();
				}
			},
			{ name: 'AbortError' },
		);
		assert.equal(seen.length, 1);
	});

	it('2.1, 7.1 #16: is over at [DONE], though the server keeps the connection open', async () => {
		const body = 'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
		server.next({ body: [body, new Promise(() => undefined)] });
		assert.equal((await from(ask('?'))).end, 'stop');
		assert.equal(await (await server.request(0)).closedEarly, true);
	});

	it('is whole although the connection breaks after its finish', async () => {
		server.next({ body: ['data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n'], end: 'reset' });
		const { text, end, failure } = await from(ask('?'));
		assert.deepEqual({ text, end, failure }, { text: 'x', end: 'stop', failure: undefined });
	});

	it('uses a connection again', async () => {
		for (let count = 0; count < 4; count++) {
			assert.equal((await from(ask('?'))).end, 'stop');
			// The end of the answer reaches the client a little after its end marker.
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		assert.ok(server.connectionsMade < 4);
	});

	for (const [name, transport] of [
		['loopback', undefined],
		['remote', createRemoteTransport()],
	] as const) {
		it(`fails as the server says, though it says so before the request has left: ${name}`, async () => {
			const hasty = createHttpServer((_request, response) => {
				response.writeHead(413, { connection: 'close' }).end('<title>413 Request Entity Too Large</title>');
			}).listen(0, '127.0.0.1');
			await once(hasty, 'listening');
			const baseUrl = `http://127.0.0.1:${(hasty.address() as AddressInfo).port}`;
			const image = { kind: 'image', mediaType: 'image/png', content: Buffer.alloc(30_000_000) } as const;
			const request: Request = { model: 'm', turns: [{ role: 'user', parts: [image] }] };
			const { failure } = await collect(answer(request, { ...endpoint, baseUrl }, transport ? { transport } : {}));
			hasty.closeAllConnections();
			hasty.close();
			assert.deepEqual([failure?.kind, failure?.status], ['too-large', 413]);
		});
	}

	it('names what the system calls a refused connection', async () => {
		await server.close();
		const { failure } = await from(ask('?'));
		assert.deepEqual([failure?.kind, failure?.code, failure?.retryable], ['network', 'ECONNREFUSED', true]);
		server = await startModelServer();
	});

	it('calls what is no HTTP an invalid response', async () => {
		const other = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')).listen(0, '127.0.0.1');
		await once(other, 'listening');
		const baseUrl = `127.0.0.1:${(other.address() as AddressInfo).port}`;
		const { failure } = await collect(answer(ask('?'), { ...endpoint, baseUrl }));
		other.close();
		assert.equal(failure?.kind, 'invalid-response');
	});

	it('says in the log that a part of the answer was lost', async () => {
		const lines: string[] = [];
		const body = events(content('Hel'), '{"choices":[{"delta":{"content":"l', content('o', { finish_reason: 'stop' }));
		const { text } = await answerTo([Buffer.from(body)], undefined, { log: (line) => lines.push(line) });
		assert.equal(text, 'Helo');
		assert.match(lines.join(), /; finish stop; not all of it understood; attempts 1$/);
	});

	it('leaves one line in the log, without content or keys', async () => {
		const lines: string[] = [];
		const options: ClientOptions = { key: 'sec-ret', log: (line) => lines.push(line) };
		await from({ ...ask('my question'), model: 'test-vision' }, options);
		await from(model('fail-429'), options);
		await assert.rejects(from(ask('?'), { ...options, signal: AbortSignal.abort() }));
		assert.equal(lines.length, 3);
		assert.match(
			lines[0] ?? '',
			/^chat-completions 127\.0\.0\.1:\d+; model test-vision -> test-vision; \d+ bytes out, \d+ in; first token \d+ ms, total \d+ ms; tokens 3 in, 11 out; finish stop; attempts 1$/,
		);
		assert.match(lines[1] ?? '', /finish -; attempts 1; failure rate \(429, rate_limit_exceeded\)$/);
		assert.match(lines[2] ?? '', /AbortError$/);
		assert.doesNotMatch(lines.join(), /my question|sec-ret|You asked/);
	});

	describe('the list of models', () => {
		it('has their ids', async () => {
			const models = await listModels(endpoint);
			assert.deepEqual(
				models.map(({ id }) => id),
				['test-vision', 'test-vision-small'],
			);
			assert.ok(server.otherRequests.some(({ path }) => path === '/v1/models'));
		});

		it('fails with a failure', async () => {
			await server.close();
			await assert.rejects(listModels(endpoint), (error) => error instanceof Failure && error.kind === 'network');
			server = await startModelServer({ requireKey: 'right' });
			endpoint = { ...endpoint, baseUrl: server.baseUrl };
			await assert.rejects(listModels(endpoint, { key: 'wrong' }), { kind: 'auth', status: 401 });
			assert.equal((await listModels(endpoint, { key: 'right' })).length, 2);
		});
	});
});
