import { Base64Text } from './body.ts';
import { isLoopback } from './baseUrl.ts';
import type { JsonObject } from './json.ts';
import type { Part, Request, Turn } from './request.ts';

/** Path of the operation under the base URL. */
export const operation = 'chat/completions';

/** Which name of the token limit a server and model take; the first that fits (protocols.md 1.1). */
const tokenFields: readonly {
	readonly field: 'max_tokens' | 'max_completion_tokens';
	readonly fits: (model: string, hostname: string) => boolean;
}[] = [
	// Ollama ignores the other name silently, and answers without any limit.
	{ field: 'max_tokens', fits: (_model, hostname) => isLoopback(hostname) },
	{ field: 'max_completion_tokens', fits: (_model, hostname) => /(?:^|\.)maxtoken\.io$/.test(hostname) },
	{ field: 'max_completion_tokens', fits: (model) => /(?:^|\/)(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*-chat)/i.test(model) },
];

/** The JSON body that asks for an answer, with a `Base64Text` for each image. */
export function encode(request: Request, hostname: string): JsonObject {
	const { model, system, turns, parameters = {} } = request;
	const { temperature, maxOutputTokens, stream = true } = parameters;
	const tokenField = tokenFields.find(({ fits }) => fits(model, hostname))?.field ?? 'max_tokens';
	return {
		model,
		messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), ...turns.map(encodeTurn)],
		stream,
		// New-API drops the chunk that ends the answer unless asked for usage (protocols.md 7.1, row 18).
		...(stream ? { stream_options: { include_usage: true } } : {}),
		...(temperature === undefined ? {} : { temperature }),
		...(maxOutputTokens === undefined ? {} : { [tokenField]: maxOutputTokens }),
	};
}

function encodeTurn({ role, parts }: Turn): JsonObject {
	const [first] = parts;
	// Servers of one's own machine know plain text best, and none takes an assistant's parts for granted.
	if (role === 'assistant') {
		return { role, content: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') };
	}
	return { role, content: parts.length === 1 && first?.kind === 'text' ? first.text : parts.map(encodePart) };
}

function encodePart(part: Part): JsonObject {
	switch (part.kind) {
		case 'text':
			return { type: 'text', text: part.text };
		case 'image':
			return { type: 'image_url', image_url: { url: dataOrUrl(part.mediaType, part.content) } };
		case 'pdf':
			return {
				type: 'file',
				file: { filename: part.name, file_data: dataOrUrl('application/pdf', part.content) },
			};
	}
}

function dataOrUrl(mediaType: string, content: Uint8Array | URL): Base64Text | string {
	return content instanceof URL ? content.href : new Base64Text(`data:${mediaType};base64,`, content);
}
