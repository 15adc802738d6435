import { isObject, objectsOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** A model as its server lists it. */
export interface ListedModel {
	readonly id: string;
	/** Undefined where the server does not say: most do not. */
	readonly seesImages?: boolean | undefined;
	/** Whether PDF files can be sent as they are. */
	readonly takesPdfs?: boolean | undefined;
	/** In tokens. */
	readonly contextLength?: number | undefined;
}

/** A model, and whether it can be asked at all: lists name what embeds or draws, too. */
export interface ListEntry extends ListedModel {
	readonly answers: boolean;
}

/**
 * The models in a server's list: `{data: […]}`, `{models: […]}` or the array alone, which the decoder gives as its
 * elements. Undefined when it is no list.
 */
export function entriesIn(payloads: readonly JsonObject[]): readonly ListEntry[] | undefined {
	const [first] = payloads;
	if (first === undefined) {
		return undefined;
	}
	const isList = 'data' in first || 'models' in first;
	if (!isList && idOf(first) === undefined) {
		return undefined;
	}
	// Ollama without models has `data: null`. llama.cpp has both, with other things known of the same models.
	const read = (list: unknown): readonly ListEntry[] => objectsOf(list).flatMap((entry) => entryOf(entry) ?? []);
	return isList ? withDetails(read(first['data']), read(first['models'])) : read(payloads);
}

/** The first list, with what the second knows beyond it. Models of which only the second knows come last. */
export function withDetails(list: readonly ListEntry[], details: readonly ListEntry[]): readonly ListEntry[] {
	const merged = new Map(list.map((entry) => [entry.id, entry]));
	for (const detail of details) {
		const known = merged.get(detail.id);
		merged.set(detail.id, {
			id: detail.id,
			answers: (known?.answers ?? true) && detail.answers,
			seesImages: known?.seesImages ?? detail.seesImages,
			takesPdfs: known?.takesPdfs ?? detail.takesPdfs,
			contextLength: known?.contextLength ?? detail.contextLength,
		});
	}
	return [...merged.values()];
}

/** What one object of a list says, in the words of the servers that say anything (protocols.md 5). */
function entryOf(entry: JsonObject): ListEntry | undefined {
	const id = idOf(entry);
	if (id === undefined) {
		return undefined;
	}
	const inputs = modalities(entry, 'input');
	const outputs = modalities(entry, 'output');
	const byProtocol = geminiEntry(id, entry);
	const seesImages =
		byProtocol?.seesImages ?? (inputs && includesAny(inputs, ['image', 'vision'])) ?? saysItSees(entry);
	return {
		id,
		answers: byProtocol?.answers ?? (answersByWord(entry, outputs) && !otherWork.test(id)),
		seesImages,
		// OpenRouter reads PDFs for models that do not: a list without "file" proves nothing.
		takesPdfs:
			byProtocol?.takesPdfs ?? (inputs && includesAny(inputs, ['file', 'pdf']) ? true : saysItTakesPdfs(entry)),
		contextLength: contextLengthOf(entry),
	};
}

function idOf(entry: JsonObject): string | undefined {
	// LM Studio's own list says "key"; Ollama's and Gemini's say "name".
	const id = textOf(entry['id']) ?? textOf(entry['key']) ?? textOf(entry['name']);
	return id?.replace(/^models\//, '');
}

/** Names of models that embed, speak, listen, draw or judge: a hint that is only used where nothing better is said. */
const otherWork =
	/embed|\bbge-|whisper|\btts\b|-tts|transcribe|moderation|dall-e|realtime|rerank|\bimagen|\bveo\b|\bsora\b|\baqa\b|native-audio|\blive\b|gpt-image|stable-diffusion|\bflux\b/i;

/** Gemini's list names what can be done with a model, not what it sees: all but the old and the small see. */
function geminiEntry(id: string, entry: JsonObject): Omit<ListEntry, 'id'> | undefined {
	const methods = entry['supportedGenerationMethods'];
	if (!Array.isArray(methods)) {
		return undefined;
	}
	const isGemini = /^gemini/i.test(id);
	const gemma = /^gemma-(\d+)/i.exec(id)?.[1];
	return {
		answers: methods.includes('generateContent') && !otherWork.test(id),
		seesImages: isGemini || (gemma === undefined ? undefined : Number(gemma) >= 3 && !/-1b\b/i.test(id)),
		takesPdfs: isGemini || (gemma === undefined ? undefined : false),
	};
}

function modalities(entry: JsonObject, side: 'input' | 'output'): readonly string[] | undefined {
	const { architecture, modalities: own } = entry;
	const list = [
		isObject(architecture) ? architecture[`${side}_modalities`] : undefined,
		isObject(own) ? own[side] : undefined,
		entry[`${side}_modalities`],
		entry[`supported_${side}_modalities`],
	].find(Array.isArray);
	return list?.map((word) => String(word).toLowerCase());
}

function includesAny(words: readonly string[], wanted: readonly string[]): boolean {
	return wanted.some((word) => words.includes(word));
}

function saysItSees({ capabilities, type, ...entry }: JsonObject): boolean | undefined {
	if (Array.isArray(capabilities)) {
		// Ollama says "vision", llama.cpp "multimodal", which may be audio alone: /props knows.
		const saysAll = capabilities.includes('completion') && !capabilities.includes('multimodal');
		return capabilities.includes('vision') || (saysAll ? false : undefined);
	}
	const said = isObject(capabilities)
		? (yesOrNo(capabilities['vision']) ?? yesOrNo(capabilities['image_input']) ?? supports(capabilities, 'vision'))
		: undefined;
	// LM Studio's older list tells by the type.
	const byType = type === 'vlm' ? true : type === 'llm' && 'compatibility_type' in entry ? false : undefined;
	return said ?? byType ?? yesOrNo(entry['supports_image_input']) ?? yesOrNo(entry['supports_vision']);
}

function saysItTakesPdfs({ capabilities, ...entry }: JsonObject): boolean | undefined {
	return (
		(isObject(capabilities) ? yesOrNo(capabilities['pdf_input']) : undefined) ?? yesOrNo(entry['supports_pdf_input'])
	);
}

function supports({ supports: said }: JsonObject, what: string): boolean | undefined {
	return isObject(said) ? yesOrNo(said[what]) : undefined;
}

/** `true` or, as Anthropic writes it, `{"supported": true}`. */
function yesOrNo(value: unknown): boolean | undefined {
	const said = isObject(value) ? value['supported'] : value;
	return typeof said === 'boolean' ? said : undefined;
}

function answersByWord({ type, capabilities, supports_chat: chats }: JsonObject, outputs?: readonly string[]): boolean {
	const embeds =
		Array.isArray(capabilities) && capabilities.includes('embedding') && !capabilities.includes('completion');
	const draws = outputs !== undefined && outputs.length > 0 && !outputs.includes('text');
	const isChat = !isObject(capabilities) || capabilities['completion_chat'] !== false;
	return !embeds && !draws && isChat && chats !== false && !/^(?:embeddings?|image|audio|rerank)$/.test(String(type));
}

const lengthNames = [
	'context_length',
	'max_context_length',
	'inputTokenLimit',
	'max_input_tokens',
	'max_model_len',
	'context_window',
	'n_ctx_train',
] as const;

function contextLengthOf(entry: JsonObject): number | undefined {
	const info = entry['model_info'];
	const values = [
		...lengthNames.map((name) => entry[name]),
		...(isObject(entry['meta']) ? lengthNames.map((name) => (entry['meta'] as JsonObject)[name]) : []),
		// Ollama puts the architecture's name before it.
		...(isObject(info)
			? Object.entries(info).flatMap(([name, value]) => (/\.context_length$/.test(name) ? [value] : []))
			: []),
	];
	return values.find((value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0);
}
