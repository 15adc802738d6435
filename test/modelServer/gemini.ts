import { chatOf, tokensOf } from './chat.ts';
import type { Chat, ChatImage } from './chat.ts';
import { textOf } from './script.ts';
import type { Script, Step } from './script.ts';
import type { Wire } from './wire.ts';

interface WireRequest {
	readonly contents?: readonly WireContent[];
	readonly systemInstruction?: WireContent;
}

interface WireContent {
	readonly role?: string;
	readonly parts?: readonly WirePart[];
}

interface WirePart {
	readonly text?: string;
	readonly inlineData?: { readonly mimeType: string; readonly data: string };
}

const finishReasons: Readonly<Record<string, string>> = {
	stop: 'STOP',
	length: 'MAX_TOKENS',
	content_filter: 'SAFETY',
};

const statuses: Readonly<Record<number, string>> = {
	400: 'INVALID_ARGUMENT',
	401: 'UNAUTHENTICATED',
	403: 'PERMISSION_DENIED',
	404: 'NOT_FOUND',
	429: 'RESOURCE_EXHAUSTED',
	503: 'UNAVAILABLE',
};

/** A model's operation, e.g. `/v1beta/models/x:generateContent`. */
const operation = /^\/v1beta\/(?:models\/)?(.+):(generateContent|streamGenerateContent)$/;

