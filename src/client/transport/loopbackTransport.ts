import { flatHeaders, sentChunks } from './transport.ts';
import type { Transport } from './transport.ts';
import type { Handler } from 'undici/lib/dispatcher/agent.js';

/** Idle connections live this long, ms. */
const keepAlive = 4_000;

/** Requests to servers on this machine: pooled, streamed both ways, through no proxy (design.md "Dependencies"). */
export function createLoopbackTransport(): Transport {
	let pool: Promise<Transport> | undefined;
	return async (message) => {
		pool ??= createPool();
		return (await pool)(message);
	};
}

async function createPool(): Promise<Transport> {
	// undici's main file would claim process-wide dispatcher slots that other extensions' fetch uses.
	const [{ default: Agent }, { default: api }, { default: createConnect }] = await Promise.all([
		import('undici/lib/dispatcher/agent.js'),
		import('undici/lib/api/index.js'),
		import('undici/lib/core/connect.js'),
	]);
	const connect = createConnect({ timeout: 0 });
	const asking = new Set<AbortSignal>();
	const agent = new Agent({
		headersTimeout: 0,
		bodyTimeout: 0,
		keepAliveTimeout: keepAlive,
		keepAliveMaxTimeout: keepAlive,
		connect(options, callback) {
			// undici would replace the connection of a request that was stopped, for nobody.
			if ([...asking].some(({ aborted }) => !aborted)) {
				connect(options, callback);
			} else {
				callback(new Error('No request needs a connection.'), null);
			}
		},
	});
	return async (message) => {
		const { method, url, headers, body, signal, onConnect } = message;
		signal.throwIfAborted();
		const dispatch = (options: object, handler: Handler): boolean => {
			const begin = handler.onConnect.bind(handler);
			// Only the handler learns that its request has got a connection.
			handler.onConnect = (...values) => {
				asking.delete(signal);
				onConnect();
				begin(...values);
			};
			return agent.dispatch(options, handler);
		};
		asking.add(signal);
		const request = {
			origin: url.origin,
			path: url.pathname + url.search,
			method,
			headers,
			body: body === undefined ? null : sentChunks(message),
			signal,
		};
		const reply = await api.request.call({ dispatch }, request).finally(() => asking.delete(signal));
		return { status: reply.statusCode, headers: flatHeaders(reply.headers), body: reply.body };
	};
}
