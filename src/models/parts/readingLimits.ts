import { isLoopback } from '../../client/transport/baseUrl.ts';
import type { Endpoint } from '../../client/endpoint.ts';

/** How much of files a model takes at once. */
export interface ReadingLimits {
	/** For all files of a conversation, leaving room for instructions, earlier turns and the answer. */
	readonly tokens: number;
	/** What the picture of a page costs. */
	readonly pictureTokens: number;
	/** How many pictures of pages. */
	readonly pictures: number;
	/** The longest side at which the model sees a picture, px: more is wasted, less loses small print. */
	readonly pictureSide: number;
}

/** What a server takes of a PDF that is sent as it is. */
export interface NativePdf {
	/** Of the file, before base64. */
	readonly bytes: number;
	readonly pages: number;
	/** What a page costs, its picture included; its text may cost on top of it. */
	readonly pageTokens: number;
	readonly textIsCharged: boolean;
	/** A server that turns pages into text itself takes PDFs for models that see nothing. */
	readonly forBlindModels: boolean;
}

type Target = Pick<Endpoint, 'baseUrl'> & { readonly protocol: string };

interface Family {
	readonly name: RegExp;
	/** In tokens. */
	readonly context: number;
	readonly pictureTokens: number;
	readonly pictureSide: number;
}

/**
 * By the model's name, the first that fits. Contexts as their makers document them; pictures by protocols.md 4.2
 * (OpenAI: patches times multiplier, or tiles), 4.3 (Gemini 3: 1120; 2.x: tiles of 258) and 4.4 (Anthropic).
 */
const families: readonly Family[] = [
	{ name: /gemini-[3-9]/i, context: 1_000_000, pictureTokens: 1_120, pictureSide: 2_048 },
	{ name: /gemini/i, context: 1_000_000, pictureTokens: 1_548, pictureSide: 2_048 },
	{ name: /gpt-4\.1/i, context: 1_000_000, pictureTokens: 2_500, pictureSide: 1_568 },
	{ name: /gpt-4o-mini/i, context: 128_000, pictureTokens: 36_839, pictureSide: 1_568 },
	{ name: /gpt-4o/i, context: 128_000, pictureTokens: 1_105, pictureSide: 1_568 },
	{ name: /gpt-[5-9]/i, context: 270_000, pictureTokens: 2_500, pictureSide: 2_048 },
	{ name: /(?:^|\/)o[134](?:-|$)/i, context: 200_000, pictureTokens: 2_640, pictureSide: 1_568 },
	{ name: /claude/i, context: 200_000, pictureTokens: 1_600, pictureSide: 1_568 },
	{
		name: /grok|qwen|llama-?4|mistral|pixtral|glm|kimi|deepseek/i,
		context: 128_000,
		pictureTokens: 1_600,
		pictureSide: 1_568,
	},
];

/** What no table knows: small enough for most that are served today. */
const unknownFamily: Omit<Family, 'name'> = { context: 64_000, pictureTokens: 1_600, pictureSide: 1_568 };

/** A server on this machine, which says so when a request is longer than it takes. */
const local: Omit<Family, 'name'> = { context: 16_384, pictureTokens: 700, pictureSide: 1_024 };

/**
 * Ollama's context is 4096 unless set otherwise, cannot be set over `/v1`, and what is longer is cut without a word
 * (protocols.md 4.5): an answer about what the model never saw would be a lie.
 */
const ollama: Omit<Family, 'name'> = { ...local, context: 4_096 };

const ollamaPort = '11434';

/** Of the context; the rest is for instructions, earlier turns, thoughts and the answer. */
const shareForFiles = 0.7;

/** Beyond this nobody wants to pay for a question, or to wait for its answer. */
const mostTokens = 400_000;

/** Some gateways drop what is more without a word (protocols.md 4.1). */
const mostPictures = 16;

/** @param contextTokens What the server's own list says of the model, if it does. */
export function readingLimits(target: Target, model: string, contextTokens: number | undefined): ReadingLimits {
	const { context, pictureTokens, pictureSide } = familyOf(new URL(target.baseUrl), model);
	const tokens = Math.min(mostTokens, Math.floor((contextTokens ?? context) * shareForFiles));
	return { tokens, pictureTokens, pictureSide, pictures: Math.min(mostPictures, Math.floor(tokens / pictureTokens)) };
}

function familyOf({ hostname, port }: URL, model: string): Omit<Family, 'name'> {
	if (port === ollamaPort) {
		return ollama;
	}
	return isLoopback(hostname) ? local : (families.find(({ name }) => name.test(model)) ?? unknownFamily);
}

/** Base64 makes a third more of it, and the whole request may have 20 MB (protocols.md 4.1). */
const inlineOf20 = 14_000_000;

const gemini3: NativePdf = {
	bytes: inlineOf20,
	pages: 1_000,
	pageTokens: 560,
	textIsCharged: false,
	forBlindModels: false,
};
const gemini2: NativePdf = { ...gemini3, pageTokens: 258, textIsCharged: true };
/** protocols.md 1.1: text and the picture of each page both count. 50 MB for all files, of which base64 is a third more. */
const openai: NativePdf = {
	bytes: 36_000_000,
	pages: 1_000,
	pageTokens: 1_105,
	textIsCharged: true,
	forBlindModels: false,
};
/** protocols.md 4.4: 32 MB a request, 100 pages. */
const anthropic: NativePdf = {
	bytes: 22_000_000,
	pages: 100,
	pageTokens: 1_600,
	textIsCharged: true,
	forBlindModels: false,
};
/** Tried once; the client remembers a refusal. Small, as the file travels in vain where it is refused. */
const unknown: NativePdf = {
	bytes: 7_000_000,
	pages: 100,
	pageTokens: 1_600,
	textIsCharged: true,
	forBlindModels: false,
};

const byModel: readonly (readonly [RegExp, NativePdf])[] = [
	[/gemini-[3-9]/i, gemini3],
	[/gemini/i, gemini2],
	[/gpt-4o|gpt-4\.1|gpt-[5-9]|(?:^|\/)o[134](?:-|$)/i, openai],
	[/claude/i, anthropic],
];

/** Hosts whose chat completions take no PDF (protocols.md 1.1): Azure's, and Gemini's imitation of OpenAI. */
const withoutPdf = /\.openai\.azure\.com$|^generativelanguage\.googleapis\.com$/;

/** Undefined where a PDF as a file is known to be refused. */
export function nativePdf(target: Target, model: string): NativePdf | undefined {
	const { hostname } = new URL(target.baseUrl);
	if (target.protocol === 'gemini') {
		return /gemini-[3-9]/i.test(model) ? gemini3 : gemini2;
	}
	// No vendor of VS Code's models says whether it takes PDF files, and none has a way to refuse one.
	if (target.protocol === 'vscode') {
		return undefined;
	}
	// Ollama, LM Studio, llama.cpp and vLLM take none.
	if (isLoopback(hostname) || withoutPdf.test(hostname)) {
		return undefined;
	}
	const limits = byModel.find(([name]) => name.test(model))?.[1] ?? unknown;
	return /(?:^|\.)openrouter\.ai$/.test(hostname) ? { ...limits, forBlindModels: true } : limits;
}

/** About what a text costs: four letters a token, or one character of a script without spaces. */
export function tokensOf(text: string): number {
	const dense = text.match(denseCharacters)?.length ?? 0;
	return Math.ceil(dense + (text.length - dense) / lettersOfToken);
}

const lettersOfToken = 3.6;

const denseCharacters =
	/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/g;
