import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { argv } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** A server on this machine that answers chat completions believably, or as badly as a test asks. */
export interface ModelServer {
	/** What goes into an endpoint's settings, e.g. `http://127.0.0.1:40123/v1`. */
	readonly baseUrl: string;
	/** Chat completions received, oldest first. */
	readonly requests: readonly ReceivedRequest[];
	/** Requests for anything else, such as the list of models. */
	readonly otherRequests: readonly ReceivedRequest[];
	/** Connections open now. */
	readonly connections: number;
	/** Connections since the start. */
	readonly connectionsMade: number;
	/** How to answer the next chat completion that no earlier call is for. */
	next(script: Script): void;
	/** The chat completion of that index, from 0, as soon as it has come. */
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

/** What a request asks. */
export interface Chat {
	readonly model: string;
	readonly stream: boolean;
	readonly includeUsage: boolean;
	readonly system: string;
	/** Oldest first, without the system's. */
	readonly turns: readonly ChatTurn[];
	/** Text of the last turn. */
	readonly question: string;
	/** Of all turns. */
	readonly images: readonly ChatImage[];
}

export interface ChatTurn {
	readonly role: string;
	readonly text: string;
	readonly images: readonly ChatImage[];
}

export interface ChatImage {
	readonly mediaType: string;
	readonly bytes: Buffer;
}

/** Something to send, or a gate: the server goes on when the promise resolves. */
export type Step = string | Uint8Array | Promise<unknown>;

/** How to answer one request. What is left out is as a well-behaved server does it. */
export interface Script {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** The text of the answer, in the pieces it is streamed in. */
	readonly text?: string | readonly (string | Promise<unknown>)[];
	/** Comes before the text. */
	readonly thought?: string;
	/** The finish reason. */
	readonly finish?: string;
	/** Instead of an answer: the body as it goes out, piece by piece. */
	readonly body?: string | Uint8Array | readonly Step[];
	/** After all that belongs there, before that, by a reset connection, or not at all. */
	readonly end?: 'properly' | 'early' | 'reset' | 'never';
}

/** A promise to wait for and the way to resolve it. */
export interface Gate {
	readonly opened: Promise<void>;
	readonly open: () => void;
}

export function createGate(): Gate {
	let open = (): void => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opened, open };
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

	function scriptFor(request: IncomingMessage, { path, chat, body }: ReceivedRequest): Script {
		if (requireKey !== undefined && request.headers.authorization !== `Bearer ${requireKey}`) {
			return refusals.key;
		}
		switch (`${request.method ?? ''} ${path}`) {
			case 'GET /v1/models':
				return { body: listOf(models) };
			case 'POST /v1/chat/completions':
				if (chat.turns.length === 0) {
					return body === undefined ? refusals.json : refusals.messages;
				}
				return { text: wordsOf(answer(chat)), ...(scripts.shift() ?? scriptedModels[chat.model]?.(chat)) };
			default:
				return refusals.path;
		}
	}

