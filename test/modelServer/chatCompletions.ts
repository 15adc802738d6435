import { chatOf, tokensOf } from './chat.ts';
import type { Chat, ChatImage, ChatTurn } from './chat.ts';
import { textOf } from './script.ts';
import type { Script } from './script.ts';
import type { Wire } from './wire.ts';

interface WireRequest {
	readonly model?: string;
	readonly stream?: boolean;
	readonly stream_options?: { readonly include_usage?: boolean };
	readonly messages?: readonly WireMessage[];
}

interface WireMessage {
	readonly role: string;
	readonly content: string | readonly WirePart[];
}

interface WirePart {
	readonly text?: string;
	readonly image_url?: { readonly url: string };
	readonly file?: { readonly file_data: string };
}

export const chatCompletions: Wire = {
	streamType: 'text/event-stream',

	read(body) {
		const { model = '', stream = false, stream_options: options, messages = [] } = (body ?? {}) as WireRequest;
		const all = messages.map(turnIn);
		return chatOf(
			{
				model,
				stream,
				includeUsage: options?.include_usage ?? false,
				system: all.flatMap(({ role, text }) => (role === 'system' ? text : [])).join('\n'),
			},
			all.filter(({ role }) => role !== 'system'),
		);
	},

	events(chat, steps, script) {
		const { thought, finish = 'stop', end = 'properly', error } = script;
		const text = textOf(steps);
		const extras = extrasOf(text, script);
		const ending = [
			eventOf(chat, { delta: {}, finish_reason: finish }),
			...(chat.includeUsage ? [eventOf(chat, undefined, usageOf(chat, text, script))] : []),
			'data: [DONE]\n\n',
		];
		return [
			eventOf(chat, { delta: { role: 'assistant', content: '' } }),
			...(thought === undefined ? [] : [eventOf(chat, { delta: { reasoning_content: thought } })]),
			...steps.map((step) => (typeof step === 'string' ? eventOf(chat, { delta: { content: step } }) : step)),
			...(Object.keys(extras).length === 0 ? [] : [eventOf(chat, { delta: extras })]),
			...(error ? [`data: ${refusalBody(error.status, error.message, error.code)}\n\n`, 'data: [DONE]\n\n'] : []),
			...(end === 'properly' && !error ? ending : []),
		];
	},

	whole(chat, content, script) {
		const { thought, finish = 'stop', error } = script;
		if (error) {
			return refusalBody(error.status, error.message, error.code);
		}
		const reasoning = thought === undefined ? {} : { reasoning_content: thought };
		const message = { role: 'assistant', content, refusal: null, ...reasoning, ...extrasOf(content, script) };
		const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
		return JSON.stringify({ ...head(chat, 'chat.completion'), choices, usage: usageOf(chat, content, script) });
	},

	refusal: (status, message, code) => ({ status, body: refusalBody(status, message, code) }),

	list(ids) {
		const data = ids.map((id) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'test' }));
		return JSON.stringify({ object: 'list', data });
	},
};

function refusalBody(status: number, message: string, code: string): string {
	const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error';
	return JSON.stringify({ error: { message, type, param: null, code } });
}

function turnIn({ role, content }: WireMessage): ChatTurn {
	const parts: readonly WirePart[] = typeof content === 'string' ? [{ text: content }] : content;
	return {
		role,
		text: parts.flatMap(({ text }) => text ?? []).join('\n'),
		images: parts.flatMap(({ image_url: image }) => dataIn(image?.url)),
		pdfs: parts.flatMap(({ file }) => dataIn(file?.file_data)),
	};
}

function dataIn(url = ''): ChatImage[] {
	const [, mediaType = '', data = ''] = /^data:([^;]+);base64,([A-Za-z0-9+/=]*)$/.exec(url) ?? [];
	return data === '' ? [] : [{ mediaType, bytes: Buffer.from(data, 'base64') }];
}

/** Members of the message that are no text: OpenAI's, and OpenRouter's `images`. */
function extrasOf(text: string, { images = [], sources = [], calls = [] }: Script): object {
	return {
		...(images.length === 0
			? {}
			: {
					images: images.map(({ mediaType, bytes }) => ({
						type: 'image_url',
						image_url: { url: `data:${mediaType};base64,${bytes.toString('base64')}` },
					})),
				}),
		...(sources.length === 0
			? {}
			: {
					annotations: sources.map(({ uri, title, quote }) => {
						const start = Array.from(text.slice(0, text.indexOf(quote))).length;
						const end = start + Array.from(quote).length;
						return { type: 'url_citation', url_citation: { url: uri, title, start_index: start, end_index: end } };
					}),
				}),
		...(calls.length === 0
			? {}
			: {
					tool_calls: calls.map(({ name, arguments: given }, index) => ({
						index,
						id: `call_${index}`,
						type: 'function',
						function: { name, arguments: JSON.stringify(given) },
					})),
				}),
	};
}

function eventOf(chat: Chat, choice: object | undefined, usage?: object): string {
	const choices = choice === undefined ? [] : [{ index: 0, finish_reason: null, ...choice }];
	return `data: ${JSON.stringify({ ...head(chat, 'chat.completion.chunk'), choices, ...(usage ? { usage } : {}) })}\n\n`;
}

function head(chat: Chat, object: string): object {
	return { id: 'chatcmpl-test', object, created: 1_760_000_000, model: chat.model };
}

function usageOf(chat: Chat, text: string, { thought }: Script): object {
	const { prompt, answer, thoughts } = tokensOf(chat, text, thought);
	return {
		prompt_tokens: prompt,
		completion_tokens: answer + thoughts,
		total_tokens: prompt + answer + thoughts,
		...(thoughts > 0 ? { completion_tokens_details: { reasoning_tokens: thoughts } } : {}),
	};
}
