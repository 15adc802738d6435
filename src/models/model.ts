import type { Attachment } from '../attachments/attachment.ts';
import type { AnswerEvent } from '../client/answer.ts';
import type { ImagePart, TextPart } from '../client/request.ts';

/** What a model is consulted about: the one thing every kind of model can answer. */
export interface Inquiry {
	/** What the user wants done; the on-device reader has no language model to tell it. */
	readonly purpose: 'describe' | 'ask' | 'alt-text';
	readonly system: string;
	readonly attachments: readonly Attachment[];
	/** Finished turns, oldest first. */
	readonly earlier: readonly EarlierTurn[];
	readonly question: string;
}

export interface EarlierTurn {
	readonly question: string;
	/** The answer's text. */
	readonly answer: string;
	/** All of the answer, with the server's own marks, for a server that wants it back as it was. */
	readonly parts: readonly (TextPart | ImagePart)[];
}

export type ModelEvent = AnswerEvent | CoverageEvent;

/** What of a PDF the model got to see. Comes before the text of the answer. */
export interface CoverageEvent {
	readonly kind: 'coverage';
	readonly name: string;
	readonly pageCount: number;
	/** Pages whose text was read, from 1. */
	readonly textPages: readonly number[];
	/** Pages that were looked at as pictures, from 1. */
	readonly picturePages: readonly number[];
}

/** Something that answers: a model at an endpoint, or the reader on this device. */
export interface Model {
	/** `endpoint/model-id` or `device/text`. */
	readonly id: string;
	/** Short name for the panel. */
	readonly name: string;
	/** Where files go, e.g. `api.openai.com`; undefined when nothing leaves this device. */
	readonly host: string | undefined;
	/** How files travel there; `none` when they stay on this machine. */
	readonly transit: 'none' | 'encrypted' | 'plain';
	/** A consumer that stops reading, or aborts, ends the request. Fails with `Failure` or `AbortError`. */
	answer(inquiry: Inquiry, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined>;
}
