import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** For the hosts that are served. */
const certificate = new URL('farServers.cert.pem', import.meta.url);

export type FarHost = 'pictures.example' | 'models.example';

export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** Hosts on the web that are none: a proxy on this machine leads there, as a user's does, and answers for them. */
export interface FarServers {
	/** For VS Code, which then asks for every host of the web by its name, and trusts them. */
	readonly settings: Readonly<Record<string, unknown>>;
	readonly env: NodeJS.ProcessEnv;
	/** Requests for anything, as `host/path`, oldest first. */
	readonly requests: readonly string[];
	/** Has a host answer, by https only. */
	serve(host: FarHost, respond: Respond): void;
	end(): Promise<void>;
}

export async function startFarServers(): Promise<FarServers> {
	const [cert, key] = await Promise.all([
		readFile(certificate),
		readFile(new URL('farServers.key.pem', import.meta.url)),
	]);
	const hosts = new Map<string, Respond>();
	const requests: string[] = [];
	const sockets = new Set<Duplex>();
	const hostsServer = createSecureServer({ cert, key }, (received, response) => {
		const { host = '' } = received.headers;
		requests.push(`${host}${received.url ?? ''}`);
		hosts.get(host)?.(received, response);
	});
	const proxy = createServer().listen(0, '127.0.0.1');
	proxy.on('connect', ({ url = '' }, socket: Duplex, head: Buffer) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		socket.on('error', () => socket.destroy());
		if (!hosts.has(url.replace(/:443$/, ''))) {
			socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		socket.unshift(head);
		hostsServer.emit('connection', socket);
	});
	await once(proxy, 'listening');
	return {
		settings: {
			'http.proxy': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
			// VS Code's own list knows the system's certificates only.
			'http.systemCertificates': false,
		},
		env: { NODE_EXTRA_CA_CERTS: fileURLToPath(certificate) },
		requests,
		serve: (host, respond) => void hosts.set(host, respond),
		async end() {
			const closed = once(proxy, 'close');
			proxy.close();
			sockets.forEach((socket) => socket.destroy());
			await closed;
		},
	};
}

/** Answers as a server on this machine does. */
export function forwardTo(origin: string): Respond {
	return (received, response) => {
		const { method, url = '/', headers } = received;
		const onward = request(new URL(url, origin), { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		response.once('close', () => onward.destroy());
		received.pipe(onward);
	};
}
