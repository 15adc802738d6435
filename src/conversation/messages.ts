import type { EndReason, Usage } from '../client/answer.ts';
import type { Action } from '../failures/action.ts';

/** All that a conversation panel shows. The host keeps it; the webview draws it. */
export interface ConversationState {
	readonly id: string;
	readonly attachments: readonly AttachmentState[];
	readonly turns: readonly TurnState[];
	/** The model that the next question goes to; undefined while none is chosen. */
	readonly model: ModelState | undefined;
}

export interface AttachmentState {
	readonly uri: string;
	readonly name: string;
	/** Size in px or pages, and bytes, in the user's words; empty until the file was read. */
	readonly detail: string;
	/** A data URL; undefined until, or unless, the file could be read. */
	readonly thumbnail: string | undefined;
	/** Why it cannot be sent. */
	readonly failure: string | undefined;
}

export interface ModelState {
	readonly name: string;
	/** Undefined for the reader on this device. */
	readonly host: string | undefined;
}

export interface TurnState {
	readonly id: number;
	readonly purpose: 'describe' | 'ask';
	/** As the user typed it; "Describe" for the built-in one. */
	readonly question: string;
	readonly answer: string;
	readonly status: TurnStatus;
	readonly end: EndReason | undefined;
	/** What of the PDFs was read, a sentence each. */
	readonly coverage: readonly string[];
	readonly answeredBy: ModelState | undefined;
	readonly usage: Usage | undefined;
	/** From question to end, ms. */
	readonly duration: number | undefined;
	readonly failure: TurnFailure | undefined;
}

export type TurnStatus = 'preparing' | 'waiting' | 'answering' | 'done' | 'stopped' | 'failed';

export interface TurnFailure {
	readonly sentence: string;
	readonly actions: readonly { readonly action: Action; readonly label: string }[];
}

export type ToWebview =
	| { readonly kind: 'state'; readonly state: ConversationState }
	/** More of the answer that is being written. */
	| { readonly kind: 'text'; readonly turn: number; readonly text: string };

export type FromWebview =
	| { readonly kind: 'ready' }
	| { readonly kind: 'ask'; readonly question: string }
	| { readonly kind: 'stop' }
	| { readonly kind: 'copy'; readonly turn: number }
	| { readonly kind: 'insert'; readonly turn: number }
	| { readonly kind: 'open-attachment'; readonly index: number }
	| { readonly kind: 'open-in-new-panel' }
	| { readonly kind: 'choose-model' }
	| { readonly kind: 'act'; readonly action: Action };

/** The webview's own words, localised by the host. */
export interface Words {
	readonly attachments: string;
	readonly askLabel: string;
	readonly askPlaceholder: string;
	readonly ask: string;
	readonly stop: string;
	readonly copy: string;
	readonly insert: string;
	readonly retry: string;
	readonly openInNewPanel: string;
	readonly chooseModel: string;
	readonly noModel: string;
	readonly onDevice: string;
	readonly deviceOffer: string;
	readonly answer: string;
	readonly status: Readonly<Record<TurnStatus, string>>;
	readonly end: Readonly<Record<Exclude<EndReason, 'stop'>, string>>;
	/** `{0}` and `{1}` are counts of tokens. */
	readonly usage: string;
	/** `{0}` is a number of seconds. */
	readonly seconds: string;
}
