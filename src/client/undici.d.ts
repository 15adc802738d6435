// undici has no types for the two files that leave the process's global dispatcher alone; these are what we use.

declare module 'undici/lib/dispatcher/agent.js' {
	export interface Handler {
		/** Called when the request has got its connection. */
		onConnect(...values: unknown[]): void;
	}

	export default class Agent {
		constructor(options: {
			readonly headersTimeout: number;
			readonly bodyTimeout: number;
			readonly keepAliveTimeout: number;
			readonly keepAliveMaxTimeout: number;
			readonly connect: { readonly timeout: number };
		});
		dispatch(options: object, handler: Handler): boolean;
	}
}

declare module 'undici/lib/api/index.js' {
	import type { Readable } from 'node:stream';
	import type { Handler } from 'undici/lib/dispatcher/agent.js';

	const api: {
		request(
			this: { dispatch(options: object, handler: Handler): boolean },
			options: {
				readonly origin: string;
				readonly path: string;
				readonly method: string;
				readonly headers: Readonly<Record<string, string>>;
				readonly body: Iterable<Uint8Array> | null;
				readonly signal: AbortSignal;
			},
		): Promise<{
			readonly statusCode: number;
			readonly headers: Readonly<Record<string, string | string[] | undefined>>;
			readonly body: Readable;
		}>;
	};
	export default api;
}
