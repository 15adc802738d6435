import { Base64Text } from '../body/body.ts';
import {
	isOpenRouter,
	isSearchPreview,
	reasoningEffort,
	takesDetail,
	takesSampling,
	takesTopK,
	tokenField,
} from './dialect.ts';
import type { Target } from './dialect.ts';
import { defined } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { ImagePart, JsonOutput, Parameters, Part, Request, Turn } from '../request.ts';

/** Path of the operation under the base URL. */
export const operation = 'chat/completions';

/** The JSON body that asks for an answer, with a `Base64Text` for each file (protocols.md 1.1). */
export function encode(request: Request, hostname: string): JsonObject {
	const { model, system, parameters = {}, output } = request;
	const { stream = true } = parameters;
	const target = { model, hostname };
	const turns = withDrawnImagesAsked(request.turns);
	return {
		model,
		messages: [
			...(system === undefined ? [] : [{ role: 'system', content: system }]),
			...turns.map((turn) => encodeTurn(turn, detailOf(target, parameters))),
		],
		stream,
		// New-API drops the chunk that ends the answer unless asked for usage (protocols.md 7.1, row 18).
		...(stream ? { stream_options: { include_usage: true } } : {}),
		...encodeParameters(target, parameters),
		...(output === undefined ? {} : { response_format: encodeOutput(output) }),
	};
}

function encodeParameters(target: Target, parameters: Parameters): JsonObject {
	const { temperature, topP, topK, maxOutputTokens, stopSequences = [], seed, thinking } = parameters;
	const sampling = takesSampling(target, thinking);
	const members = {
		temperature: sampling ? temperature : undefined,
		top_p: sampling ? topP : undefined,
		top_k: takesTopK(target) ? topK : undefined,
		[tokenField(target)]: maxOutputTokens,
		stop: stopSequences.length === 0 ? undefined : stopSequences,
		seed,
		reasoning_effort: reasoningEffort(target, thinking),
		// There is no common form: other models search by their name or not at all.
		web_search_options: parameters.webSearch?.enabled === true && isSearchPreview(target.model) ? {} : undefined,
		...(isOpenRouter(target.hostname) ? encodeImageOutput(parameters.imageOutput) : {}),
	};
	return defined(members);
}

function encodeImageOutput(imageOutput: Parameters['imageOutput']): JsonObject {
	if (!imageOutput) {
		return {};
	}
	const config = defined({ aspect_ratio: imageOutput.aspectRatio, image_size: imageOutput.imageSize });
	return { modalities: ['image', 'text'], image_config: Object.keys(config).length === 0 ? undefined : config };
}

function encodeOutput({ name, schema }: JsonOutput): JsonObject {
	return { type: 'json_schema', json_schema: { name, strict: true, schema } };
}

/** `original` is a word of another protocol of OpenAI's. */
function detailOf(target: Target, { imageDetail = 'auto' }: Parameters): string | undefined {
	if (imageDetail === 'auto' || !takesDetail(target)) {
		return undefined;
	}
	return imageDetail === 'original' ? 'high' : imageDetail;
}

/** An assistant's message holds no images: those that a model drew go along with the next question about them. */
function withDrawnImagesAsked(turns: readonly Turn[]): readonly Turn[] {
	return turns.map((turn, index) => {
		const before = turns[index - 1];
		return turn.role === 'user' && before?.role === 'assistant'
			? { ...turn, parts: [...before.parts.filter((part) => part.kind === 'image'), ...turn.parts] }
			: turn;
	});
}

function encodeTurn({ role, name, parts }: Turn, detail: string | undefined): JsonObject {
	const [first] = parts;
	// Servers of one's own machine know plain text best, and none takes an assistant's parts for granted.
	if (role === 'assistant') {
		return defined({ role, name, content: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') });
	}
	return defined({
		role,
		name,
		content: parts.length === 1 && first?.kind === 'text' ? first.text : parts.map((part) => encodePart(part, detail)),
	});
}

function encodePart(part: Part, detail: string | undefined): JsonObject {
	switch (part.kind) {
		case 'text':
			return { type: 'text', text: part.text };
		case 'image':
			return { type: 'image_url', image_url: defined({ url: dataOrUrl(part.mediaType, part.content), detail }) };
		case 'pdf':
			return {
				type: 'file',
				file: { filename: part.name, file_data: dataOrUrl('application/pdf', part.content) },
			};
	}
}

function dataOrUrl(mediaType: string, content: ImagePart['content']): Base64Text | string {
	return content instanceof URL ? content.href : new Base64Text(`data:${mediaType};base64,`, content);
}
