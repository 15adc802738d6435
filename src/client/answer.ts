/** What comes back while a model answers. A failure is thrown as a `Failure`, after the events that preceded it. */
export type AnswerEvent =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'thought'; readonly text: string }
	/** The model that really answers, which gateways may swap for the one asked. */
	| { readonly kind: 'model'; readonly model: string }
	| { readonly kind: 'usage'; readonly usage: Usage }
	/** Last, except that a `Failure` of kind `blocked` follows the reasons `blocked` and `refusal`. */
	| { readonly kind: 'end'; readonly reason: EndReason };

export type EndReason = 'stop' | 'length' | 'blocked' | 'refusal' | 'unknown';

/** In tokens. Output includes hidden thoughts where the server counts them. */
export interface Usage {
	readonly prompt: number;
	readonly output: number;
}
