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
	/** As `textOfUri` writes it. What is on the web is fetched again after a reload. */
	readonly uri: string;
	readonly name: string;
	/** Only its address is sent: the model's server fetches it, as the user chose. */
	readonly byAddress: boolean;
	/** Size in px or pages, and bytes, in the user's words; empty until the file was read. */
	readonly detail: string;
	/** A data URL; undefined until, or unless, the file could be read. */
	readonly thumbnail: string | undefined;
	/** Undefined until the file was read. */
	readonly kind: 'image' | 'pdf' | undefined;
	/** Of a moving picture; undefined for all else, and until the file was read. */
	readonly frameCount: number | undefined;
	/** Whether several frames of a moving picture are sent, as one picture. */
	readonly sendsStrip: boolean;
	/** Left out of what is sent and shown; it keeps its place, which is its number for the model. */
	readonly isRemoved: boolean;
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
	/** What stands in the answer beside its text, in the order it came. */
	readonly items: readonly AnswerItem[];
	readonly status: TurnStatus;
	readonly thoughts: ThoughtsState | undefined;
	/** Pages of the web that the answer rests on; a reader knows them by their place here, from 1. */
	readonly sources: readonly SourceState[];
	readonly search: SearchState | undefined;
	readonly end: EndReason | undefined;
	/** What of the PDFs was read and of moving pictures was sent, a sentence each. */
	readonly coverage: readonly string[];
	/** While the request waits to be tried again: for how long and why, in a sentence. */
	readonly wait: string | undefined;
	/** What was changed in the request to have it accepted, and what the model asked for in vain, a sentence each. */
	readonly remarks: readonly string[];
	readonly answeredBy: ModelState | undefined;
	/** The name of the model that was asked, where another one answered. */
	readonly asked: string | undefined;
	readonly usage: Usage | undefined;
	/** From question to end, ms. */
	readonly duration: number | undefined;
	readonly failure: TurnFailure | undefined;
}

/** `unsent`: the user did not choose a model, or did not let it have the files. */
export type TurnStatus = 'preparing' | 'waiting' | 'answering' | 'done' | 'stopped' | 'failed' | 'unsent';

/** `at` is how much of the answer's text, in UTF-16 units, came before. */
export type AnswerItem =
	/** `file` is a name within the conversation's folder. */
	| {
			readonly kind: 'image';
			readonly at: number;
			readonly file: string;
			readonly mediaType: string;
			readonly signature: string | undefined;
	  }
	/** A program that the model ran, and what came of it once that is known. */
	| {
			readonly kind: 'program';
			readonly at: number;
			readonly language: string;
			readonly code: string;
			readonly result: { readonly failed: boolean; readonly output: string } | undefined;
	  }
	/** The server's mark on what came since the last one; nothing to see. */
	| { readonly kind: 'signature'; readonly at: number; readonly signature: string };

export interface ThoughtsState {
	readonly text: string;
	/** From the question, ms. */
	readonly began: number;
	/** Undefined while the model still thinks. */
	readonly ended: number | undefined;
}

export interface SourceState {
	/** Of the web: http or https. */
	readonly uri: string;
	readonly title: string;
	/** Where the link leads. */
	readonly host: string;
	/** Parts of the answer's text that it supports, in UTF-16 offsets; what the server says, which may be wrong. */
	readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export interface SearchState {
	readonly queries: readonly string[];
	/** HTML that the search engine wants to be shown with the answer. */
	readonly entryPoint: string | undefined;
}

export interface TurnFailure {
	/** `neutral` where nothing went wrong: the user decided so. */
	readonly tone: 'error' | 'neutral';
	readonly sentence: string;
	readonly actions: readonly { readonly action: Action; readonly label: string }[];
}

export type ToWebview =
	/** `images` is the address of the folder in which the answers' images are. */
	| { readonly kind: 'state'; readonly state: ConversationState; readonly images: string }
	/** More of the answer that is being written, or of the thoughts before it. */
	| { readonly kind: 'grew'; readonly turn: number; readonly text: string; readonly thoughts: string };

export type FromWebview =
	| { readonly kind: 'ready' }
	| { readonly kind: 'ask'; readonly question: string }
	| { readonly kind: 'stop' }
	| { readonly kind: 'copy'; readonly turn: number }
	| { readonly kind: 'insert'; readonly turn: number }
	| { readonly kind: 'save-image'; readonly turn: number; readonly item: number }
	/** The webview tried to put an image on the clipboard. */
	| { readonly kind: 'image-copied'; readonly success: boolean }
	| { readonly kind: 'open-link'; readonly address: string }
	/** See `pageLink`. */
	| { readonly kind: 'open-page'; readonly address: string }
	| { readonly kind: 'open-attachment'; readonly index: number }
	| { readonly kind: 'insert-image'; readonly index: number }
	| { readonly kind: 'copy-alt-text'; readonly index: number }
	| { readonly kind: 'send-strip'; readonly index: number; readonly on: boolean }
	| { readonly kind: 'remove-attachment'; readonly index: number }
	| { readonly kind: 'open-in-new-panel' }
	| { readonly kind: 'choose-model' }
	| { readonly kind: 'act'; readonly action: Action };

/** The webview's own words, localised by the host. */
export interface Words {
	readonly attachments: string;
	/** `{0}` is the name of a picture, here and in the next. */
	readonly insertImage: string;
	readonly copyAltText: string;
	readonly removeAttachment: string;
	/** `{0}` is the name of a file. */
	readonly removed: string;
	/** `{0}` is a number of frames. */
	readonly oneFrameSent: string;
	readonly oneFrameRead: string;
	/** `{0}` is a number of frames, `{1}` that of all. */
	readonly stripSent: string;
	readonly sendStrip: string;
	/** `{1}` is the name of a picture. */
	readonly sendStripOf: string;
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
	readonly thinking: string;
	readonly thoughts: string;
	/** `{0}` is a number of seconds. */
	readonly thoughtsFor: string;
	readonly sources: string;
	/** `{0}` is a number, `{1}` a title. */
	readonly source: string;
	/** `{0}` is a host. */
	readonly redirected: string;
	/** `{0}` is a host. */
	readonly someRedirected: string;
	/** `{0}` is what was searched for. */
	readonly searchedFor: string;
	readonly searchSuggestions: string;
	readonly modelImage: string;
	readonly saveImage: string;
	readonly copyImage: string;
	readonly program: string;
	/** `{0}` is a language. */
	readonly programIn: string;
	readonly result: string;
	readonly failedResult: string;
	readonly tokens: string;
	/** `{0}` is a count of tokens, or that and its details. */
	readonly tokensIn: string;
	readonly tokensOut: string;
	readonly ofImages: string;
	readonly ofCached: string;
	readonly ofThoughts: string;
	/** `{0}` is the model that was asked. */
	readonly asked: string;
	/** `{0}` is a number of seconds. */
	readonly seconds: string;
}
