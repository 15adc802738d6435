import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answer } from '../../../src/client/index.ts';
import type { AnswerEvent, Endpoint, Timers } from '../../../src/client/index.ts';
import { attempt } from '../../../src/client/attempts/attempt.ts';
import { jsonBody } from '../../../src/client/body/body.ts';
import { protocols } from '../../../src/client/protocol.ts';
import { headersFor } from '../../../src/client/transport/requestHead.ts';
import { createRequestLog } from '../../../src/client/transport/requestLog.ts';
import { transportFor } from '../../../src/client/transport/transports.ts';
import { createRemoteTransport } from '../../../src/client/transport/remoteTransport.ts';
import { startModelServer } from '../../modelServer.ts';
import type { ModelServer, Step } from '../../modelServer.ts';
import { alone, ask, collect } from './replay.ts';
import type { Collected } from './replay.ts';
import { chunk, content, events, stop } from './wireCases.ts';

const forever = new Promise(() => undefined);

/** The same bytes again and again, a few ms apart, until the client has gone. */
function every(milliseconds: number, bytes: string): Step[] {
	return Array.from({ length: 400 }, (_value, index) => [
		wait(milliseconds * index, undefined, { ref: false }),
		bytes,
	]).flat();
}

describe('the timer', () => {
	let server: ModelServer;
	let endpoint: Endpoint;

	before(async () => {
		server = await startModelServer();
		endpoint = { protocol: 'chat-completions', baseUrl: server.baseUrl, auth: 'bearer' };
	});

	after(() => server.close());

	function run(body: readonly Step[], timers: Partial<Timers>): Promise<Collected> {
		server.next({ body });
		return collect(answer(ask('?'), endpoint, { ...alone(), timers }));
	}

	function timedOut({ failure }: Collected, code: string): void {
		assert.deepEqual([failure?.kind, failure?.code, failure?.retryable], ['timeout', code, true]);
	}

	it('firstByte ends a wait for an answer that does not begin', async () => {
		timedOut(await run([forever], { firstByte: 20 }), 'firstByte');
		assert.equal(await (await server.request(server.requests.length - 1)).closedEarly, true);
	});

	it('byteIdle ends a wait between bytes, and keeps the text (2.4 idle timer)', async () => {
		const collected = await run([events(content('Hel')), forever], { byteIdle: 20 });
		timedOut(collected, 'byteIdle');
		assert.equal(collected.text, 'Hel');
	});

	it('contentIdle is not put off by comments (7.1 #14)', async () => {
		const body = [events(content('Hel')), ...every(5, ': keep-alive\n\n')];
		timedOut(await run(body, { byteIdle: 1000, contentIdle: 60 }), 'contentIdle');
	});

	it('contentIdle and byteIdle are put off by text', async () => {
		const body = [...every(4, events(content('x'))).slice(0, 40), events(stop)];
		const { end, text } = await run(body, { byteIdle: 60, contentIdle: 60 });
		assert.deepEqual([end, text.length], ['stop', 20]);
	});

	it('contentIdle is put off by an image or a call that comes in pieces', async () => {
		const piece = (delta: object): string => events(chunk(delta));
		for (const [first, next, last] of [
			[{ content: '![image](data:image/png;base64,' }, { content: 'AAAA' }, { content: ')' }],
			[
				{ tool_calls: [{ index: 0, function: { name: 'look' } }] },
				{ tool_calls: [{ index: 0, function: { arguments: '' } }] },
				{},
			],
		] as const) {
			const body = [piece(first), ...every(15, piece(next)).slice(0, 60), piece(last), events(stop)];
			assert.equal((await run(body, { byteIdle: 1000, contentIdle: 200 })).end, 'stop');
		}
	});

	it('graceAfterFinish ends the wait for more after the finish, without failing', async () => {
		const { end, text } = await run([events(content('x'), stop), forever], { graceAfterFinish: 40, contentIdle: 10 });
		assert.deepEqual([end, text], ['stop', 'x']);
	});

	it('graceAfterFinish is not put off by comments', async () => {
		const body = [events(content('x'), stop), ...every(5, ': keep-alive\n\n')];
		assert.equal((await run(body, { graceAfterFinish: 40 })).end, 'stop');
		assert.equal(await (await server.request(server.requests.length - 1)).closedEarly, true);
	});

	it('graceAfterFinish lets the usage come', async () => {
		const usage = JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
		const collected = await run([events(content('x'), stop), wait(10), events(usage), forever], {
			graceAfterFinish: 60,
		});
		assert.deepEqual(collected.usage, { prompt: 3, output: 2 });
	});

	it('graceAfterFinish bounds the wait for the rest of an error', async () => {
		server.next({ status: 400, body: ['{"error":{"message":"No image"', forever] });
		const { failure } = await collect(answer(ask('?'), endpoint, { ...alone(), timers: { graceAfterFinish: 20 } }));
		assert.equal(failure?.kind, 'bad-request');
	});

	it('counts no time that the reader takes', async () => {
		server.next({ body: [events(content('a')), events(content('b')), events(content('c'), stop)] });
		const timers = { firstByte: 500, byteIdle: 15, contentIdle: 15, graceAfterFinish: 15 };
		let text = '';
		for await (const event of answer(ask('?'), endpoint, { ...alone(), timers })) {
			text += event.kind === 'text' ? event.text : '';
			await wait(40);
		}
		assert.equal(text, 'abc');
	});

	it('contentIdle goes on after a reader that took long', async () => {
		server.next({ body: [events(content('a')), ...every(5, ': keep-alive\n\n')] });
		await assert.rejects(
			async () => {
				for await (const { kind } of answer(ask('?'), endpoint, { timers: { contentIdle: 30 } })) {
					await wait(kind === 'text' ? 60 : 0);
				}
			},
			{ kind: 'timeout', code: 'contentIdle' },
		);
	});

	it('total ends an answer however well it comes along, and keeps the text', async () => {
		const collected = await run(every(4, events(content('x'))), { total: 60 });
		assert.deepEqual(
			[collected.failure?.kind, collected.failure?.code, collected.failure?.retryable],
			['timeout', 'total', false],
		);
		assert.match(collected.text, /^x+$/);
		assert.equal(await (await server.request(server.requests.length - 1)).closedEarly, true);
	});

	it('total ends no answer that has finished', async () => {
		assert.equal((await run([events(content('x'), stop), forever], { total: 40 })).end, 'stop');
	});

	describe('where a finish may stand on every event', () => {
		const protocol = { ...protocols['chat-completions'], finishIsLast: false };

		function runRepeating(body: readonly Step[], timers: Partial<Timers>): Promise<Collected> {
			server.next({ body });
			const url = new URL(`${server.baseUrl}/chat/completions`);
			const sent = jsonBody(protocol.encode(ask('?'), ''));
			const message = { method: 'POST', url, headers: headersFor(endpoint, url, sent), body: sent } as const;
			return collect(
				told(
					attempt(message, {
						protocol,
						transport: transportFor(url),
						key: undefined,
						tokenLimit: undefined,
						log: createRequestLog(endpoint, 'm'),
						spent: undefined,
						onAccepted: () => undefined,
						timers,
					}),
				),
			);
		}

		async function* told(batches: ReturnType<typeof attempt>): AsyncGenerator<AnswerEvent> {
			let step = await batches.next();
			for (; step.done !== true; step = await batches.next()) {
				yield* step.value;
			}
			if (step.value.failure) {
				throw step.value.failure;
			}
		}

		const finishing = (text: string): string => events(content(text, { finish_reason: 'stop' }));

		it('no grace after a finish cuts the answer off', async () => {
			const body = [finishing('a'), wait(40), finishing('b'), wait(40), finishing('c')];
			const { text, end } = await runRepeating(body, { graceAfterFinish: 10 });
			assert.deepEqual([text, end], ['abc', 'stop']);
		});

		it('byteIdle after a finish is the end, and before one a failure', async () => {
			const whole = await runRepeating([finishing('a'), forever], { byteIdle: 20 });
			assert.deepEqual([whole.text, whole.end, whole.failure], ['a', 'stop', undefined]);
			timedOut(await runRepeating([events(content('a')), forever], { byteIdle: 20 }), 'byteIdle');
		});

		it('contentIdle after a finish is the end', async () => {
			const body = [finishing('a'), ...every(5, ': keep-alive\n\n')];
			assert.equal((await runRepeating(body, { contentIdle: 40 })).end, 'stop');
		});
	});

	it('of zero or Infinity waits on (7.1 #15)', async () => {
		const timers = { connect: 0, firstByte: 0, byteIdle: Infinity, contentIdle: 2 ** 40, graceAfterFinish: 0 };
		assert.equal((await run([wait(20), events(content('x')), wait(60), events(stop)], timers)).end, 'stop');
	});

	describe('connect', () => {
		let silent: Server;

		before(async () => {
			silent = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
			await once(silent, 'listening');
		});

		after(() => silent.close());

		it('ends a wait for a TLS handshake, and the connection', async () => {
			const { port } = silent.address() as AddressInfo;
			const connection = once(silent, 'connection');
			const options = { ...alone(), transport: createRemoteTransport(), timers: { connect: 40 } };
			timedOut(
				await collect(answer(ask('?'), { ...endpoint, baseUrl: `https://127.0.0.1:${port}` }, options)),
				'connect',
			);
			const [socket] = (await connection) as [Socket];
			if (!socket.closed) {
				await once(socket, 'close');
			}
		});

		it('is over when the connection stands', async () => {
			const { port } = silent.address() as AddressInfo;
			const timers = { connect: 1000, firstByte: 40 };
			timedOut(
				await collect(answer(ask('?'), { ...endpoint, baseUrl: `http://127.0.0.1:${port}` }, { ...alone(), timers })),
				'firstByte',
			);
		});
	});
});
