import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { isPublicAddress, isPublicHost } from '../../../src/attachments/web/publicAddress.ts';
import { type Fetched, fetchRemote, type RemoteLimits } from '../../../src/attachments/web/remote.ts';
import { fixture, never } from './fixtures.ts';

describe('fetchRemote', () => {
	const trusted = getCACertificates('default');
	let server: Server;
	let origin: string;
	let requests: IncomingMessage[];
	let respond: (request: IncomingMessage, response: ServerResponse) => void;

	/** This machine stands in for the internet. */
	const here: RemoteLimits = {
		size: 100_000,
		time: 10_000,
		silence: 10_000,
		mayCall: { host: (name) => name === 'localhost', address: () => true },
	};

	before(async () => {
		const [cert, key] = await Promise.all(
			['localhost.cert.pem', 'localhost.key.pem'].map((name) =>
				readFile(new URL(`../client/${name}`, import.meta.url), 'utf8'),
			),
		);
		setDefaultCACertificates([...trusted, cert ?? '']);
		server = createServer({ cert, key }, (request, response) => {
			requests.push(request);
			respond(request, response);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		origin = `https://localhost:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(() => {
		requests = [];
	});
	after(() => {
		setDefaultCACertificates(trusted);
		server.closeAllConnections();
		server.close();
	});

	const redirectTo = (location: string) => {
		respond = ({ url }, response) => {
			if (url === '/') {
				response.writeHead(302, { location }).end();
			} else {
				response.end('GIF89a, but never asked for');
			}
		};
	};
	const fails = async (kind: string, limits: Partial<RemoteLimits> = {}, url = `${origin}/`) =>
		assert.rejects(fetchRemote(url, never, undefined, { ...here, ...limits }), { name: 'AttachmentFailure', kind });

	it('gives the bytes, and tells the host nothing about the user', async () => {
		const flag = await fixture('flag.png');
		respond = (_request, response) => void response.end(flag);
		const found = await fetchRemote(`${origin.replace('//', '//user:password@')}/a.png?b=c`, never, undefined, here);
		assert.deepEqual(Buffer.from(found), Buffer.from(flag));
		assert.equal(requests[0]?.url, '/a.png?b=c');
		for (const name of ['authorization', 'cookie', 'referer', 'origin']) {
			assert.equal(requests[0].headers[name], undefined);
		}
	});

	it('follows redirects, but not for ever', async () => {
		const flag = await fixture('flag.png');
		respond = ({ url }, response) => {
			if (url === '/3') {
				response.end(flag);
			} else {
				response.writeHead(301, { location: `.${nextOf(url)}` }).end();
			}
		};
		const nextOf = (url = '/'): string => `/${Number(url.slice(1)) + 1}`;
		assert.equal((await fetchRemote(`${origin}/`, never, undefined, here)).length, flag.length);
		respond = (_request, response) => void response.writeHead(301, { location: '/' }).end();
		requests = [];
		await fails('unreachable');
		assert.equal(requests.length, 4);
	});

	it('follows none to a place it would not call itself', async () => {
		for (const location of [
			'http://localhost/',
			'https://10.0.0.1/',
			'https://[::1]/',
			'file:///etc/passwd',
			'https://169.254.169.254/latest',
		]) {
			redirectTo(location);
			requests = [];
			await fails('not-fetchable');
			assert.equal(requests.length, 1);
		}
	});

	it('calls no private address, by number, by name or by what a name leads to', async () => {
		respond = (_request, response) => void response.end('GIF89a');
		const { port } = new URL(origin);
		for (const host of [
			'127.0.0.1',
			'localhost',
			'[::1]',
			'2130706433',
			'0x7f.1',
			'0',
			'printer',
			'nas.local',
			'[::ffff:127.0.0.1]',
		]) {
			await assert.rejects(fetchRemote(`https://${host}:${port}/`, never), { kind: 'not-fetchable' });
		}
		await fails('not-fetchable', { mayCall: { host: () => true, address: isPublicAddress } });
		assert.equal(requests.length, 0);
	});

	it('takes only https', async () => {
		await fails('not-fetchable', {}, 'http://localhost/a.png');
		await fails('not-fetchable', {}, 'ftp://localhost/a.png');
		await fails('not-fetchable', {}, 'no address');
	});

	it('stops at the size limit, whether the size is said or not', async () => {
		respond = (_request, response) => void response.end(Buffer.alloc(100_001));
		await fails('too-large-file');
		respond = (_request, response) => {
			const more = (): void => {
				while (!response.destroyed && response.write(Buffer.alloc(16_384)));
			};
			response.on('drain', more);
			more();
		};
		await fails('too-large-file');
	});

	it('says what it found instead: what its bytes say of a page, what the host says of all else', async () => {
		for (const [body, declared, type] of [
			['<!doctype html><title>Sign in</title>', 'image/png', 'text/html'],
			['{"a": 1}', 'application/json; charset=utf-8', 'application/json'],
			['PK\x03\x04\0', 'APPLICATION/zip', 'application/zip'],
			['a,b', undefined, 'text/plain'],
			['\0\x01', '<script>', undefined],
		] as const) {
			respond = (_request, response) =>
				void response.writeHead(200, declared === undefined ? {} : { 'content-type': declared }).end(body);
			await assert.rejects(fetchRemote(`${origin}/`, never, undefined, here), {
				kind: 'leads-elsewhere',
				reason: type,
			});
		}
	});

	it('tells how much has come, of how much where that is known', async () => {
		const heard = async (): Promise<readonly Fetched[]> => {
			const told: Fetched[] = [];
			await fetchRemote(`${origin}/`, never, (fetched) => told.push(fetched), { ...here, size: 4_000_000 });
			return told;
		};
		const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(2_999_994)]);
		respond = (_request, response) => void response.writeHead(200, { 'content-length': gif.length }).end(gif);
		const told = await heard();
		assert.ok(told.every(({ of }) => of === gif.length));
		assert.ok(told.length > 2 && told.length <= 21, `told ${told.length} times`);
		assert.ok(told.every(({ bytes }, index) => bytes > (told[index - 1]?.bytes ?? 0)));
		respond = (_request, response) => {
			response.write(gif.subarray(0, 1_000_000));
			response.end(gif.subarray(1_000_000));
		};
		const counted = await heard();
		assert.ok(counted.every(({ of }) => of === undefined));
		assert.ok(counted.length > 1 && counted.length <= 6, `told ${counted.length} times`);
	});

	it('bears with a host as long as it says something', async () => {
		respond = () => undefined;
		await fails('unreachable', { silence: 50 });
		respond = (_request, response) => void response.write('GIF89a');
		await fails('unreachable', { silence: 50 });
	});

	it('stops at the time limit, and at an abort', async () => {
		respond = (_request, response) => void response.write('GIF89a');
		await fails('unreachable', { time: 100 });
		respond = () => undefined;
		await fails('unreachable', { time: 100 });
		const controller = new AbortController();
		const stopped = fetchRemote(`${origin}/`, controller.signal, undefined, here);
		controller.abort();
		await assert.rejects(stopped, { name: 'AbortError' });
	});

	it('says what else went wrong', async () => {
		for (const [status, kind] of [
			[404, 'not-there'],
			[410, 'not-there'],
			[401, 'not-readable'],
			[403, 'not-readable'],
			[500, 'unreachable'],
		] as const) {
			respond = (_request, response) => void response.writeHead(status).end();
			await fails(kind);
		}
		respond = (_request, response) => void response.end();
		await fails('empty-file');
		respond = (_request, response) => {
			response.writeHead(200, { 'content-length': 1000 });
			response.write('GIF89a', () => response.destroy());
		};
		await fails('unreachable');
	});
});

