import { answer } from '../../../src/client/index.ts';
import type { Endpoint, Request, Transport } from '../../../src/client/index.ts';
import { collect, replay } from './replay.ts';

/** A request as it left. */
export interface Sent {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	/** Of the body. */
	readonly bytes: number;
}

/** What is sent for a request; `reply` is the answer to it. */
export async function sentFor(request: Partial<Request>, to: Endpoint, reply: string, key?: string): Promise<Sent> {
	const sent: Sent[] = [];
	const replayed = replay([Buffer.from(reply)]);
	const transport: Transport = (message) => {
		const bytes = Buffer.concat([...(message.body?.chunks() ?? [])]);
		const { url, headers } = message;
		sent.push({ url: url.href, headers, body: JSON.parse(bytes.toString()) as unknown, bytes: bytes.length });
		return replayed(message);
	};
	const parts = [{ kind: 'text', text: 'hi' } as const];
	const whole: Request = { model: 'm', turns: [{ role: 'user', parts }], ...request };
	const { failure } = await collect(answer(whole, to, { transport, ...(key ? { key } : {}) }));
	const [only] = sent;
	if (!only) {
		throw failure ?? new Error('nothing sent');
	}
	return only;
}
