import { failureOf } from './failureOf.ts';
import { isObject, objectsOf, textOf } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Finish, Transcript } from './transcript.ts';

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
	if (isError(payload)) {
		throw failureOf({ status: 200, body: payload, key });
	}
	const model = textOf(payload['model']);
	if (model !== undefined) {
		transcript.model(model);
	}
	if (isObject(payload['usage'])) {
		interpretUsage(payload['usage'], transcript);
	}
	const { choices } = payload;
	const choice: unknown = Array.isArray(choices) ? choices.find(isFirstChoice) : undefined;
	if (isObject(choice)) {
		interpretChoice(choice, transcript, key);
	}
	return 'choices' in payload || 'usage' in payload;
}

function isFirstChoice(choice: unknown): boolean {
	return isObject(choice) && (choice['index'] ?? 0) === 0;
}

function isError(payload: JsonObject): boolean {
	const { error } = payload;
	return (
		(error !== undefined && error !== null && error !== '' && error !== false) ||
		payload['object'] === 'error' ||
		payload['type'] === 'error' ||
		isFlatError(payload)
	);
}

/** Events of other kinds, such as pings, say so by their type. */
function isFlatError({ choices, type, message, detail }: JsonObject): boolean {
	const isOther = typeof type === 'string' && !/error/i.test(type);
	return choices === undefined && !isOther && (textOf(message) ?? detail) !== undefined;
}

function interpretUsage(usage: JsonObject, transcript: Transcript): void {
	const prompt = count(usage['prompt_tokens']) || count(usage['input_tokens']);
	const output = count(usage['completion_tokens']) || count(usage['output_tokens']);
	// Some count hidden thoughts in the total only.
	const beyondPrompt = prompt === 0 ? 0 : count(usage['total_tokens']) - prompt;
	transcript.usage({ prompt, output: Math.max(output, beyondPrompt) });
}

function count(value: unknown): number {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
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
		transcript.finish(finishes[reason.toLowerCase()] ?? 'unknown');
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