	const server = createServer((request, response) => {
		receive(request, response)
			.then((received) => {
				const isChat = request.method === 'POST' && received.path === '/v1/chat/completions';
				(isChat ? requests : otherRequests).push(received);
				changed();
				return play(scriptFor(request, received), received.chat, response);
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

/** Says what came, so that a test can see that it did. */
function describe({ images, turns, question, system }: Chat): string {
	const seen = images.length === 0 ? 'no image' : images.length === 1 ? 'one image' : `${images.length} images`;
	const asked = turns.filter(({ role }) => role === 'user').length;
	const followUp = asked > 1 ? ` This is question ${asked} of the conversation.` : '';
	const alternative = /alt(?:ernative)? text/i.test(system);
	return alternative ? `A test picture, seen with ${seen}.` : `I see ${seen}. You asked: "${question}".${followUp}`;
}

const blocked = 'Request was rejected by the content policy (actual status 400) (request id: test-503)';

const refusals = {
	key: refusal(401, 'Incorrect API key provided: sk-te**********1234.', 'invalid_api_key'),
	rate: refusal(429, 'Rate limit reached for requests. Please try again in 2s.', 'rate_limit_exceeded'),
	model: refusal(404, 'The model `missing` does not exist or you do not have access to it.', 'model_not_found'),
	server: refusal(500, 'The server had an error while processing your request.', 'server_error'),
	policy: refusal(503, blocked, ''),
	json: refusal(400, 'We could not parse the JSON body of your request.', 'invalid_request_error'),
	messages: refusal(400, "Missing required parameter: 'messages'.", 'missing_required_parameter'),
	path: refusal(404, 'Invalid URL', 'invalid_url'),
} as const;

/** Models whose answers go wrong in a way of their own, whatever is asked. */
const scriptedModels: Readonly<Record<string, (chat: Chat) => Script>> = {
	slow: (chat) => ({ text: wordsOf(describe(chat)).flatMap((word, index) => [word, wait(150 * (index + 1))]) }),
	thinking: () => ({ thought: 'Let me look at this.' }),
	'fail-401': () => refusals.key,
	'fail-429': () => ({ ...refusals.rate, headers: { 'retry-after': '2' } }),
	'fail-500': () => refusals.server,
	missing: () => refusals.model,
	html: () => ({
		headers: { 'content-type': 'text/html' },
		body: '<!doctype html><title>New API</title><div id="app">',
	}),
	'cut-off': () => ({ text: ['This answer ', 'breaks '], end: 'early' }),
	reset: () => ({ text: ['This answer ', 'breaks '], end: 'reset' }),
	length: () => ({ text: 'This answer is cut', finish: 'length' }),
	blocked: () => ({ text: 'This answer is', finish: 'content_filter' }),
	'policy-503': () => refusals.policy,
	never: () => ({ body: [new Promise(() => undefined)] }),
	'awkward-chunks': (chat) => ({ body: inBytes(eventsOf(chat, ['Grüße, 世界! ', '🦉 ', 'naïve.'], {})) }),
};

/** Each byte on its own, so that characters and line ends come in halves. */
function inBytes(events: readonly Step[]): Uint8Array[] {
	const text = events.filter((event) => typeof event === 'string').join('');
	return [...Buffer.from(text.replaceAll('\n', '\r\n'))].map((byte) => Uint8Array.of(byte));
}

function refusal(status: number, message: string, code: string): Script {
	const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error';
	return { status, body: JSON.stringify({ error: { message, type, param: null, code } }) };
}

function listOf(models: readonly string[]): string {
	const data = models.map((id) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'test' }));
	return JSON.stringify({ object: 'list', data });
}

function wordsOf(text: string): string[] {
	return text.match(/\s*\S+/g) ?? [];
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<ReceivedRequest> {
	const time = Date.now();
	const closedEarly = once(response, 'close').then(() => !response.writableFinished);
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) {
		chunks.push(chunk);
	}
	const bytes = Buffer.concat(chunks);
	const body = parse(bytes.toString());
	const path = new URL(request.url ?? '/', 'http://host').pathname;
	return { path, headers: request.headers, body, chat: chatIn(body), size: bytes.length, time, closedEarly };
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

interface WireRequest {
	readonly model?: string;
	readonly stream?: boolean;
	readonly stream_options?: { readonly include_usage?: boolean };
	readonly messages?: readonly WireMessage[];
}

interface WireMessage {
	readonly role: string;
	readonly content: string | readonly WirePart[];
}

interface WirePart {
	readonly text?: string;
	readonly image_url?: { readonly url: string };
}

function chatIn(body: unknown): Chat {
	const { model = '', stream = false, stream_options: streamOptions, messages = [] } = (body ?? {}) as WireRequest;
	const all = messages.map(turnIn);
	const turns = all.filter(({ role }) => role !== 'system');
	return {
		model,
		stream,
		includeUsage: streamOptions?.include_usage ?? false,
		system: all.flatMap(({ role, text }) => (role === 'system' ? text : [])).join('\n'),
		turns,
		question: turns.at(-1)?.text ?? '',
		images: turns.flatMap(({ images }) => images),
	};
}

function turnIn({ role, content }: WireMessage): ChatTurn {
	const parts = typeof content === 'string' ? [{ text: content }] : content;
	return {
		role,
		text: parts.flatMap(({ text }) => text ?? []).join('\n'),
		images: parts.flatMap(({ image_url: image }: WirePart) => {
			const [, mediaType = '', data = ''] = /^data:([^;]+);base64,([A-Za-z0-9+/=]*)$/.exec(image?.url ?? '') ?? [];
			return data === '' ? [] : { mediaType, bytes: Buffer.from(data, 'base64') };
		}),
	};
}

async function play(script: Script, chat: Chat, response: ServerResponse): Promise<void> {
	const { status = 200, end = 'properly' } = script;
	const streamed = script.body === undefined && chat.stream;
	const type = streamed || typeof script.body === 'object' ? 'text/event-stream' : 'application/json';
	response.writeHead(status, { 'content-type': type, ...script.headers });
	response.flushHeaders();
	const gone = once(response, 'close');
	for await (const piece of piecesOf(script, chat, gone)) {
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

async function* piecesOf(script: Script, chat: Chat, gone: Promise<unknown>): AsyncGenerator<string | Uint8Array> {
	const { body, text = '' } = script;
	const steps = typeof text === 'string' ? [text] : text;
	if (body !== undefined) {
		yield* opened(typeof body === 'string' || body instanceof Uint8Array ? [body] : body, gone);
	} else if (chat.stream) {
		yield* opened(eventsOf(chat, steps, script), gone);
	} else {
		let whole = '';
		for await (const piece of opened(steps, gone)) {
			whole += String(piece);
		}
		const answer = completion(chat, whole, script);
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

/** The events of a streamed answer, with the gates between its pieces. */
function eventsOf(chat: Chat, steps: readonly Step[], script: Script): Step[] {
	const { thought, finish = 'stop', end = 'properly' } = script;
	const text = steps.filter((step) => typeof step === 'string').join('');
	const deltas = steps.map((step) => (typeof step === 'string' ? eventOf(chat, { delta: { content: step } }) : step));
	const beginning = [
		eventOf(chat, { delta: { role: 'assistant', content: '' } }),
		...(thought === undefined ? [] : [eventOf(chat, { delta: { reasoning_content: thought } })]),
	];
	const ending = [
		eventOf(chat, { delta: {}, finish_reason: finish }),
		...(chat.includeUsage ? [eventOf(chat, undefined, usageOf(chat, text))] : []),
		'data: [DONE]\n\n',
	];
	return [...beginning, ...deltas, ...(end === 'properly' ? ending : [])];
}

function eventOf(chat: Chat, choice: object | undefined, usage?: object): string {
	const choices = choice === undefined ? [] : [{ index: 0, finish_reason: null, ...choice }];
	return `data: ${JSON.stringify({ ...head(chat, 'chat.completion.chunk'), choices, ...(usage ? { usage } : {}) })}\n\n`;
}

function completion(chat: Chat, content: string, { thought, finish = 'stop' }: Script): string {
	const reasoning = thought === undefined ? {} : { reasoning_content: thought };
	const message = { role: 'assistant', content, refusal: null, ...reasoning };
	const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
	return JSON.stringify({ ...head(chat, 'chat.completion'), choices, usage: usageOf(chat, content) });
}

function head(chat: Chat, object: string): object {
	return { id: 'chatcmpl-test', object, created: 1_760_000_000, model: chat.model };
}

/** About as much as real models count. */
function usageOf({ system, turns, images }: Chat, answer: string): object {
	const asked = system.length + turns.reduce((sum, { text }) => sum + text.length, 0);
	const prompt = Math.ceil(asked / 4) + images.length * 85;
	const output = Math.ceil(answer.length / 4);
	return { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output };
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
	const { baseUrl } = await startModelServer({ port: Number(argv[2] ?? 0) });
	console.log(baseUrl);
}
