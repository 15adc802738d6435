import { Failure } from '../../client/failure/failure.ts';
import type { ListedModel } from '../../client/modelList/modelList.ts';
import { transitTo } from '../settings/endpoints.ts';
import type { Keys } from '../keys.ts';
import type { ModelLists } from './modelLists.ts';
import type { NamedEndpoint } from '../settings/presets.ts';

/** What an endpoint offers at the moment. */
export type Offer =
	| { readonly kind: 'models'; readonly endpoint: NamedEndpoint; readonly models: readonly ListedModel[] }
	| { readonly kind: 'needs-key'; readonly endpoint: NamedEndpoint }
	| { readonly kind: 'unreachable'; readonly endpoint: NamedEndpoint }
	/** A server on this machine that is just not running. */
	| { readonly kind: 'none'; readonly endpoint: NamedEndpoint };

/** A server that has a list gives it within a second; more is not worth waiting for in a picker. */
const patience = { connect: 3_000, firstByte: 4_000, byteIdle: 4_000 };

/**
 * Asks every endpoint at once what it has; yields each as it answers, and what it listed lately before that. A later
 * offer of an endpoint takes the place of its earlier one.
 */
export async function* offers(
	endpoints: readonly NamedEndpoint[],
	keys: Keys,
	lists: ModelLists,
	signal: AbortSignal,
): AsyncGenerator<Offer, void, undefined> {
	const pending = new Map(
		endpoints.map((endpoint, index) => [
			index,
			offerOf(endpoint, keys, lists, signal).then((offer) => ({ index, offer })),
		]),
	);
	for (const endpoint of endpoints) {
		const known = lists.of(endpoint);
		if (known && (endpoint.auth === 'none' || (await keys.keyFor(endpoint)) !== undefined)) {
			yield { kind: 'models', endpoint, models: withDefault(endpoint, known) };
		}
	}
	while (pending.size > 0 && !signal.aborted) {
		const { index, offer } = await Promise.race(pending.values());
		pending.delete(index);
		yield offer;
	}
}

async function offerOf(endpoint: NamedEndpoint, keys: Keys, lists: ModelLists, signal: AbortSignal): Promise<Offer> {
	const key = await keys.keyFor(endpoint);
	if (key === undefined && endpoint.auth !== 'none') {
		return { kind: 'needs-key', endpoint };
	}
	const { listModels } = await import('../../client/index.ts');
	try {
		const models = await listModels(endpoint, { ...(key === undefined ? {} : { key }), signal, timers: patience });
		await lists.keep(endpoint, models);
		return { kind: 'models', endpoint, models: withDefault(endpoint, models) };
	} catch (error) {
		// A gateway may keep its list to itself and still answer: what we know of it stays on offer.
		const isThere = error instanceof Failure && error.kind !== 'network' && error.kind !== 'timeout';
		const models = withDefault(endpoint, (isThere ? lists.of(endpoint) : undefined) ?? []);
		if (models.length > 0) {
			return { kind: 'models', endpoint, models };
		}
		return { kind: transitTo(endpoint) === 'none' ? 'none' : 'unreachable', endpoint };
	}
}

/** The endpoint's own choice first, whether the server lists it or not. */
function withDefault({ defaultModel }: NamedEndpoint, models: readonly ListedModel[]): readonly ListedModel[] {
	if (defaultModel === undefined) {
		return models;
	}
	const listed = models.find(({ id }) => id === defaultModel);
	return [listed ?? { id: defaultModel }, ...models.filter(({ id }) => id !== defaultModel)];
}
