import type { Chat } from './chat.ts';
import type { Script, Step } from './script.ts';

/** How a protocol writes what the server says. */
export interface Wire {
	/** The content type of a streamed answer. */
	readonly streamType: string;
	/** The chat in a request's body; without turns where it is none. */
	readonly read: (body: unknown, path: string) => Chat;
	/** A streamed answer, with the gates between its pieces. */
	readonly events: (chat: Chat, steps: readonly Step[], script: Script) => readonly Step[];
	/** A whole answer. */
	readonly whole: (chat: Chat, text: string, script: Script) => string;
	readonly refusal: (status: number, message: string, code: string) => Script;
	/** The list of models. */
	readonly list: (ids: readonly string[]) => string;
}
