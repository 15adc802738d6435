import type { ChatImage } from './chat.ts';

/** Something to send, or a gate: the server goes on when the promise resolves. */
export type Step = string | Uint8Array | Promise<unknown>;

/** How to answer one request, in either protocol. What is left out is as a well-behaved server does it. */
export interface Script {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** The text of the answer, in the pieces it is streamed in. */
	readonly text?: string | readonly (string | Promise<unknown>)[];
	/** Comes before the text. */
	readonly thought?: string;
	/** Come after the text. */
	readonly images?: readonly ChatImage[];
	/** Pages that the answer rests on, each with the piece of the text that it supports. */
	readonly sources?: readonly ScriptedSource[];
	/** What was searched for; Gemini's. */
	readonly queries?: readonly string[];
	/** Functions to call, after the text. */
	readonly calls?: readonly { readonly name: string; readonly arguments: object }[];
	/** The finish reason: `stop`, `length`, `content_filter`, or one in the protocol's own words. */
	readonly finish?: string;
	/** Gemini's: the answer stops in the middle, and goes on when asked with this token. */
	readonly continuationToken?: string;
	/** Gemini's: why the prompt is not answered at all. */
	readonly blockReason?: string;
	/** Instead of the finish: an error among the events. */
	readonly error?: { readonly status: number; readonly message: string; readonly code: string };
	/** Instead of an answer: the body as it goes out, piece by piece. */
	readonly body?: string | Uint8Array | readonly Step[];
	/** After all that belongs there, before that, by a reset connection, or not at all. */
	readonly end?: 'properly' | 'early' | 'reset' | 'never';
}

export interface ScriptedSource {
	readonly uri: string;
	readonly title: string;
	readonly quote: string;
}

/** A promise to wait for and the way to resolve it. */
export interface Gate {
	readonly opened: Promise<void>;
	readonly open: () => void;
}

export function createGate(): Gate {
	let open = (): void => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opened, open };
}

/** The text without its gates. */
export function textOf(steps: readonly Step[]): string {
	return steps.filter((step) => typeof step === 'string').join('');
}
