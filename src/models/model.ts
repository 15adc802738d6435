import type { Attachment } from '../attachments/attachment.ts';
import type { Address, NumberedAddress } from '../attachments/web/address.ts';
import type { AnswerEvent } from '../client/answer.ts';
import type { ImagePart, TextPart } from '../client/request.ts';
import type { Estimate } from './parts/estimate.ts';

/** What a model is consulted about: the one thing every kind of model can answer. */
export interface Inquiry {
	/** What the user wants done; the on-device reader has no language model to tell it. */
	readonly purpose: 'describe' | 'ask' | 'alt-text';
	readonly system: string;
	readonly attachments: readonly Attachment[];
	/** What the model's server is to fetch itself; only such as `takesAddress` accepts. */
	readonly addresses?: readonly NumberedAddress[];
	/** Finished turns, oldest first. */
	readonly earlier: readonly EarlierTurn[];
	readonly question: string;
	/** Nobody looks on: a busy server is borne with for longer. */
	readonly isBulk?: boolean;
}

export interface EarlierTurn {
	readonly question: string;
	/** The answer's text. */
	readonly answer: string;
	/** All of the answer, with the server's own marks, for a server that wants it back as it was. */
	readonly parts: readonly (TextPart | ImagePart)[];
}

export type ModelEvent = AnswerEvent | CoverageEvent | FramesEvent;

/** What of a PDF the model got to read; comes as soon as that is known. Pages are counted from 1, in order. */
export interface CoverageEvent {
	readonly kind: 'coverage';
	readonly name: string;
	readonly pageCount: number;
	/** The file itself went to the model, with all that is in it; the lists below but the last are empty. */
	readonly whole: boolean;
	/** Pages whose whole text was read. Blank ones are among them. */
	readonly textPages: readonly number[];
	/** Pages of which passages were read. */
	readonly partPages: readonly number[];
	/** Pages that were looked at as pictures. */
	readonly picturePages: readonly number[];
	/** Pages without a text layer whose text was recognised on this device. */
	readonly recognisedPages: readonly number[];
	/** Pages that nobody can read. */
	readonly damagedPages: readonly number[];
}

/** What of a moving picture the model got to see; comes with what of the PDFs it got to read. */
export interface FramesEvent {
	readonly kind: 'frames';
	readonly name: string;
	readonly frameCount: number;
	/** When the frames appear, ms from the beginning; undefined for the one frame that stands for the picture. */
	readonly times: readonly number[] | undefined;
}

/** Something that answers: a model at an endpoint, one of VS Code's own, or the reader on this device. */
export interface Model {
	/** `endpoint/model-id`, `vscode/vendor/model-id` or `device/text`. */
	readonly id: string;
	/** Short name for the panel. */
	readonly name: string;
	/** Where files go, e.g. `api.openai.com`, or whose model it is, e.g. `copilot`; undefined when nothing leaves this device. */
	readonly host: string | undefined;
	/** How files travel there; `none` when they stay on this machine. */
	readonly transit: 'none' | 'encrypted' | 'plain';
	/** Whether its server may fetch what is at an address; never, unless set. */
	readonly takesAddress?: (address: Address) => boolean;
	/** What requests come to, each with some attachments. Fails with `TooManyImages`, or the signal's reason. */
	readonly estimate?: (requests: readonly (readonly Attachment[])[], signal?: AbortSignal) => Promise<Estimate>;
	/**
	 * A consumer that stops reading, or aborts, ends the request. Fails with `Failure`, `TooManyImages`,
	 * `AttachmentFailure` or `AbortError`.
	 */
	answer(inquiry: Inquiry, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined>;
}
