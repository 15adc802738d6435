/** What a model is asked, in no protocol's words. Each protocol encodes it for its own wire. */
export interface Request {
	readonly model: string;
	/** Instructions that rank above the turns. Text from files never belongs here. */
	readonly system?: string;
	/** Oldest first; the last one is the user's. */
	readonly turns: readonly Turn[];
	readonly parameters?: Parameters;
	/** Off asks for the whole answer at once. On unless set. */
	readonly stream?: boolean;
}

export interface Turn {
	readonly role: 'user' | 'assistant';
	readonly parts: readonly Part[];
}

export type Part = TextPart | ImagePart;

export interface TextPart {
	readonly kind: 'text';
	readonly text: string;
}

export interface ImagePart {
	readonly kind: 'image';
	/** Must name what the bytes are: some servers compare (protocols.md 7.1, row 7). */
	readonly mediaType: string;
	readonly bytes: Uint8Array;
}

/** Left out unless somebody set them: reasoning models refuse most (protocols.md 1.1). */
export interface Parameters {
	readonly temperature?: number;
	/** In tokens. */
	readonly maxOutputTokens?: number;
}
