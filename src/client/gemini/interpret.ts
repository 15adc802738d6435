import { drawnImage } from '../transcript/drawnImage.ts';
import { interpretGrounding } from './grounding.ts';
import { isObject, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { failOnError } from '../failure/payloadError.ts';
import type { Finish, Transcript } from '../transcript/transcript.ts';
import { count } from '../transcript/usageCounts.ts';

/** `finishReason` (protocols.md 2.2, 2.4); others are `unknown`. */
const finishes: Readonly<Record<string, Finish>> = {
	STOP: 'stop',
	MAX_TOKENS: 'length',
	CONTINUATION: 'length',
	SAFETY: 'blocked',
	RECITATION: 'blocked',
	LANGUAGE: 'blocked',
	BLOCKLIST: 'blocked',
	PROHIBITED_CONTENT: 'blocked',
	SPII: 'blocked',
	IMAGE_SAFETY: 'blocked',
	IMAGE_PROHIBITED_CONTENT: 'blocked',
	IMAGE_RECITATION: 'blocked',
	OTHER: 'failed',
	MALFORMED_FUNCTION_CALL: 'failed',
	MALFORMED_RESPONSE: 'failed',
	MISSING_THOUGHT_SIGNATURE: 'failed',
	UNEXPECTED_TOOL_CALL: 'failed',
	TOO_MANY_TOOL_CALLS: 'failed',
	NO_IMAGE: 'failed',
	IMAGE_OTHER: 'failed',
};

/** Reasons that say that there is none. */
const unspecified = /^(?:FINISH|BLOCK|BLOCKED)_REASON_UNSPECIFIED$/;

/**
 * Writes what one `GenerateContentResponse` says into the transcript. Returns whether it was part of an answer, however
 * hollow. Fails on an error.
 */
export function interpret(payload: JsonObject, transcript: Transcript, key?: string): boolean {
	const { candidates, promptFeedback, usageMetadata, modelVersion } = payload;
	const isAnswer = candidates !== undefined || promptFeedback !== undefined || usageMetadata !== undefined;
	failOnError(payload, isAnswer, key);
	const model = textOf(modelVersion);
	if (model !== undefined) {
		transcript.model(model);
	}
	if (isObject(usageMetadata)) {
		interpretUsage(usageMetadata, transcript);
	}
	const candidate: unknown = Array.isArray(candidates) ? candidates.find(isFirst) : undefined;
	if (isObject(candidate)) {
		interpretCandidate(candidate, transcript);
	} else if (isObject(promptFeedback)) {
		interpretBlock(promptFeedback, transcript);
	}
	return isAnswer || model !== undefined;
}

function isFirst(candidate: unknown): boolean {
	return isObject(candidate) && (candidate['index'] ?? 0) === 0;
}

/** Thoughts and what tools added to the prompt are counted beside the rest; gateways may tell them in the total only. */
function interpretUsage(usage: JsonObject, transcript: Transcript): void {
	const prompt = count(usage['promptTokenCount']);
	const byTools = count(usage['toolUsePromptTokenCount']);
	transcript.usage({
		prompt: prompt + byTools,
		output: prompt === 0 ? 0 : count(usage['totalTokenCount']) - prompt - byTools,
		answer: count(usage['candidatesTokenCount']),
		thoughts: count(usage['thoughtsTokenCount']),
		images: imagesIn(usage['promptTokensDetails']),
		cached: count(usage['cachedContentTokenCount']),
	});
}

/** Pages are counted with them. */
function imagesIn(details: unknown): number {
	let sum = 0;
	for (const detail of Array.isArray(details) ? (details as unknown[]) : []) {
		if (isObject(detail) && (detail['modality'] === 'IMAGE' || detail['modality'] === 'DOCUMENT')) {
			sum += count(detail['tokenCount']);
		}
	}
	return sum;
}

function interpretBlock({ blockReason, blockReasonMessage }: JsonObject, transcript: Transcript): void {
	const code = textOf(blockReason);
	if (code !== undefined && !unspecified.test(code)) {
		transcript.finish('blocked', { code, message: textOf(blockReasonMessage) });
	}
}

function interpretCandidate(candidate: JsonObject, transcript: Transcript): void {
	const { content, finishReason, finishMessage, groundingMetadata, continuationToken } = candidate;
	const partStarts: number[] = [];
	for (const part of isObject(content) && Array.isArray(content['parts']) ? (content['parts'] as unknown[]) : []) {
		partStarts.push(transcript.written);
		if (isObject(part)) {
			interpretPart(part, transcript);
		}
	}
	if (isObject(groundingMetadata)) {
		interpretGrounding(groundingMetadata, partStarts, transcript);
	}
	const token = textOf(continuationToken);
	const code = textOf(finishReason);
	if (code !== undefined && !unspecified.test(code)) {
		transcript.finish(finishes[code.toUpperCase()] ?? 'unknown', { code, message: textOf(finishMessage) });
	}
	if (token !== undefined && code === 'CONTINUATION') {
		transcript.continuation(token);
	}
}

function interpretPart(part: JsonObject, transcript: Transcript): void {
	const { text, thought, inlineData, executableCode, codeExecutionResult, functionCall } = part;
	if (thought === true) {
		// Drafts of images are among the thoughts; nobody wants them.
		transcript.thought(textOf(text) ?? '');
		return;
	}
	const signature = textOf(part['thoughtSignature']);
	if (typeof text === 'string') {
		transcript.text(text);
	}
	if (isObject(inlineData) && interpretData(inlineData, signature, transcript)) {
		return;
	}
	if (isObject(executableCode)) {
		const { language, code } = executableCode;
		transcript.code((textOf(language) ?? '').toLowerCase(), textOf(code) ?? '');
	}
	if (isObject(codeExecutionResult)) {
		const { outcome, output } = codeExecutionResult;
		transcript.codeResult((textOf(outcome) ?? '').toLowerCase().replace(/^outcome_/, ''), textOf(output) ?? '');
	}
	const called = isObject(functionCall) ? textOf(functionCall['name']) : undefined;
	if (isObject(functionCall) && called !== undefined) {
		transcript.call(called, JSON.stringify(functionCall['args'] ?? {}));
	}
	if (signature !== undefined) {
		transcript.signature(signature);
	}
}

/** Returns whether it was an image; sounds and files are nothing that this client shows. */
function interpretData({ mimeType, data }: JsonObject, signature: string | undefined, transcript: Transcript): boolean {
	const mediaType = textOf(mimeType) ?? '';
	if (!/^image\//i.test(mediaType)) {
		return false;
	}
	transcript.image(drawnImage(mediaType, textOf(data) ?? ''), signature);
	return true;
}
