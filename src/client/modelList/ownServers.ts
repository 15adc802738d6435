import { operationUrl } from '../transport/baseUrl.ts';
import type { ClientOptions } from '../client.ts';
import type { Endpoint } from '../endpoint.ts';
import { Failure } from '../failure/failure.ts';
import { fetchJson } from './fetchJson.ts';
import { isObject, objectsOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { entriesIn, type ListEntry } from './modelList.ts';

/** A server on this machine answers at once, or is none of those that are asked here. ms */
const patience = { connect: 1_000, firstByte: 1_500, byteIdle: 1_500 };

/** Models whose details are asked for one by one. */
const detailLimit = 100;

/** Requests for details at a time. */
const lanes = 4;

/**
 * What a server on this machine tells of its models in a way of its own: Ollama, LM Studio, llama.cpp. Its port proves
 * nothing, so all are asked at once; who does not know the question says so. Empty when nobody knows.
 */
export async function ownServerDetails(endpoint: Endpoint, options: ClientOptions): Promise<readonly ListEntry[]> {
	const ask = asker(endpoint, options);
	const [tags, listOfV1, listOfV0] = await Promise.all([ask('api/tags'), ask('api/v1/models'), ask('api/v0/models')]);
	const entries = [listOfV1, listOfV0].flatMap((payloads) => entriesIn(payloads) ?? []);
	return entries.length > 0 ? entries : ollamaDetails(objectsOf(tags[0]?.['models']), ask);
}

/** What llama.cpp knows of the one model that it serves; a list that has said it needs no such question. */
export async function servedAlone(
	endpoint: Endpoint,
	list: readonly ListEntry[],
	options: ClientOptions,
): Promise<readonly ListEntry[]> {
	const [only, ...others] = list;
	if (only === undefined || others.length > 0 || only.seesImages !== undefined) {
		return [];
	}
	const [props] = await asker(endpoint, options)('props');
	const modalities = props?.['modalities'];
	const sees = isObject(modalities) ? modalities['vision'] : undefined;
	return typeof sees === 'boolean' ? [{ id: only.id, answers: true, seesImages: sees }] : [];
}

/** The objects at a path of the server, told something or not; none when it does not know the path. */
type Ask = (path: string, told?: JsonObject) => Promise<readonly JsonObject[]>;

function asker(endpoint: Endpoint, options: ClientOptions): Ask {
	const { origin } = operationUrl(endpoint.baseUrl, '');
	return async (path, told) => {
		try {
			return await fetchJson(endpoint, new URL(path, `${origin}/`), { ...options, timers: patience }, told);
		} catch (error) {
			if (error instanceof Failure) {
				return [];
			}
			throw error;
		}
	};
}

/** Ollama's list names models; what they can do is asked of each. */
async function ollamaDetails(models: readonly JsonObject[], ask: Ask): Promise<readonly ListEntry[]> {
	const details: ListEntry[] = [];
	const left = models.flatMap((model) => textOf(model['model']) ?? textOf(model['name']) ?? []).slice(0, detailLimit);
	const work = async (): Promise<void> => {
		for (let id = left.shift(); id !== undefined; id = left.shift()) {
			const [shown] = await ask('api/show', { model: id });
			details.push(...(entriesIn(shown ? [{ ...shown, id }] : []) ?? []));
		}
	};
	await Promise.all(Array.from({ length: lanes }, work));
	return details;
}
