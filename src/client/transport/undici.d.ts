// undici has no types for the three files that leave the process's global dispatcher alone; these are what we use.

declare module 'undici/lib/core/connect.js' {
	/** Opens a connection, and calls back with an error or its socket. */
	export type Connect = (options: object, callback: (error: Error | null, socket: unknown) => void) => void;

	export default function createConnect(options: { readonly timeout: number }): Connect;
}

declare module 'undici/lib/dispatcher/agent.js' {
	import type { Connect } from 'undici/lib/core/connect.js';

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
			readonly connect: Connect;
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
				readonly body: AsyncIterable<Uint8Array> | null;
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
