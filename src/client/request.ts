/** What a model is asked, in no protocol's words. Each protocol encodes it for its own wire. */
export interface Request {
	readonly model: string;
	/** Instructions that rank above the turns. Text from files never belongs here. */
	readonly system?: string;
	/** Oldest first; the last one is the user's. */
	readonly turns: readonly Turn[];
	readonly parameters?: Parameters;
	/** What the answer's text has to be. Free text unless set; a server that knows no such wish still answers. */
	readonly output?: JsonOutput;
}

export interface JsonOutput {
	/** Letters, digits, `_` and `-`. */
	readonly name: string;
	/** JSON Schema, with `additionalProperties: false` and all properties required, as strict servers want it. */
	readonly schema: Readonly<Record<string, unknown>>;
}

export interface Turn {
	readonly role: 'user' | 'assistant';
	/** Tells people of one role apart, where the protocol can: chat completions. Letters, digits, `_` and `-`. */
	readonly name?: string;
	readonly parts: readonly Part[];
}

export type Part = TextPart | ImagePart | PdfPart;

export interface TextPart {
	readonly kind: 'text';
	readonly text: string;
	/** The server's own mark on this part of an answer, given back to it (see the event `signature`). */
	readonly signature?: string;
}

export interface ImagePart {
	readonly kind: 'image';
	/** Must name what the bytes are: some servers compare (protocols.md 7.1, row 7). */
	readonly mediaType: string;
	/** A URL is fetched by the server, if it can. */
	readonly content: Uint8Array | URL;
	/** As for `TextPart`, on an image that a model drew. */
	readonly signature?: string;
	/**
	 * The same image for a server that refused it: in a format that every server knows, or smaller.
	 * Undefined when there is none. Asked at most once for a request.
	 */
	readonly instead?: (refused: 'format' | 'size') => Promise<ImagePart | undefined>;
}

export interface PdfPart {
	readonly kind: 'pdf';
	/** File name, which some servers want beside the bytes. */
	readonly name: string;
	/** A URL is fetched by the server, if it can. */
	readonly content: Uint8Array | URL;
	/** Text and pictures of its pages, for a server that takes no PDF. Asked at most once for a request. */
	readonly instead?: () => Promise<readonly Part[]>;
}

/** Left out unless somebody set them: reasoning models refuse most (protocols.md 1.1). */
export interface Parameters {
	readonly temperature?: number;
	readonly topP?: number;
	readonly topK?: number;
	/** In tokens, hidden thoughts included. */
	readonly maxOutputTokens?: number;
	readonly stopSequences?: readonly string[];
	readonly seed?: number;
	/** Off asks for the whole answer at once. On unless set. */
	readonly stream?: boolean;
	readonly thinking?: Thinking;
	readonly safety?: readonly SafetySetting[];
	/** How finely images are looked at; Gemini's. */
	readonly mediaResolution?: 'low' | 'medium' | 'high' | 'ultra-high';
	/** How finely images are looked at; OpenAI's. */
	readonly imageDetail?: 'auto' | 'low' | 'high' | 'original';
	readonly webSearch?: WebSearch;
	/** Set: the model may answer with images. */
	readonly imageOutput?: ImageOutput;
}

export interface Thinking {
	readonly level?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
	/** In tokens; 0 is off, -1 leaves it to the model. For models that know no level. */
	readonly budget?: number;
	/** Whether the thoughts come with the answer. */
	readonly include?: boolean;
}

export interface SafetySetting {
	readonly category: string;
	readonly threshold: string;
}

export interface WebSearch {
	readonly enabled: boolean;
	/** Pages from this time on; RFC 3339. Both times or none. */
	readonly startTime?: string;
	/** Pages before this time; RFC 3339. */
	readonly endTime?: string;
}

export interface ImageOutput {
	/** E.g. `16:9`. */
	readonly aspectRatio?: string;
	/** `512`, `1K`, `2K` or `4K`. */
	readonly imageSize?: string;
}
