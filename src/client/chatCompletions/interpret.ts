import { imageOfDataUrl } from '../transcript/drawnImage.ts';
import { failureOf } from '../failure/failureOf.ts';
import { isObject, objectsOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { failOnError } from '../failure/payloadError.ts';
import type { Finish, Transcript } from '../transcript/transcript.ts';
import { count } from '../transcript/usageCounts.ts';

/** finish_reason in lower case (protocols.md 2.1); others are `unknown`. */
const finishes: Readonly<Record<string, Finish>> = {
	stop: 'stop',
	end_turn: 'stop',
	stop_sequence: 'stop',
	eos: 'stop',
	eos_token: 'stop',
	complete: 'stop',
	completed: 'stop',
	length: 'length',
	max_tokens: 'length',
	model_length: 'length',
	max_output_tokens: 'length',
	content_filter: 'blocked',
	safety: 'blocked',
	recitation: 'blocked',
	prohibited_content: 'blocked',
	sensitive: 'blocked',
	tool_calls: 'stop',
	function_call: 'stop',
	tool_use: 'stop',
	error: 'failed',
	abort: 'failed',
	network_error: 'failed',
	insufficient_system_resource: 'overloaded',
};

/**
 * Writes what one object of a response says into the transcript. Returns whether it was part of an answer, however
 * hollow. Fails on an error, which may stand beside or instead of an answer (protocols.md 2.1, "Mid-stream errors").
 */
export function interpret(payload: JsonObject, transcript: Transcript, key?: string): boolean {
	const { choices, usage } = payload;
	failOnError(payload, choices !== undefined, key);
	const model = textOf(payload['model']);
	if (model !== undefined) {
		transcript.model(model);
	}
	if (isObject(usage)) {
		interpretUsage(usage, transcript);
	}
	const choice: unknown = Array.isArray(choices) ? choices.find(isFirstChoice) : undefined;
	if (isObject(choice)) {
		interpretChoice(choice, transcript, key);
	}
	return choices !== undefined || usage !== undefined;
}

function isFirstChoice(choice: unknown): boolean {
	return isObject(choice) && (choice['index'] ?? 0) === 0;
}

function interpretUsage(usage: JsonObject, transcript: Transcript): void {
	const prompt = count(usage['prompt_tokens']) || count(usage['input_tokens']);
	const output = count(usage['completion_tokens']) || count(usage['output_tokens']);
	// Some count hidden thoughts in the total only.
	const beyondPrompt = prompt === 0 ? 0 : count(usage['total_tokens']) - prompt;
	const ofPrompt = objectIn(usage['prompt_tokens_details']);
	const ofOutput = objectIn(usage['completion_tokens_details']);
	transcript.usage({
		prompt,
		output: Math.max(output, beyondPrompt),
		thoughts: count(ofOutput['reasoning_tokens']),
		images: count(ofPrompt['image_tokens']),
		// DeepSeek's stands beside the details.
		cached: count(ofPrompt['cached_tokens']) || count(usage['prompt_cache_hit_tokens']),
	});
}

const nothing: JsonObject = {};

function objectIn(value: unknown): JsonObject {
	return isObject(value) ? value : nothing;
}

function interpretChoice(choice: JsonObject, transcript: Transcript, key: string | undefined): void {
	if (isObject(choice['error'])) {
		throw failureOf({ status: 200, body: choice['error'], key });
	}
	const { delta, message } = choice;
	const reason = textOf(choice['finish_reason']);
	if (isObject(delta)) {
		interpretMessage(delta, transcript);
	} else if (isObject(message) && !transcript.visible) {
		interpretMessage(message, transcript);
		if (reason === undefined) {
			// A whole message has ended, even if its server does not say how.
			transcript.finish('unknown');
		}
	}
	if (reason !== undefined) {
		transcript.finish(finishes[reason.toLowerCase()] ?? 'unknown', { code: reason });
	}
}

function interpretMessage(message: JsonObject, transcript: Transcript): void {
	const { content, reasoning_content: reasoningContent, reasoning, reasoning_details: details, refusal } = message;
	const thought = textOf(reasoningContent) ?? textOf(reasoning) ?? (details === undefined ? '' : detailsText(details));
	if (thought !== '') {
		transcript.thought(thought);
	}
	if (typeof content === 'string') {
		transcript.text(content);
	} else if (Array.isArray(content)) {
		content.forEach((part: unknown) => interpretPart(part, transcript));
	}
	if (typeof refusal === 'string') {
		transcript.refusal(refusal);
	}
	interpretImages(message['images'], transcript);
	interpretAnnotations(message['annotations'], transcript);
	interpretCalls(message, transcript);
}

/** OpenRouter's. */
function interpretImages(images: unknown, transcript: Transcript): void {
	if (images !== undefined) {
		objectsOf(images).forEach((image) => interpretImage(image['image_url'], transcript));
	}
}

/** A URL that is not its own data is nothing to fetch: the host of an answer's image is anybody's. */
function interpretImage(image: unknown, transcript: Transcript): void {
	const url = textOf(isObject(image) ? image['url'] : image) ?? '';
	if (/^data:/i.test(url)) {
		transcript.image(imageOfDataUrl(url));
	}
}

/** OpenAI's and OpenRouter's; the second often leaves the place out, or at 0. */
function interpretAnnotations(annotations: unknown, transcript: Transcript): void {
	if (annotations === undefined) {
		return;
	}
	for (const { type, url_citation: citation } of objectsOf(annotations)) {
		if (type === 'url_citation' && isObject(citation)) {
			transcript.cite({
				uri: textOf(citation['url']) ?? '',
				title: textOf(citation['title']) ?? '',
				place: {
					unit: 'code-point',
					start: count(citation['start_index']),
					end: count(citation['end_index']),
					from: [0],
				},
			});
		}
	}
}

function interpretCalls({ tool_calls: calls, function_call: call }: JsonObject, transcript: Transcript): void {
	if (calls !== undefined) {
		transcript.calls(calls);
	}
	if (isObject(call)) {
		// What a call was before there could be several.
		transcript.calls([{ index: 0, function: call }]);
	}
}

/** OpenRouter's. */
function detailsText(details: unknown): string {
	return objectsOf(details)
		.map(({ text, summary }) => textOf(text) ?? textOf(summary) ?? '')
		.join('');
}

function interpretPart(part: unknown, transcript: Transcript): void {
	if (typeof part === 'string') {
		transcript.text(part);
	} else if (isObject(part)) {
		transcript.thought(thinkingOf(part['thinking']));
		transcript.text(textOf(part['text']) ?? '');
		transcript.refusal(textOf(part['refusal']) ?? '');
		interpretImage(part['image_url'], transcript);
	}
}

/** Mistral's: a text, or parts of text. */
function thinkingOf(thinking: unknown): string {
	return (
		textOf(thinking) ??
		objectsOf(thinking)
			.map(({ text }) => textOf(text) ?? '')
			.join('')
	);
}
