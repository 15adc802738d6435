import { transitTo } from './endpoints.ts';
import type { Keys } from './keys.ts';
import type { NamedEndpoint } from './presets.ts';

/** What an endpoint offers at the moment. */
export type Offer =
	| { readonly kind: 'models'; readonly endpoint: NamedEndpoint; readonly models: readonly string[] }
	| { readonly kind: 'needs-key'; readonly endpoint: NamedEndpoint }
	/** Nothing answers there; only said of servers beyond this machine, as a local one is just not running. */
	| { readonly kind: 'unreachable'; readonly endpoint: NamedEndpoint };

/** A server that has a list gives it within a second; more is not worth waiting for in a picker. */
const patience = { connect: 3_000, firstByte: 4_000, byteIdle: 4_000 };

/** Asks every endpoint at once what it has; yields each as it answers. Local servers that are not running are left out. */
export async function* offers(
	endpoints: readonly NamedEndpoint[],
	keys: Keys,
	signal: AbortSignal,
): AsyncGenerator<Offer, void, undefined> {
	const pending = new Map(
		endpoints.map((endpoint, index) => [index, offerOf(endpoint, keys, signal).then((offer) => ({ index, offer }))]),
	);
	while (pending.size > 0 && !signal.aborted) {
		const { index, offer } = await Promise.race(pending.values());
		pending.delete(index);
		if (offer) {
			yield offer;
		}
	}
}

async function offerOf(endpoint: NamedEndpoint, keys: Keys, signal: AbortSignal): Promise<Offer | undefined> {
	const key = await keys.keyFor(endpoint);
	if (key === undefined && endpoint.auth !== 'none') {
		return { kind: 'needs-key', endpoint };
	}
	const { listModels } = await import('../client/index.ts');
	const fallback = endpoint.defaultModel === undefined ? [] : [endpoint.defaultModel];
	try {
		const models = await listModels(endpoint, { ...(key === undefined ? {} : { key }), signal, timers: patience });
		return { kind: 'models', endpoint, models: [...new Set([...fallback, ...models])] };
	} catch {
		// A gateway may keep its list to itself and still answer: what we know of it stays on offer.
		if (fallback.length > 0) {
			return { kind: 'models', endpoint, models: fallback };
		}
		return transitTo(endpoint) === 'none' ? undefined : { kind: 'unreachable', endpoint };
	}
}
