import { parseBaseUrl } from '../transport/baseUrl.ts';

/** What people paste along with the base: an operation of this protocol or of chat completions. */
const operation = /\/(?:chat\/completions|openai|(?:models|tunedModels)(?:\/.*)?)$/;
const versioned = /\/v\d+(?:(?:alpha|beta)\d*)?(?=\/|$)/;
/** Kept as they are before a model's name; any other name is one of `models/`. */
const ownPrefix = /^(?:tunedModels|publishers|projects)\//;

/**
 * The address under which a model answers. Models that bring their own prefix, such as `tunedModels/x`, keep it
 * (protocols.md 1.2).
 */
export function answerUrl(baseUrl: string, model: string, stream: boolean): URL {
	const name = model.replace(/^models\//, '');
	const path = ownPrefix.test(name) ? name : `models/${name}`;
	const url = geminiUrl(baseUrl, `${path}:${stream ? 'streamGenerateContent' : 'generateContent'}`);
	if (stream) {
		// Without it Google sends one JSON array.
		url.searchParams.set('alt', 'sse');
	}
	return url;
}

/**
 * An address of the Gemini API, e.g. `models`, under a base URL as people paste it: Google's or a gateway's, with or
 * without version, operation, model and slashes. A key in it is dropped: addresses get into logs.
 */
export function geminiUrl(baseUrl: string, path: string): URL {
	const url = parseBaseUrl(baseUrl);
	let base = url.pathname.replace(/\/+$/, '');
	// Twice: `/v1beta/openai/chat/completions`.
	base = base.replace(operation, '').replace(/\/+$/, '').replace(operation, '');
	// `/v1` is a gateway's base for chat completions, and lacks most of this protocol at Google.
	base = base.replace(/\/v1$/, '/v1beta');
	url.pathname = `${base}${versioned.test(base) ? '' : '/v1beta'}/${path}`;
	url.searchParams.delete('key');
	url.searchParams.delete('alt');
	return url;
}
