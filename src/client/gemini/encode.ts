import { Base64Text } from '../body/body.ts';
import { geminiModel } from './families.ts';
import { thinkingConfig } from './thinking.ts';
import { defined } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { ImagePart, Parameters, Part, PdfPart, Request, TextPart, Turn, WebSearch } from '../request.ts';

/** The JSON body that asks for an answer, with a `Base64Text` for each file (protocols.md 1.2). */
export function encode(request: Request): JsonObject {
	const { model, system = '', parameters = {} } = request;
	const { safety = [], webSearch } = parameters;
	const { gemma } = geminiModel(model);
	const turns = gemma ? withSystemInFirstTurn(request.turns, system) : request.turns;
	const generationConfig = generationConfigOf(request);
	return {
		contents: contentsOf(turns, partEncoder(request)),
		...(gemma || system === '' ? {} : { systemInstruction: { parts: [{ text: system }] } }),
		...(Object.keys(generationConfig).length === 0 ? {} : { generationConfig }),
		...(safety.length === 0 ? {} : { safetySettings: safety }),
		...(webSearch?.enabled === true ? { tools: [{ googleSearch: searchRange(webSearch) }] } : {}),
	};
}

/** For Gemma, which has no system instruction. */
function withSystemInFirstTurn(turns: readonly Turn[], system: string): readonly Turn[] {
	const first = turns.findIndex(({ role }) => role === 'user');
	if (system === '') {
		return turns;
	}
	return turns.map((turn, index) => (index === first ? { ...turn, parts: withTextFirst(turn.parts, system) } : turn));
}

function withTextFirst(parts: readonly Part[], text: string): readonly Part[] {
	const first = parts.findIndex(({ kind }) => kind === 'text');
	if (first === -1) {
		return [{ kind: 'text', text }, ...parts];
	}
	return parts.map((part, index) =>
		index === first && part.kind === 'text' ? { ...part, text: `${text}\n\n${part.text}` } : part,
	);
}

/** Without turns that say nothing, and without an answer begun for the model: newer ones refuse to go on from it. */
function contentsOf(turns: readonly Turn[], encodePart: (part: Part) => JsonObject): JsonObject[] {
	const lastAsked = turns.findLastIndex(({ role }) => role === 'user');
	return turns.slice(0, lastAsked + 1).flatMap(({ role, parts }) => {
		const spoken = parts.filter((part) => part.kind !== 'text' || part.text !== '' || part.signature !== undefined);
		return spoken.length === 0
			? []
			: [{ role: role === 'user' ? 'user' : 'model', parts: spoken.map((part) => encodePart(part)) }];
	});
}

function generationConfigOf({ model, parameters = {}, output }: Request): JsonObject {
	const { temperature, topP, topK, maxOutputTokens, stopSequences = [], seed, thinking, imageOutput } = parameters;
	const { gemma, generation } = geminiModel(model);
	// Before Gemini 3, a search and a schema exclude each other.
	const json = gemma || (parameters.webSearch?.enabled === true && (generation ?? 3) < 3) ? undefined : output;
	return defined({
		temperature,
		topP,
		topK,
		maxOutputTokens,
		stopSequences: stopSequences.length === 0 ? undefined : stopSequences,
		seed,
		responseMimeType: json && 'application/json',
		responseJsonSchema: json?.schema,
		responseModalities: imageOutput && ['TEXT', 'IMAGE'],
		imageConfig: imageOutput && imageConfigOf(imageOutput),
		mediaResolution: wholeResolution(model, parameters),
		thinkingConfig: thinking && thinkingConfig(model, thinking),
	});
}

function imageConfigOf({ aspectRatio, imageSize }: NonNullable<Parameters['imageOutput']>): JsonObject | undefined {
	const config = defined({ aspectRatio, imageSize });
	return Object.keys(config).length === 0 ? undefined : config;
}

function searchRange({ startTime, endTime }: WebSearch): JsonObject {
	return startTime === undefined || endTime === undefined ? {} : { timeRangeFilter: { startTime, endTime } };
}

const resolutions = {
	low: 'MEDIA_RESOLUTION_LOW',
	medium: 'MEDIA_RESOLUTION_MEDIUM',
	high: 'MEDIA_RESOLUTION_HIGH',
	'ultra-high': 'MEDIA_RESOLUTION_ULTRA_HIGH',
} as const;

/** The finest is for parts only, and those know a resolution of their own since Gemini 3. */
function isFinestByPart(model: string): boolean {
	const { generation, gemma } = geminiModel(model);
	return !gemma && (generation ?? 3) >= 3;
}

function wholeResolution(model: string, { mediaResolution }: Parameters): string | undefined {
	if (mediaResolution !== 'ultra-high') {
		return mediaResolution && resolutions[mediaResolution];
	}
	return isFinestByPart(model) ? undefined : resolutions.high;
}

function partEncoder({ model, parameters = {} }: Request): (part: Part) => JsonObject {
	const byPart = parameters.mediaResolution === 'ultra-high' && isFinestByPart(model);
	const level = (name: keyof typeof resolutions): JsonObject =>
		byPart ? { mediaResolution: { level: resolutions[name] } } : {};
	return (part) => {
		switch (part.kind) {
			case 'text':
				return { text: part.text, ...signatureOf(part) };
			case 'image':
				return { ...fileOf(part.mediaType, part.content), ...level('ultra-high'), ...signatureOf(part) };
			case 'pdf':
				// Pages know nothing finer.
				return { ...fileOf('application/pdf', part.content), ...level('high') };
		}
	};
}

function signatureOf({ signature }: TextPart | ImagePart): JsonObject {
	return defined({ thoughtSignature: signature });
}

function fileOf(mimeType: string, content: (ImagePart | PdfPart)['content']): JsonObject {
	return content instanceof URL
		? { fileData: { mimeType, fileUri: content.href } }
		: { inlineData: { mimeType, data: new Base64Text('', content) } };
}
