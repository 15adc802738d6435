import { Failure } from './failure.ts';

/** Documented ends of an address that people paste whole. */
const operation = /\/(?:chat\/completions|models(?:\/.*)?)$/;
const versioned = /\/(?:v\d+(?:alpha|beta)?|openai)(?=\/|$)/;

/**
 * The address of an operation, e.g. `chat/completions`, under a base URL as people paste it: with or without scheme,
 * version, operation and slashes (protocols.md 1.1). A query stays, for Azure's `api-version`.
 */
export function operationUrl(baseUrl: string, name: string): URL {
	const url = parse(baseUrl.trim());
	const path = url.pathname.replace(/\/+$/, '').replace(operation, '').replace(/\/+$/, '');
	url.pathname = `${path}${versioned.test(path) ? '' : '/v1'}/${name}`;
	url.hash = '';
	url.username = '';
	url.password = '';
	return url;
}

/** Whether a host, as `URL` spells it, is this machine: no proxy applies, and a key may travel unencrypted. */
export function isLoopback(hostname: string): boolean {
	return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function parse(text: string): URL {
	const schemed = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : assumeScheme(text);
	const url = URL.canParse(schemed) ? new URL(schemed) : undefined;
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
		throw new Failure({ kind: 'bad-request', code: 'ERR_INVALID_URL' });
	}
	return url;
}

function assumeScheme(text: string): string {
	const secure = `https://${text}`;
	return URL.canParse(secure) && isLoopback(new URL(secure).hostname) ? `http://${text}` : secure;
}
