import { operationUrl } from './baseUrl.ts';
import type { ClientOptions } from './client.ts';
import { createDecoder } from './decoder.ts';
import type { Endpoint } from './endpoint.ts';
import { Exchange } from './exchange.ts';
import { Failure } from './failure.ts';
import { failureOf } from './failureOf.ts';
import { objectsOf, textOf } from './json.ts';
import type { JsonObject } from './json.ts';
import { redact } from './redact.ts';
import { headersFor } from './requestHead.ts';
import { describeError } from './requestLog.ts';
import { transportFor } from './transports.ts';

/** OpenRouter's list is about a megabyte. */
const listLimit = 16 * 1024 * 1024;

/** The ids of the models that an endpoint offers, in its order. Fails with a `Failure` or an `AbortError`. */
export async function listModels(endpoint: Endpoint, options: ClientOptions = {}): Promise<readonly string[]> {
	const { key, log } = options;
	const start = performance.now();
	const report = (host: string, result: string): void =>
		log?.(`models of ${host}; ${result}; total ${Math.round(performance.now() - start)} ms`);
	let host = '?';
	const exchange = new Exchange(options);
	try {
		const url = operationUrl(endpoint.baseUrl, 'models');
		host = url.host;
		const message = {
			method: 'GET',
			url,
			headers: headersFor(endpoint, url, undefined, key),
			body: undefined,
		} as const;
		await exchange.send(options.transport ?? transportFor(url), message, key);
		const decoder = createDecoder(listLimit);
		const payloads: JsonObject[] = [];
		for (let chunk = await exchange.next(); chunk !== undefined; chunk = await exchange.next()) {
			payloads.push(...decoder.push(chunk));
		}
		payloads.push(...decoder.finish());
		const ids = idsIn(payloads, decoder.junk, key);
		report(host, `${ids.length} ids`);
		return ids;
	} catch (error) {
		report(host, describeError(error));
		throw error;
	} finally {
		exchange.close();
	}
}

/** `{data: […]}`; some answer `{models: […]}` or the array alone, which the decoder gives as its elements. */
function idsIn(payloads: readonly JsonObject[], junk: string, key: string | undefined): string[] {
	const [first] = payloads;
	if (!first) {
		throw new Failure({ kind: 'invalid-response', serverMessage: redact(junk, key) || undefined });
	}
	if (first['error'] !== undefined && first['error'] !== null) {
		throw failureOf({ status: 200, body: first, key });
	}
	const isList = 'data' in first || 'models' in first;
	if (!isList && textOf(first['id']) === undefined) {
		throw new Failure({ kind: 'invalid-response' });
	}
	// Ollama without models has `data: null`.
	const models = isList ? objectsOf(first['data'] ?? first['models']) : payloads;
	return [...new Set(models.flatMap(({ id, name }) => textOf(id) ?? textOf(name) ?? []))];
}
