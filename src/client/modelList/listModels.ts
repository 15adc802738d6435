import { isLoopback, operationUrl } from '../transport/baseUrl.ts';
import type { ClientOptions } from '../client.ts';
import type { Endpoint } from '../endpoint.ts';
import { Failure } from '../failure/failure.ts';
import { fetchJson } from './fetchJson.ts';
import { geminiUrl } from '../gemini/url.ts';
import { textOf } from '../json.ts';
import { entriesIn, type ListedModel, type ListEntry, withDetails } from './modelList.ts';
import { ownServerDetails, servedAlone } from './ownServers.ts';
import { describeError } from '../transport/requestLog.ts';

/** Gemini's list comes in pages of at most a thousand. */
const pageLimit = 20;

/**
 * The models that an endpoint offers, in its order, with what is known of them. Fails with a `Failure` or an
 * `AbortError`.
 */
export async function listModels(endpoint: Endpoint, options: ClientOptions = {}): Promise<readonly ListedModel[]> {
	const start = performance.now();
	let host = '?';
	const report = (result: string): void =>
		options.log?.(`models of ${host}; ${result}; total ${Math.round(performance.now() - start)} ms`);
	try {
		const isGemini = endpoint.protocol === 'gemini';
		const url = isGemini ? geminiUrl(endpoint.baseUrl, 'models') : operationUrl(endpoint.baseUrl, 'models');
		host = url.host;
		const list = await (isGemini
			? geminiList(endpoint, url, options)
			: isLoopback(url.hostname)
				? listHere(endpoint, url, options)
				: listAt(endpoint, url, options));
		const models = list
			.filter(({ answers }) => answers)
			.map(({ id, seesImages, takesPdfs, contextLength }) => ({ id, seesImages, takesPdfs, contextLength }));
		report(`${models.length} ids`);
		return models;
	} catch (error) {
		report(describeError(error));
		throw error;
	}
}

async function listAt(endpoint: Endpoint, url: URL, options: ClientOptions): Promise<readonly ListEntry[]> {
	const entries = entriesIn(await fetchJson(endpoint, url, options));
	if (!entries) {
		throw new Failure({ kind: 'invalid-response' });
	}
	return withDetails(entries, []);
}

/** A server of one's own may know more than chat completions have words for, or have another list alone. */
async function listHere(endpoint: Endpoint, url: URL, options: ClientOptions): Promise<readonly ListEntry[]> {
	const [list, details] = await Promise.all([
		listAt(endpoint, url, options).catch((error: unknown) => {
			if (error instanceof Failure) {
				return error;
			}
			throw error;
		}),
		ownServerDetails(endpoint, options),
	]);
	if (list instanceof Failure) {
		if (details.length === 0) {
			throw list;
		}
		return withDetails(details, []);
	}
	const known = withDetails(list, details);
	return withDetails(known, await servedAlone(endpoint, known, options));
}

async function geminiList(endpoint: Endpoint, url: URL, options: ClientOptions): Promise<readonly ListEntry[]> {
	const page = new URL(url);
	page.searchParams.set('pageSize', '1000');
	const entries: ListEntry[] = [];
	for (let count = 0; count < pageLimit; count++) {
		const payloads = await fetchJson(endpoint, page, options);
		const found = entriesIn(payloads);
		if (!found) {
			throw new Failure({ kind: 'invalid-response' });
		}
		entries.push(...found);
		const next = textOf(payloads[0]?.['nextPageToken']);
		if (next === undefined) {
			break;
		}
		page.searchParams.set('pageToken', next);
	}
	return withDetails(entries, []);
}
