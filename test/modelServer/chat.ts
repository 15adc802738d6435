/** What a request asks, in no protocol's words. */
export interface Chat {
	readonly model: string;
	readonly stream: boolean;
	readonly includeUsage: boolean;
	readonly system: string;
	/** Oldest first, without the system's. */
	readonly turns: readonly ChatTurn[];
	/** Text of the last turn. */
	readonly question: string;
	/** Of all turns. */
	readonly images: readonly ChatImage[];
	/** Of all turns. */
	readonly pdfs: readonly ChatImage[];
}

export interface ChatTurn {
	/** `user` or `assistant`. */
	readonly role: string;
	readonly text: string;
	readonly images: readonly ChatImage[];
	readonly pdfs: readonly ChatImage[];
}

/** A file by its bytes. */
export interface ChatImage {
	readonly mediaType: string;
	readonly bytes: Buffer;
}

/** What all turns come to. */
export function chatOf(
	head: Pick<Chat, 'model' | 'stream' | 'includeUsage' | 'system'>,
	turns: readonly ChatTurn[],
): Chat {
	return {
		...head,
		turns,
		question: turns.at(-1)?.text ?? '',
		images: turns.flatMap(({ images }) => images),
		pdfs: turns.flatMap(({ pdfs }) => pdfs),
	};
}

/** In tokens. */
export interface Tokens {
	readonly prompt: number;
	/** Of the prompt. */
	readonly images: number;
	readonly thoughts: number;
	/** Without the thoughts. */
	readonly answer: number;
}

/** About as much as real models count. */
export function tokensOf({ system, turns, images }: Chat, answer: string, thought = ''): Tokens {
	const asked = system.length + turns.reduce((sum, { text }) => sum + text.length, 0);
	return {
		prompt: Math.ceil(asked / 4) + images.length * 85,
		images: images.length * 85,
		thoughts: Math.ceil(thought.length / 4),
		answer: Math.ceil(answer.length / 4),
	};
}
