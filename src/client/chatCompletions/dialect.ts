import { isAzure, isLoopback } from '../transport/baseUrl.ts';
import { geminiModel } from '../gemini/families.ts';
import { thinkingLevel } from '../gemini/thinking.ts';
import type { Thinking } from '../request.ts';

/** Whom a request is for. */
export interface Target {
	readonly model: string;
	/** As `URL` spells it. */
	readonly hostname: string;
}

/** Which name of the token limit a server and model take; the first that fits (protocols.md 1.1). */
const tokenFields: readonly {
	readonly field: 'max_tokens' | 'max_completion_tokens';
	readonly fits: (target: Target) => boolean;
}[] = [
	// Ollama ignores the other name silently, and answers without any limit.
	{ field: 'max_tokens', fits: ({ hostname }) => isLoopback(hostname) },
	{ field: 'max_completion_tokens', fits: ({ hostname }) => isHostOf('maxtoken.io', hostname) },
	{ field: 'max_completion_tokens', fits: ({ model }) => isReasoning(model) },
];

export function tokenField(target: Target): 'max_tokens' | 'max_completion_tokens' {
	return tokenFields.find(({ fits }) => fits(target))?.field ?? 'max_tokens';
}

/** OpenAI's models that think, under any gateway's prefix: `o3-mini`, `openai/gpt-5.5`. */
function isReasoning(model: string): boolean {
	return /(?:^|\/)(?:o\d|gpt-(?:[5-9]|\d\d))(?!.*-chat)/i.test(model);
}

export function isSearchPreview(model: string): boolean {
	return /-search-preview/i.test(model);
}

/** Whether a model takes `temperature` and `top_p`: those that think refuse them, but some that are told not to. */
export function takesSampling({ model }: Target, thinking: Thinking = {}): boolean {
	const unthinking = thinking.level === 'none' && /(?:^|\/)gpt-5\.\d/i.test(model);
	return !isSearchPreview(model) && (!isReasoning(model) || unthinking);
}

/** `top_k` is a request's error at OpenAI and gateways to it. */
export function takesTopK({ hostname }: Target): boolean {
	return isOpenRouter(hostname) || isLoopback(hostname);
}

/** Models that do not think, and call the wish that they did an error. */
const unthinking = /(?:^|\/)(?:chatgpt|gpt-[34])|(?:^|\/)gpt-.*-chat|gemini-(?:1|2\.0)|gemma|-search-preview/i;

/** The value of `reasoning_effort`, the only form of thinking that this protocol documents, or undefined for none. */
export function reasoningEffort({ model }: Target, thinking: Thinking = {}): string | undefined {
	const { level } = thinking;
	if (unthinking.test(model)) {
		return undefined;
	}
	if (!/gemini/i.test(model)) {
		return level;
	}
	const control = geminiModel(model).thinking;
	switch (control.by) {
		case 'nothing':
			return undefined;
		case 'level':
			return thinkingLevel(model, thinking);
		case 'budget':
			return effortOfBudgetModel(control.off, thinking);
	}
}

/** What Google turns into the budgets of its 2.5 models. */
const efforts = {
	none: 'low',
	minimal: 'low',
	low: 'low',
	medium: 'medium',
	high: 'high',
	xhigh: 'high',
	max: 'high',
} as const;

function effortOfBudgetModel(off: boolean, { level, budget = -1 }: Thinking): string | undefined {
	if (off && (level === 'none' || (level === undefined && budget === 0))) {
		return 'none';
	}
	if (level !== undefined) {
		return efforts[level];
	}
	return budget < 0 ? undefined : budget <= 1024 ? 'low' : budget <= 8192 ? 'medium' : 'high';
}

/** Whether a server knows `detail`; strict ones refuse what they do not know. */
export function takesDetail({ hostname }: Target): boolean {
	return (
		isAzure(hostname) ||
		['openai.com', 'openrouter.ai', 'maxtoken.io', 'anyfast.ai'].some((domain) => isHostOf(domain, hostname))
	);
}

/** Its own form of asking for images in the answer is the only one that this protocol has. */
export function isOpenRouter(hostname: string): boolean {
	return isHostOf('openrouter.ai', hostname);
}

function isHostOf(domain: string, hostname: string): boolean {
	return hostname === domain || hostname.endsWith(`.${domain}`);
}
