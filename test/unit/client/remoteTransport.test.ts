import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { answer } from '../../../src/client/index.ts';
import type { Endpoint } from '../../../src/client/index.ts';
import { createRemoteTransport } from '../../../src/client/transport/remoteTransport.ts';
import { createGate, startModelServer } from '../../modelServer.ts';
import { ask, collect } from './replay.ts';
import { content, done, events, stop } from './wireCases.ts';

const fixture = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const cert = fixture('localhost.cert.pem');
const trusted = getCACertificates('default');

describe('the transport to remote hosts', () => {
	let server: Server;
	let endpoint: Endpoint;
	let received: { length: number; headers: object }[];
	let release: (() => void) | undefined;

	before(async () => {
		server = createServer({ cert, key: fixture('localhost.key.pem') }, (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				received.push({ length: Buffer.concat(chunks).length, headers: request.headers });
				response.write(events(content('Hel')));
				const rest = (): void => {
					response.end(events(content('lo'), stop, done));
				};
				if (request.headers['x-hold']) {
					release = rest;
				} else {
					rest();
				}
			});
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const baseUrl = `https://localhost:${(server.address() as AddressInfo).port}`;
		endpoint = { protocol: 'chat-completions', baseUrl, auth: 'bearer' };
	});

	beforeEach(() => {
		received = [];
		setDefaultCACertificates([...trusted, cert]);
	});

	afterEach(() => setDefaultCACertificates(trusted));

	after(() => {
		server.closeAllConnections();
		server.close();
	});

	it('sends files with an exact length and streams the answer', async () => {
		const image = { kind: 'image', mediaType: 'image/png', content: Buffer.alloc(5_000_000, 7) } as const;
		const request = { model: 'm', turns: [{ role: 'user', parts: [image] }] } as const;
		const { text, end } = await collect(answer(request, endpoint, { transport: createRemoteTransport(), key: 'k' }));
		assert.deepEqual([text, end], ['Hello', 'stop']);
		const [{ length, headers } = { length: 0, headers: {} }] = received;
		assert.ok(length > 6_600_000);
		const { authorization, 'content-length': told, 'transfer-encoding': coding } = headers as Record<string, string>;
		assert.deepEqual([authorization, told, coding], ['Bearer k', String(length), undefined]);
	});

	it('uses a connection again', async () => {
		const transport = createRemoteTransport();
		let connections = 0;
		const count = (): number => connections++;
		server.on('secureConnection', count);
		for (let count = 0; count < 3; count++) {
			assert.equal((await collect(answer(ask('?'), endpoint, { transport }))).end, 'stop');
			// The end of the answer reaches the client a little after its end marker.
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		server.off('secureConnection', count);
		assert.ok(connections < 3);
	});

	it('names what is wrong with a certificate', async () => {
		setDefaultCACertificates(trusted);
		const { failure } = await collect(answer(ask('?'), endpoint, { transport: createRemoteTransport() }));
		assert.deepEqual([failure?.kind, failure?.code], ['network', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
	});

	it('names a host that is not there', async () => {
		const { failure } = await collect(answer(ask('?'), { ...endpoint, baseUrl: 'https://nowhere.invalid' }));
		assert.equal(failure?.kind, 'network');
		assert.match(failure.code ?? '', /^(?:ENOTFOUND|EAI_AGAIN)$/);
	});

	for (const [how, stopBy] of [
		['its reader stops', 'break'],
		['it is aborted', 'abort'],
	] as const) {
		it(`closes the connection at once when ${how}`, async () => {
			const controller = new AbortController();
			const held = { ...endpoint, headers: { 'x-hold': '1' } };
			const socketClosed = new Promise((resolve) =>
				server.once('secureConnection', (socket) => socket.once('close', resolve)),
			);
			const options = { transport: createRemoteTransport(), signal: controller.signal };
			const read = async (): Promise<void> => {
				for await (const event of answer(ask('?'), held, options)) {
					if (event.kind !== 'text') {
						continue;
					}
					if (stopBy === 'break') {
						break;
					}
					controller.abort();
				}
			};
			await (stopBy === 'break' ? read() : assert.rejects(read(), { name: 'AbortError' }));
			await socketClosed;
			release?.();
		});
	}

	it('speaks plain HTTP, without keys', async () => {
		const models = await startModelServer();
		const gate = createGate();
		models.next({ text: ['a', gate.opened, 'b'] });
		const plain = { ...endpoint, baseUrl: models.baseUrl };
		const result = collect(answer(ask('?'), plain, { transport: createRemoteTransport() }));
		await models.request(0);
		gate.open();
		assert.equal((await result).text, 'ab');
		await models.close();
	});

	it('follows no redirect', async () => {
		const models = await startModelServer();
		models.next({ status: 307, headers: { location: `${models.baseUrl}/chat/completions` }, body: '' });
		for (const transport of [createRemoteTransport(), undefined]) {
			models.next({ status: 307, headers: { location: `${models.baseUrl}/chat/completions` }, body: '' });
			const options = transport ? { transport } : {};
			const { failure } = await collect(answer(ask('?'), { ...endpoint, baseUrl: models.baseUrl }, options));
			assert.deepEqual([failure?.kind, failure?.code, failure?.status], ['invalid-response', 'redirect', 307]);
		}
		assert.equal(models.requests.length, 2);
		await models.close();
	});
});
