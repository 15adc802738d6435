import type { Body } from '../body/body.ts';

/** One HTTP request. */
export interface Message {
	readonly method: 'GET' | 'POST';
	readonly url: URL;
	/** Names in lower case, `content-length` included. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Body | undefined;
	/** Ends request, answer and connection at once, at any time; both then fail with its reason. */
	readonly signal: AbortSignal;
	/** Called when the connection stands, TLS included; at the latest when the body has left. */
	readonly onConnect: () => void;
	/** Called for each part of the body that is taken to be sent. */
	readonly onSent: () => void;
}

/** The head of an answer, and its bytes as they come. */
export interface Reply {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: AsyncIterable<Uint8Array>;
}

/** Sends a request and resolves when the head of the answer is there. Follows no redirect, knows no time limits. */
export type Transport = (message: Message) => Promise<Reply>;

/** How long nothing else may run while a body is sent, in ms. */
const longestTurn = 4;

/**
 * The body's chunks, with word of each that is taken. A server on this machine can take them as fast as they are made,
 * without the event loop ever turning: then others get their turn in between.
 */
export async function* sentChunks({ body, onSent }: Pick<Message, 'body' | 'onSent'>): AsyncGenerator<Uint8Array> {
	let turn = performance.now();
	for (const chunk of body?.chunks() ?? []) {
		onSent();
		yield chunk;
		if (performance.now() - turn > longestTurn) {
			await new Promise((resolve) => setImmediate(resolve));
			turn = performance.now();
		}
	}
}

/** Headers with one string each. */
export function flatHeaders(
	headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			typeof value === 'string' ? value : (value ?? []).join(', '),
		]),
	);
}
