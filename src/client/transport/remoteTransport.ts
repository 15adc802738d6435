import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { flatHeaders, sentChunks } from './transport.ts';
import type { Message, Reply, Transport } from './transport.ts';

/** Idle connections live this long, ms. */
const keepAlive = 4_000;

type Send = (options: RequestOptions) => ClientRequest;

/** Requests through `node:https`, the one client that VS Code gives the user's proxy and certificates. */
export function createRemoteTransport(): Transport {
	const senders = new Map<string, Promise<Send>>();
	return async (message) => {
		const { protocol } = message.url;
		const sender = senders.get(protocol) ?? (protocol === 'https:' ? secureSender() : plainSender());
		senders.set(protocol, sender);
		return exchange(await sender, message);
	};
}

// VS Code patches the module object: its functions must be looked up at each call (platform.md 1.1).

async function secureSender(): Promise<Send> {
	const { default: https } = await import('node:https');
	const agent = new https.Agent({ keepAlive: true, timeout: keepAlive });
	return (options) => https.request({ ...options, agent });
}

async function plainSender(): Promise<Send> {
	const { default: http } = await import('node:http');
	const agent = new http.Agent({ keepAlive: true, timeout: keepAlive });
	return (options) => http.request({ ...options, agent });
}

function exchange(send: Send, message: Message): Promise<Reply> {
	const { method, url, headers, body, signal, onConnect } = message;
	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const request = send({ ...urlToHttpOptions(url), method, headers: { ...headers } });
		let response: IncomingMessage | undefined;
		const stop = (): void => {
			const reason = signal.reason as Error;
			response?.destroy(reason);
			request.destroy(reason);
		};
		signal.addEventListener('abort', stop, { once: true });
		request
			.once('socket', (socket) => whenConnected(socket, onConnect))
			.once('finish', onConnect)
			.once('response', (incoming) => {
				response = incoming;
				resolve({ status: incoming.statusCode ?? 0, headers: flatHeaders(incoming.headers), body: incoming });
			})
			.once('close', () => signal.removeEventListener('abort', stop))
			.on('error', (error) => {
				// The reason is told here alone; the answer would only learn that its connection is gone.
				response?.destroy(error);
				reject(error);
			});
		if (body) {
			Readable.from(sentChunks(message)).pipe(request);
		} else {
			request.end();
		}
	});
}

function whenConnected(socket: Socket, then: () => void): void {
	// Undocumented, and as old as TLS in Node; 'finish' is there should it go.
	if ('secureConnecting' in socket && socket.secureConnecting === true) {
		socket.once('secureConnect', then);
	} else if (socket.connecting) {
		socket.once('connect', then);
	} else {
		then();
	}
}