describe('isPublicAddress', () => {
	const own = [
		...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
		...['172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.7', '203.0.113.9'],
		...['224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::10.0.0.1'],
		...['fe80::1', 'fec0::1', 'fc00::1', 'fd12::1', 'ff02::1', '2001:db8::1', '2001::1', '2002:7f00:1::', '100::1'],
		...['64:ff9b::10.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', 'no address', ''],
	];
	for (const address of own) {
		it(`is false of ${address}`, () => assert.equal(isPublicAddress(address), false));
	}

	for (const address of [
		'1.1.1.1',
		'172.32.0.1',
		'100.128.0.1',
		'223.255.255.255',
		'2606:4700::1111',
		'2a00:1450::1',
		'64:ff9b::1.1.1.1',
		'64:ff9b::808:808',
	]) {
		it(`is true of ${address}`, () => assert.equal(isPublicAddress(address), true));
	}
});

describe('isPublicHost', () => {
	it('knows names that lead nowhere public', () => {
		for (const name of [
			'localhost',
			'a.localhost',
			'printer',
			'nas.local',
			'wiki.corp',
			'db.internal',
			'localhost.',
			'[fe80::1]',
			'10.0.0.1',
		]) {
			assert.equal(isPublicHost(name), false, name);
		}
		for (const name of ['example.org', 'local.example.org', 'xn--bcher-kva.example', '[2606:4700::1111]', '1.1.1.1']) {
			assert.equal(isPublicHost(name), true, name);
		}
	});
});
