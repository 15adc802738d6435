import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Chat } from './modelServer/chat.ts';
import { chatCompletions } from './modelServer/chatCompletions.ts';
import { gemini } from './modelServer/gemini.ts';
import type { Script, Step } from './modelServer/script.ts';
import { describe, refusals, scriptedModels, wordsOf } from './modelServer/scriptedModels.ts';
import type { Refusal } from './modelServer/scriptedModels.ts';
import type { Wire } from './modelServer/wire.ts';

export type { Chat, ChatImage, ChatTurn } from './modelServer/chat.ts';
export { createGate } from './modelServer/script.ts';
export type { Gate, Script, Step } from './modelServer/script.ts';

/** A server on this machine that answers in both protocols believably, or as badly as a test asks. */
export interface ModelServer {
	/** What goes into the settings of an endpoint of either protocol, e.g. `http://127.0.0.1:40123/v1`. */
	readonly baseUrl: string;
	/** Questions to models received, oldest first. */
	readonly requests: readonly ReceivedRequest[];
	/** Requests for anything else, such as the list of models. */
	readonly otherRequests: readonly ReceivedRequest[];
	/** Connections open now. */
	readonly connections: number;
	/** Connections since the start. */
	readonly connectionsMade: number;
	/** How to answer the next question that no earlier call is for. */
	next(script: Script): void;
	/** The question of that index, from 0, as soon as it has come. */
	request(index: number): Promise<ReceivedRequest>;
	/** Resolves when no connection is open. */
	idle(): Promise<void>;
	/** Ends everything, answers under way included. */
	close(): Promise<void>;
}

export interface ModelServerOptions {
	/** The key without which every request is refused. */
	readonly requireKey?: string;
	/** Ids to list. */
	readonly models?: readonly string[];
	/** What to say where no script does; by default the answer describes its request. */
	readonly answer?: (chat: Chat) => string;
	/** A free one unless set. */
	readonly port?: number;
}

export interface ReceivedRequest {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	/** Parsed JSON; undefined when there was none. */
	readonly body: unknown;
	readonly chat: Chat;
	/** Of the body, in bytes. */
	readonly size: number;
	/** Epoch, ms. */
	readonly time: number;
	/** Resolves when the answer is over: whether the client left before its end. */
	readonly closedEarly: Promise<boolean>;
}

/** Starts a server on 127.0.0.1. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
	const { requireKey, models = ['test-vision', 'test-vision-small'], answer = describe, port = 0 } = options;
	const requests: ReceivedRequest[] = [];
	const otherRequests: ReceivedRequest[] = [];
	const scripts: Script[] = [];
	const sockets = new Set<Socket>();
	let connectionsMade = 0;
	let wake: (() => void)[] = [];

	const changed = (): void => {
		const waiting = wake;
		wake = [];
		waiting.forEach((resolve) => resolve());
	};

	async function until<T>(look: () => T | undefined): Promise<T> {
		let value = look();
		while (value === undefined) {
			await new Promise<void>((resolve) => wake.push(resolve));
			value = look();
		}
		return value;
	}

	function scriptFor(request: IncomingMessage, { chat, body }: ReceivedRequest, route: Route | undefined): Script {
		const { refusal, list } = route?.wire ?? chatCompletions;
		const refuse = ({ status, message, code }: Refusal): Script => refusal(status, message, code);
		if (requireKey !== undefined && !keysIn(request).includes(requireKey)) {
			return refuse(refusals.key);
		}
		if (!route) {
			return refuse(refusals.path);
		}
		if (!route.asks) {
			return { body: list(models) };
		}
		if (chat.turns.length === 0) {
			return refuse(body === undefined ? refusals.json : refusals.messages);
		}
		const scripted = scriptedModels[chat.model]?.(chat, route.wire, refuse);
		return { text: wordsOf(answer(chat)), ...(scripts.shift() ?? scripted) };
	}

	const server = createServer((request, response) => {
		const route = routeOf(request);
		receive(request, response, route)
			.then((received) => {
				(route?.asks === true ? requests : otherRequests).push(received);
				changed();
				return play(scriptFor(request, received, route), received.chat, route?.wire ?? chatCompletions, response);
			})
			.catch(() => response.destroy());
	});
	server.on('connection', (socket) => {
		socket.setNoDelay(true);
		sockets.add(socket);
		connectionsMade++;
		socket.once('close', () => {
			sockets.delete(socket);
			changed();
		});
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');

	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		otherRequests,
		get connections() {
			return sockets.size;
		},
		get connectionsMade() {
			return connectionsMade;
		},
		next: (script) => void scripts.push(script),
		request: (index) => until(() => requests[index]),
		async idle() {
			await until(() => (sockets.size === 0 ? true : undefined));
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			sockets.forEach((socket) => socket.destroy());
			await closed;
		},
	};
}

interface Route {
	readonly wire: Wire;
	/** Whether it is a question to a model, or else one for the list of models. */
	readonly asks: boolean;
}

