import { Failure } from '../failure/failure.ts';

/** Documented ends of an address that people paste whole. */
const operation = /\/(?:chat\/completions|models(?:\/.*)?)$/;
/** The first general one that knows `max_completion_tokens`. */
const azureVersion = '2024-10-21';
const versioned = /\/(?:v\d+(?:alpha|beta)?|openai)(?=\/|$)/;

/**
 * The address of an operation, e.g. `chat/completions`, under a base URL as people paste it: with or without scheme,
 * version, operation and slashes (protocols.md 1.1). A query stays, for Azure's `api-version`.
 */
export function operationUrl(baseUrl: string, name: string): URL {
	const url = parseBaseUrl(baseUrl);
	const path = url.pathname.replace(/\/+$/, '').replace(operation, '').replace(/\/+$/, '');
	if (isAzure(url.hostname)) {
		return azureUrl(url, path, name);
	}
	url.pathname = `${path}${versioned.test(path) ? '' : '/v1'}/${name}`;
	return url;
}

/** Whether a host is one of Azure's that speak OpenAI's protocols. */
export function isAzure(hostname: string): boolean {
	return /\.(?:openai|cognitiveservices|services\.ai)\.azure\.com$/.test(hostname);
}

/** Deployments have paths of their own, and a version in the query; all else is one path (protocols.md 1.1). */
function azureUrl(url: URL, path: string, name: string): URL {
	const deployment = /\/openai\/deployments\/[^/]+/.exec(path)?.[0];
	url.pathname = `${deployment ?? '/openai/v1'}/${name}`;
	if (deployment === undefined) {
		// The one path refuses the dates that deployments want.
		url.searchParams.delete('api-version');
	} else if (!url.searchParams.has('api-version')) {
		url.searchParams.set('api-version', azureVersion);
	}
	return url;
}

/** Whether a host, as `URL` spells it, is this machine: no proxy applies, and a key may travel unencrypted. */
export function isLoopback(hostname: string): boolean {
	return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** A base URL as people paste it, with the scheme that was left out, without what no request carries. */
export function parseBaseUrl(baseUrl: string): URL {
	const text = baseUrl.trim();
	const schemed = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : assumeScheme(text);
	const url = URL.canParse(schemed) ? new URL(schemed) : undefined;
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
		throw new Failure({ kind: 'bad-request', code: 'ERR_INVALID_URL' });
	}
	url.hash = '';
	url.username = '';
	url.password = '';
	return url;
}

function assumeScheme(text: string): string {
	const secure = `https://${text}`;
	return URL.canParse(secure) && isLoopback(new URL(secure).hostname) ? `http://${text}` : secure;
}
