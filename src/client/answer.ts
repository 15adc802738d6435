import type { FailureKind } from './failure/failure.ts';

/** What comes back while a model answers. A failure is thrown as a `Failure`, after the events that preceded it. */
export type AnswerEvent =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'thought'; readonly text: string }
	/** An image that the model drew. */
	| {
			readonly kind: 'image';
			readonly mediaType: string;
			readonly bytes: Uint8Array;
			readonly signature?: string;
	  }
	/** The server's mark on the text so far since the last mark; later turns give it back with that text. */
	| { readonly kind: 'signature'; readonly signature: string }
	/** A page of the web that the answer rests on. After the text, also where a failure follows. */
	| { readonly kind: 'source'; readonly source: Source }
	/** What was searched for, and the HTML that the search engine wants to be shown beside the answer. */
	| { readonly kind: 'search'; readonly queries: readonly string[]; readonly entryPoint?: string }
	/** A program that the model ran at its server, and what came of it: `ok`, `failed` or `deadline_exceeded`. */
	| { readonly kind: 'code'; readonly language: string; readonly code: string }
	| { readonly kind: 'code-result'; readonly outcome: string; readonly output: string }
	/** A function that the model wants called, whole, with its arguments as JSON; nothing here runs it. */
	| { readonly kind: 'call'; readonly name: string; readonly arguments: string }
	/** The model that really answers, which gateways may swap for the one asked. */
	| { readonly kind: 'model'; readonly model: string }
	/** With what earlier attempts at this answer used. The last one counts. */
	| { readonly kind: 'usage'; readonly usage: Usage }
	/**
	 * Nothing that counts has come yet: the request is sent after this time, in ms, for this reason. Thoughts,
	 * models, marks and blank text from before are of an attempt that failed, and void. After text that counts, the next
	 * part of a long answer waits.
	 */
	| { readonly kind: 'wait'; readonly milliseconds: number; readonly reason: FailureKind }
	/**
	 * The server refused this part of the request, which is sent at once without it or with another in its place. What
	 * came before is void, as for `wait`. One for each part; none where an earlier refusal had taught it.
	 */
	| { readonly kind: 'repair'; readonly repair: Repair }
	/** Last, except that a `Failure` of kind `blocked` follows the reasons `blocked` and `refusal`. */
	| {
			readonly kind: 'end';
			readonly reason: EndReason;
			/** More of the answer follows to the same request with this token; `continued.ts` asks for it. */
			readonly continuation?: string;
	  };

export type EndReason = 'stop' | 'length' | 'blocked' | 'refusal' | 'unknown';

export interface Source {
	readonly uri: string;
	/** Often only the domain. */
	readonly title: string;
	/** Parts of the answer's text that it supports, in UTF-16 offsets of all text so far. */
	readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export type Repair =
	| { readonly kind: 'dropped'; readonly field: string }
	| { readonly kind: 'renamed'; readonly field: string; readonly to: string }
	| { readonly kind: 'image-converted' }
	| { readonly kind: 'image-shrunk' }
	| { readonly kind: 'pdf-as-pages' };

/** In tokens; what a server does not count is left out. */
export interface Usage {
	readonly prompt: number;
	/** Hidden thoughts included where the server counts them. */
	readonly output: number;
	/** Of the output, hidden thoughts. */
	readonly thoughts?: number;
	/** Of the prompt, images and pages. */
	readonly images?: number;
	/** Of the prompt, not read anew. */
	readonly cached?: number;
}