function routeOf({ method, url = '/' }: IncomingMessage): Route | undefined {
	const { pathname, searchParams } = new URL(url, 'http://host');
	const wire = pathname.startsWith('/v1beta/') ? gemini(searchParams.get('alt') === 'sse') : chatCompletions;
	if (method === 'GET') {
		return /^\/v1(?:beta)?\/models$/.test(pathname) ? { wire, asks: false } : undefined;
	}
	const asks = pathname === '/v1/chat/completions' || /^\/v1beta\/.*:(?:streamG|g)enerateContent$/.test(pathname);
	return asks ? { wire, asks } : undefined;
}

/** Wherever servers look for them. */
function keysIn({ headers, url = '/' }: IncomingMessage): (string | undefined)[] {
	const others = [headers['x-goog-api-key'], headers['api-key'], new URL(url, 'http://host').searchParams.get('key')];
	return [headers.authorization?.replace(/^Bearer /, ''), ...others.map((key) => key?.toString())];
}

async function receive(
	request: IncomingMessage,
	response: ServerResponse,
	route: Route | undefined,
): Promise<ReceivedRequest> {
	const time = Date.now();
	const closedEarly = once(response, 'close').then(() => !response.writableFinished);
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) {
		chunks.push(chunk);
	}
	const bytes = Buffer.concat(chunks);
	const body = parse(bytes.toString());
	const path = new URL(request.url ?? '/', 'http://host').pathname;
	const chat = (route?.wire ?? chatCompletions).read(body, path);
	return { path, headers: request.headers, body, chat, size: bytes.length, time, closedEarly };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

async function play(script: Script, chat: Chat, wire: Wire, response: ServerResponse): Promise<void> {
	const { status = 200, end = 'properly' } = script;
	const streamed = script.body === undefined && chat.stream;
	const type = streamed || typeof script.body === 'object' ? wire.streamType : 'application/json';
	response.writeHead(status, { 'content-type': type, ...script.headers });
	response.flushHeaders();
	const gone = once(response, 'close');
	for await (const piece of piecesOf(script, chat, wire, gone)) {
		response.write(piece);
		// Pieces of one turn of the event loop would leave together.
		await new Promise((resolve) => setImmediate(resolve));
	}
	switch (end) {
		case 'properly':
		case 'early':
			response.end();
			return;
		case 'reset':
			response.socket?.resetAndDestroy();
			return;
		case 'never':
	}
}

async function* piecesOf(
	script: Script,
	chat: Chat,
	wire: Wire,
	gone: Promise<unknown>,
): AsyncGenerator<string | Uint8Array> {
	const { body, text = '' } = script;
	const steps = typeof text === 'string' ? [text] : text;
	if (body !== undefined) {
		yield* opened(typeof body === 'string' || body instanceof Uint8Array ? [body] : body, gone);
	} else if (chat.stream) {
		yield* opened(wire.events(chat, steps, script), gone);
	} else {
		let whole = '';
		for await (const piece of opened(steps, gone)) {
			whole += String(piece);
		}
		const answer = wire.whole(chat, whole, script);
		yield script.end === undefined || script.end === 'properly' ? answer : answer.slice(0, -80);
	}
}

/** Steps without their gates, each when the gates before it have opened. None after the client has gone. */
async function* opened(steps: readonly Step[], gone: Promise<unknown>): AsyncGenerator<string | Uint8Array> {
	for (const step of steps) {
		if (!(step instanceof Promise)) {
			yield step;
		} else if ((await Promise.race([step.then(() => 'opened'), gone])) !== 'opened') {
			return;
		}
	}
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
	const { baseUrl } = await startModelServer({ port: Number(argv[2] ?? 0) });
	console.log(baseUrl);
}
