import { jsonBody } from '../body/body.ts';
import type { ClientOptions } from '../client.ts';
import { createDecoder } from '../decoding/decoder.ts';
import type { Endpoint } from '../endpoint.ts';
import { Exchange } from '../transport/exchange.ts';
import { Failure } from '../failure/failure.ts';
import { failOnError } from '../failure/payloadError.ts';
import type { JsonObject } from '../json.ts';
import { redact } from '../failure/redact.ts';
import { headersFor } from '../transport/requestHead.ts';
import { transportFor } from '../transport/transports.ts';

/** OpenRouter's list of models is about a megabyte. */
const answerLimit = 16 * 1024 * 1024;

/**
 * The JSON objects that an address of an endpoint answers with; asked by POST when there is something to tell it.
 * Fails with a `Failure`, also for an error with status 200 and for what is no JSON, or with an `AbortError`.
 */
export async function fetchJson(
	endpoint: Endpoint,
	url: URL,
	options: ClientOptions,
	told?: JsonObject,
): Promise<readonly JsonObject[]> {
	const { key, transport = transportFor(url) } = options;
	const exchange = new Exchange(options);
	try {
		const body = told && jsonBody(told);
		const method = body ? 'POST' : 'GET';
		await exchange.send(transport, { method, url, headers: headersFor(endpoint, url, body, key), body }, key);
		const decoder = createDecoder(answerLimit);
		const payloads: JsonObject[] = [];
		for (let chunk = await exchange.next(); chunk !== undefined; chunk = await exchange.next()) {
			payloads.push(...decoder.push(chunk));
		}
		payloads.push(...decoder.finish());
		const [first] = payloads;
		if (first === undefined) {
			throw new Failure({ kind: 'invalid-response', serverMessage: redact(decoder.junk, key) || undefined });
		}
		failOnError(first, true, key);
		return payloads;
	} finally {
		exchange.close();
	}
}
