import { isLoopback } from './baseUrl.ts';
import type { Body } from '../body/body.ts';
import type { Endpoint } from '../endpoint.ts';
import { Failure } from '../failure/failure.ts';

/** Characters that a header can carry: others would fail inside the HTTP client, with a word about headers. */
const sendable = /^[\x21-\x7e]+$/;

/** Headers of a request, names in lower case; what the message itself needs wins over the endpoint's own. */
export function headersFor(endpoint: Endpoint, url: URL, body?: Body, key?: string): Record<string, string> {
	const own = Object.entries(endpoint.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
	return {
		...Object.fromEntries(own),
		...authorization(endpoint, url, key?.trim()),
		// Neither HTTP client of ours unpacks.
		'accept-encoding': 'identity',
		...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(body.byteLength) }),
	};
}

function authorization(endpoint: Endpoint, url: URL, key: string | undefined): Record<string, string> {
	if (endpoint.auth === 'none' || key === undefined || key === '') {
		return {};
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw new Failure({ kind: 'auth', code: 'key-over-http' });
	}
	if (!sendable.test(key)) {
		throw new Failure({ kind: 'auth', code: 'key-has-blanks' });
	}
	switch (endpoint.auth) {
		case 'bearer':
			return { authorization: `Bearer ${key}` };
		case 'x-goog-api-key':
		case 'api-key':
			return { [endpoint.auth]: key };
	}
}
