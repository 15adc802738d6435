import { answer, Failure, Lanes, Learned } from '../../../src/client/index.ts';
import type {
	AnswerEvent,
	ClientOptions,
	Endpoint,
	FailureKind,
	Request,
	Transport,
	Usage,
} from '../../../src/client/index.ts';

export const endpoint: Endpoint = { protocol: 'chat-completions', baseUrl: 'https://host.test/v1', auth: 'bearer' };

export function ask(text: string): Request {
	return { model: 'asked', turns: [{ role: 'user', parts: [{ kind: 'text', text }] }] };
}

export const geminiEndpoint: Endpoint = { protocol: 'gemini', baseUrl: 'https://host.test', auth: 'bearer' };

/** One attempt at an answer, by itself: no other answer's rate limits and refusals count. */
export function alone(): ClientOptions {
	return { patience: { attempts: 1, longestWait: 0 }, lanes: new Lanes(), learned: new Learned() };
}

/** A transport whose answer is written down beforehand. */
export function replay(
	chunks: readonly Uint8Array[],
	{ status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Transport {
	return (message) => {
		message.onConnect();
		return Promise.resolve({ status, headers, body: inTurn(chunks) });
	};
}

async function* inTurn(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	for (const chunk of chunks) {
		yield await Promise.resolve(chunk);
	}
}

/** Models of the tests' server: as what an answer of theirs fails in any protocol, and the text that comes before. */
export const failingModels: readonly (readonly [name: string, kind: FailureKind, text: string])[] = [
	['fail-429', 'rate', ''],
	['missing', 'model-not-found', ''],
	['policy-503', 'blocked', ''],
	['html', 'invalid-response', ''],
	['cut-off', 'truncated', 'This answer breaks '],
	['reset', 'network', 'This answer breaks '],
	['blocked', 'blocked', 'This answer is'],
];

/** What an answer came to. */
export interface Collected {
	readonly text: string;
	readonly thought: string;
	readonly model: string | undefined;
	readonly usage: Usage | undefined;
	readonly end: string | undefined;
	readonly failure: Failure | undefined;
	readonly events: readonly AnswerEvent[];
}

/** Reads an answer to its end. Errors other than failures are the test's. */
export async function collect(events: AsyncIterable<AnswerEvent>): Promise<Collected> {
	const seen: AnswerEvent[] = [];
	let failure: Failure | undefined;
	try {
		for await (const event of events) {
			seen.push(event);
		}
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		failure = error;
	}
	const joined = (kind: 'text' | 'thought'): string =>
		seen.map((event) => (event.kind === kind ? event.text : '')).join('');
	return {
		text: joined('text'),
		thought: joined('thought'),
		model: seen.flatMap((event) => (event.kind === 'model' ? event.model : []))[0],
		usage: seen.flatMap((event) => (event.kind === 'usage' ? event.usage : []))[0],
		end: seen.flatMap((event) => (event.kind === 'end' ? event.reason : []))[0],
		failure,
		events: seen,
	};
}

/** What becomes of a response with this body. */
export function answerTo(
	chunks: readonly Uint8Array[],
	from: Endpoint = endpoint,
	options: ClientOptions = {},
): Promise<Collected> {
	return collect(answer(ask('?'), from, { ...alone(), transport: replay(chunks), ...options }));
}

/** The ways in which every wire case is cut into chunks. */
export const chunkings: Readonly<Record<string, (body: string | Uint8Array) => readonly Uint8Array[]>> = {
	whole: (body) => [Buffer.from(body)],
	'by event': (body) =>
		Buffer.from(body)
			.toString('latin1')
			.split(/(?<=\n)(?=\r?\n)|(?<=\n\r?\n)/)
			.map((piece) => Buffer.from(piece, 'latin1')),
	'byte by byte': (body) => [...Buffer.from(body)].map((byte) => Uint8Array.of(byte)),
};

/** How a case must end: by an end reason, or by a failure of a kind. */
export interface Ending {
	readonly text?: string;
	readonly thought?: string;
	readonly model?: string;
	readonly usage?: Usage;
	readonly end?: string;
	readonly failure?: FailureKind;
	readonly retryable?: boolean;
	readonly code?: string;
	readonly serverMessage?: string;
	/** ms */
	readonly retryAfter?: number;
	/** The events that no other member speaks of, in order. */
	readonly others?: readonly AnswerEvent[];
}

const spokenOf: ReadonlySet<string> = new Set(['text', 'thought', 'model', 'usage', 'end']);

/** What was collected, in the members that a case speaks of. */
export function comparable(collected: Collected, expected: Ending): Ending {
	const { text, thought, model, usage, end, failure } = collected;
	const all = {
		text,
		thought,
		model,
		usage,
		end,
		failure: failure?.kind,
		retryable: failure?.retryable,
		code: failure?.code,
		serverMessage: failure?.serverMessage,
		retryAfter: failure?.retryAfter,
		others: collected.events.filter(({ kind }) => !spokenOf.has(kind)),
	};
	const spoken = new Set([...Object.keys(expected), 'text', 'end', 'failure']);
	return Object.fromEntries(Object.entries(all).filter(([name, value]) => spoken.has(name) && value !== undefined));
}
