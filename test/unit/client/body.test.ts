import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { answer, Lanes, Learned } from '../../../src/client/index.ts';
import type { ClientOptions, Request } from '../../../src/client/index.ts';
import { Base64Text, jsonBody } from '../../../src/client/body/body.ts';
import type { Body } from '../../../src/client/body/body.ts';
import { createLoopbackTransport } from '../../../src/client/transport/loopbackTransport.ts';
import { createRemoteTransport } from '../../../src/client/transport/remoteTransport.ts';
import { sentChunks } from '../../../src/client/transport/transport.ts';
import type { Transport } from '../../../src/client/index.ts';
import { quickClock } from './quickClock.ts';
import { certificate, certificateKey } from './rawServer.ts';
import { collect } from './replay.ts';
import type { Collected } from './replay.ts';
import { content, done, events, stop } from './wireCases.ts';

const trusted = getCACertificates('default');
const pdf = Buffer.alloc(12_000_001, 'abcde');
const request: Request = {
	model: 'm',
	turns: [{ role: 'user', parts: [{ kind: 'pdf', name: 'a.pdf', content: pdf }] }],
};

for (const [name, secure, createTransport] of [
	['to this machine', false, createLoopbackTransport],
	['to remote hosts', true, createRemoteTransport],
] as const) {
	describe(`a large body over the transport ${name}`, () => {
		let baseUrl: string;
		let respond: (request: IncomingMessage, response: ServerResponse) => void;
		let close: () => Promise<unknown>;

		before(async () => {
			setDefaultCACertificates([...trusted, certificate]);
			const listen: RequestListener = (incoming, response) => respond(incoming, response);
			const server = secure
				? createTlsServer({ cert: certificate, key: certificateKey }, listen)
				: createPlainServer(listen);
			server.listen(0, '127.0.0.1');
			await once(server, 'listening');
			const { port } = server.address() as AddressInfo;
			baseUrl = secure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
			close = () => {
				server.closeAllConnections();
				server.close();
				return once(server, 'close');
			};
		});

		after(async () => {
			await close();
			setDefaultCACertificates(trusted);
		});

		function run(options: ClientOptions = {}): Promise<Collected> {
			const own = { clock: quickClock(), lanes: new Lanes(), learned: new Learned(), transport: createTransport() };
			const endpoint = { protocol: 'chat-completions', baseUrl, auth: 'none' } as const;
			return collect(answer(request, endpoint, { ...own, ...options }));
		}

		async function read(incoming: IncomingMessage): Promise<Buffer> {
			const chunks: Buffer[] = [];
			for await (const chunk of incoming as AsyncIterable<Buffer>) {
				chunks.push(chunk);
			}
			return Buffer.concat(chunks);
		}

		it('arrives whole, with its exact length, and whole again when it is sent again', async () => {
			const received: boolean[] = [];
			respond = (incoming, response) => {
				void read(incoming).then((bytes) => {
					const { messages } = JSON.parse(bytes.toString()) as {
						messages: { content: { file: { file_data: string } }[] }[];
					};
					const [, base64 = ''] = messages[0]?.content[0]?.file.file_data.split(',') ?? [];
					const isExact = incoming.headers['content-length'] === String(bytes.length);
					received.push(isExact && !incoming.headers['transfer-encoding'] && Buffer.from(base64, 'base64').equals(pdf));
					response.writeHead(received.length === 1 ? 503 : 200).end(events(content('Yes'), stop, done));
				});
			};
			assert.equal((await run()).text, 'Yes');
			assert.deepEqual(received, [true, true]);
		});

		it('is made no faster than the server reads', async () => {
			let made = 0;
			let resume = (): void => undefined;
			const paused = new Promise<void>((resolve) => {
				respond = (incoming, response) => {
					incoming.pause();
					resume = () => {
						void read(incoming).then(() => response.end(events(content('Yes'), stop, done)));
					};
					resolve();
				};
			});
			const transport = counting(createTransport(), (bytes) => (made += bytes));
			const result = run({ transport });
			await paused;
			let before = -1;
			while (made !== before) {
				before = made;
				await new Promise((resolve) => setTimeout(resolve, 30));
			}
			// What the system's buffers hold, but not the rest.
			assert.ok(made < 10_000_000, `${made} bytes made`);
			resume();
			assert.equal((await result).text, 'Yes');
			assert.ok(made > 16_000_000);
		});

		it('ends in the middle, at once, when it is aborted', async () => {
			const controller = new AbortController();
			const closed = new Promise<number>((resolve) => {
				respond = (incoming) => {
					let bytes = 0;
					incoming.on('error', () => undefined).once('close', () => resolve(bytes));
					incoming.once('data', () => controller.abort());
					incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
				};
			});
			let made = 0;
			const transport = counting(createTransport(), (bytes) => (made += bytes));
			await assert.rejects(run({ signal: controller.signal, transport }), { name: 'AbortError' });
			assert.ok((await closed) < 16_000_000);
			assert.ok(made < 16_000_000);
		});
	});
}

/** The transport, with word of the bytes that it takes. */
function counting(transport: Transport, taken: (bytes: number) => void): Transport {
	return (message) => {
		const { body } = message;
		return transport({ ...message, body: body && { ...body, chunks: () => counted(body, taken) } });
	};
}

function* counted(body: Body, taken: (bytes: number) => void): Generator<Uint8Array> {
	for (const chunk of body.chunks()) {
		taken(chunk.byteLength);
		yield chunk;
	}
}

describe('the pieces of a body', () => {
	it('let others have their turn, however fast they are taken', async () => {
		const body = jsonBody({ file: new Base64Text('', Buffer.alloc(50_000_000)) });
		let turns = 0;
		const watch = setInterval(() => turns++, 0);
		for await (const piece of sentChunks({ body, onSent: () => undefined })) {
			assert.ok(piece);
		}
		clearInterval(watch);
		assert.ok(turns > 0);
	});

	it('are small, and join without padding', () => {
		const body = jsonBody({ file: new Base64Text('data:,', pdf) });
		let padded = 0;
		for (const piece of body.chunks()) {
			assert.ok(piece.byteLength <= 256 * 1024);
			padded += piece.includes(0x3d) ? 1 : 0;
		}
		assert.equal(padded, 1);
	});
});
