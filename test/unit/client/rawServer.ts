import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

const fixture = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The certificate of servers that speak TLS, for `localhost`. */
export const certificate = fixture('localhost.cert.pem');
export const certificateKey = fixture('localhost.key.pem');

/** What a server does with one request, byte by byte. The connection stays open unless the play or the client ends it. */
export type Play = (socket: Socket, reset: () => void) => Promise<void>;

/** A server that knows no HTTP but where a request ends. */
export interface RawServer {
	readonly origin: string;
	/** Received whole. */
	readonly requests: number;
	/** How to answer the next request that no earlier call is for. */
	next(...plays: readonly Play[]): void;
	/** What to do with each connection, before it says anything. */
	greet: (socket: Socket) => void;
	/** Resolves when no connection is open. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

export async function startRawServer({ secure }: { readonly secure: boolean }): Promise<RawServer> {
	const plays: Play[] = [];
	const sockets = new Set<Socket>();
	/** Those below the TLS ones, by the client's port. */
	const connections = new Map<number | undefined, Socket>();
	let requests = 0;
	let wake = (): void => undefined;

	const accept = (socket: Socket): void => {
		let head = '';
		let missing = 0;
		const receive = (chunk: Buffer): void => {
			const end = missing > 0 ? -1 : (head + chunk.toString('latin1')).indexOf('\r\n\r\n');
			if (missing > 0) {
				missing -= chunk.length;
			} else if (end === -1) {
				head += chunk.toString('latin1');
				return;
			} else {
				const all = head + chunk.toString('latin1');
				const [, length = '0'] = /content-length: (\d+)/i.exec(all.slice(0, end)) ?? [];
				missing = end + 4 + Number(length) - all.length;
				head = '';
			}
			if (missing <= 0) {
				requests++;
				void plays.shift()?.(socket, () => void connections.get(socket.remotePort)?.resetAndDestroy());
			}
		};
		sockets.add(socket);
		socket
			.on('error', () => undefined)
			.on('data', receive)
			.once('close', () => {
				sockets.delete(socket);
				wake();
			});
		raw.greet(socket);
	};
	const server = secure
		? createTlsServer({ cert: certificate, key: certificateKey }, accept)
		: createPlainServer(accept);
	server.on('connection', (socket: Socket) => {
		const { remotePort } = socket;
		connections.set(remotePort, socket);
		socket.on('error', () => undefined).once('close', () => connections.delete(remotePort));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;

	const raw: RawServer = {
		origin: secure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
		get requests() {
			return requests;
		},
		next: (...more) => void plays.push(...more),
		greet: () => undefined,
		async idle() {
			while (sockets.size > 0) {
				await new Promise<void>((resolve) => (wake = resolve));
			}
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			sockets.forEach((socket) => socket.destroy());
			await closed;
		},
	};
	return raw;
}