/** Server-sent events, or the elements of a JSON array where nobody asked for those. */
export function gemini(sse: boolean): Wire {
	const framed = (payloads: readonly (object | Promise<unknown>)[]): Step[] =>
		sse ? payloads.map((payload) => framedEvent(payload)) : framedArray(payloads);
	return {
		streamType: sse ? 'text/event-stream' : 'application/json; charset=UTF-8',

		read(body, path) {
			const [, model = '', name = ''] = operation.exec(path) ?? [];
			const { contents = [], systemInstruction } = (body ?? {}) as WireRequest;
			const system = (systemInstruction?.parts ?? []).map(({ text = '' }) => text).join('\n');
			return chatOf(
				{ model, stream: name === 'streamGenerateContent', includeUsage: true, system },
				contents.map(({ role = 'user', parts = [] }) => ({
					role: role === 'model' ? 'assistant' : role,
					text: parts.flatMap(({ text }) => text ?? []).join('\n'),
					images: parts.flatMap((part) => dataIn(part, /^image\//)),
					pdfs: parts.flatMap((part) => dataIn(part, /pdf$/)),
				})),
			);
		},

		events(chat, steps, script) {
			const { thought, end = 'properly', error, blockReason } = script;
			const text = textOf(steps);
			if (blockReason !== undefined) {
				return framed([blocked(chat, blockReason)]);
			}
			const last = { parts: extraParts(script), ...endingOf(text, script) };
			return framed([
				...(thought === undefined ? [] : [candidate(chat, { parts: [{ text: thought, thought: true }] })]),
				...steps.map((step) => (step instanceof Promise ? step : candidate(chat, { parts: [{ text: String(step) }] }))),
				...(end === 'properly' && !error ? [candidate(chat, last, usageOf(chat, text, script))] : []),
				...(error ? [refusalOf(error.status, error.message, error.code)] : []),
			]);
		},

		whole(chat, text, script) {
			const { thought, error, blockReason } = script;
			if (error) {
				return JSON.stringify(refusalOf(error.status, error.message, error.code));
			}
			if (blockReason !== undefined) {
				return JSON.stringify(blocked(chat, blockReason));
			}
			const parts = [
				...(thought === undefined ? [] : [{ text: thought, thought: true }]),
				...(text === '' ? [] : [{ text }]),
				...extraParts(script),
			];
			const ending = endingOf(text, script, thought === undefined ? 0 : 1);
			return JSON.stringify(candidate(chat, { parts, ...ending }, usageOf(chat, text, script)), null, 2);
		},

		refusal: (status, message, code) => ({ status, body: JSON.stringify(refusalOf(status, message, code), null, 2) }),

		list(ids) {
			const models = ids.map((id) => ({
				name: `models/${id}`,
				displayName: id,
				inputTokenLimit: 1_048_576,
				outputTokenLimit: 65_536,
				supportedGenerationMethods: ['generateContent', 'countTokens'],
			}));
			return JSON.stringify({ models });
		},
	};
}

function framedEvent(payload: object | Promise<unknown>): Step {
	return payload instanceof Promise ? payload : `data: ${JSON.stringify(payload)}\r\n\r\n`;
}

function framedArray(payloads: readonly (object | Promise<unknown>)[]): Step[] {
	let begun = false;
	const elements = payloads.map((payload): Step => {
		if (payload instanceof Promise) {
			return payload;
		}
		const element = `${begun ? ',\r\n' : '['}${JSON.stringify(payload, null, 2)}\n`;
		begun = true;
		return element;
	});
	return [...elements, ']'];
}

function dataIn({ inlineData }: WirePart, type: RegExp): ChatImage[] {
	return inlineData && type.test(inlineData.mimeType)
		? [{ mediaType: inlineData.mimeType, bytes: Buffer.from(inlineData.data, 'base64') }]
		: [];
}

function candidate(chat: Chat, { parts, ...rest }: { readonly parts: readonly object[] }, usage?: object): object {
	const content = { ...(parts.length === 0 ? {} : { parts }), role: 'model' };
	return {
		candidates: [{ content, ...rest, index: 0 }],
		...(usage ? { usageMetadata: usage } : {}),
		modelVersion: chat.model,
		responseId: 'test',
	};
}

function blocked(chat: Chat, blockReason: string): object {
	return { promptFeedback: { blockReason }, modelVersion: chat.model, usageMetadata: { promptTokenCount: 1 } };
}

function extraParts({ images = [], calls = [] }: Script): object[] {
	return [
		...images.map(({ mediaType, bytes }) => ({
			inlineData: { mimeType: mediaType, data: bytes.toString('base64') },
		})),
		...calls.map(({ name, arguments: args }) => ({ functionCall: { name, args } })),
	];
}

/** What stands beside the last parts. `part` is where the text is among them. */
function endingOf(text: string, script: Script, part = 0): object {
	const { finish = 'stop', continuationToken, sources = [], queries = [] } = script;
	const groundingMetadata = {
		...(queries.length === 0 ? {} : { webSearchQueries: queries }),
		searchEntryPoint: { renderedContent: '<div>Search suggestions</div>' },
		groundingChunks: sources.map(({ uri, title }) => ({ web: { uri, title } })),
		groundingSupports: sources.map(({ quote }, index) => {
			const startIndex = Buffer.byteLength(text.slice(0, text.indexOf(quote)));
			return {
				segment: {
					...(part === 0 ? {} : { partIndex: part }),
					...(startIndex === 0 ? {} : { startIndex }),
					endIndex: startIndex + Buffer.byteLength(quote),
					text: quote,
				},
				groundingChunkIndices: [index],
			};
		}),
	};
	return {
		finishReason: continuationToken === undefined ? (finishReasons[finish] ?? finish) : 'CONTINUATION',
		...(continuationToken === undefined ? {} : { continuationToken }),
		...(sources.length + queries.length === 0 ? {} : { groundingMetadata }),
	};
}

function refusalOf(code: number, message: string, reason: string): object {
	const details = reason === '' ? {} : { details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] };
	return { error: { code, message, status: statuses[code] ?? 'INTERNAL', ...details } };
}

function usageOf(chat: Chat, text: string, { thought }: Script): object {
	const { prompt, images, thoughts, answer } = tokensOf(chat, text, thought);
	return {
		promptTokenCount: prompt,
		candidatesTokenCount: answer,
		...(thoughts === 0 ? {} : { thoughtsTokenCount: thoughts }),
		totalTokenCount: prompt + answer + thoughts,
		promptTokensDetails: [
			{ modality: 'TEXT', tokenCount: prompt - images },
			...(images === 0 ? [] : [{ modality: 'IMAGE', tokenCount: images }]),
		],
	};
}
