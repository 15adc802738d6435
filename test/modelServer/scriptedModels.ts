import { setTimeout as wait } from 'node:timers/promises';
import type { Chat } from './chat.ts';
import type { Script, Step } from './script.ts';
import type { Wire } from './wire.ts';

/** An error that a server answers with. */
export interface Refusal {
	readonly status: number;
	readonly message: string;
	readonly code: string;
}

/** Says what came, so that a test can see that it did. */
export function describe({ images, turns, question, system }: Chat): string {
	const seen = images.length === 0 ? 'no image' : images.length === 1 ? 'one image' : `${images.length} images`;
	const asked = turns.filter(({ role }) => role === 'user').length;
	const followUp = asked > 1 ? ` This is question ${asked} of the conversation.` : '';
	const alternative = /alt(?:ernative)? text/i.test(system);
	return alternative ? `A test picture, seen with ${seen}.` : `I see ${seen}. You asked: "${question}".${followUp}`;
}

export function wordsOf(text: string): string[] {
	return text.match(/\s*\S+/g) ?? [];
}

const blocked = 'Request was rejected by the content policy (actual status 400) (request id: test-503)';

export const refusals = {
	key: {
		status: 401,
		message: 'Incorrect API key provided: sk-te**********1234.',
		code: 'invalid_api_key',
	},
	rate: {
		status: 429,
		message: 'Rate limit reached for requests. Please try again in 2s.',
		code: 'rate_limit_exceeded',
	},
	model: {
		status: 404,
		message: 'The model `missing` does not exist or you do not have access to it.',
		code: 'model_not_found',
	},
	server: { status: 500, message: 'The server had an error while processing your request.', code: 'server_error' },
	policy: { status: 503, message: blocked, code: '' },
	json: { status: 400, message: 'We could not parse the JSON body of your request.', code: 'invalid_request_error' },
	messages: { status: 400, message: "Missing required parameter: 'messages'.", code: 'missing_required_parameter' },
	path: { status: 404, message: 'Invalid URL', code: 'invalid_url' },
} as const satisfies Readonly<Record<string, Refusal>>;

/** Models whose answers go wrong in a way of their own, whatever is asked and in whichever protocol. */
export const scriptedModels: Readonly<
	Record<string, (chat: Chat, wire: Wire, refuse: (refusal: Refusal) => Script) => Script>
> = {
	slow: (chat) => ({ text: wordsOf(describe(chat)).flatMap((word, index) => [word, wait(150 * (index + 1))]) }),
	thinking: () => ({ thought: 'Let me look at this.' }),
	'fail-401': (_chat, _wire, refuse) => refuse(refusals.key),
	'fail-429': (_chat, _wire, refuse) => ({ ...refuse(refusals.rate), headers: { 'retry-after': '2' } }),
	'fail-500': (_chat, _wire, refuse) => refuse(refusals.server),
	missing: (_chat, _wire, refuse) => refuse(refusals.model),
	html: () => ({
		headers: { 'content-type': 'text/html' },
		body: '<!doctype html><title>New API</title><div id="app">',
	}),
	'cut-off': () => ({ text: ['This answer ', 'breaks '], end: 'early' }),
	reset: () => ({ text: ['This answer ', 'breaks '], end: 'reset' }),
	length: () => ({ text: 'This answer is cut', finish: 'length' }),
	blocked: () => ({ text: 'This answer is', finish: 'content_filter' }),
	'policy-503': (_chat, _wire, refuse) => refuse(refusals.policy),
	never: () => ({ body: [new Promise(() => undefined)] }),
	'awkward-chunks': (chat, wire) => ({ body: inBytes(wire.events(chat, ['Grüße, 世界! ', '🦉 ', 'naïve.'], {})) }),
};

/** Each byte on its own, so that characters and line ends come in halves. */
function inBytes(events: readonly Step[]): Uint8Array[] {
	const text = events.filter((event) => typeof event === 'string').join('');
	return [...Buffer.from(text.replaceAll(/\r?\n/g, '\r\n'))].map((byte) => Uint8Array.of(byte));
}
