import type { Body } from './body.ts';

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

/** The body's chunks, with word of each that is taken. */
export function* sentChunks({ body, onSent }: Pick<Message, 'body' | 'onSent'>): Generator<Uint8Array> {
	for (const chunk of body?.chunks() ?? []) {
		onSent();
		yield chunk;
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
