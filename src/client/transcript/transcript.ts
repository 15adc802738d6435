import type { AnswerEvent, EndReason, Usage } from '../answer.ts';
import { createCitations } from './citations.ts';
import type { Citation } from './citations.ts';
import type { DrawnImage } from './drawnImage.ts';
import { Failure } from '../failure/failure.ts';
import { parseJson } from '../json.ts';
import { createMarkdownImages } from './markdownImages.ts';
import { createThinkBlock } from './thinkBlock.ts';
import { createToolCalls } from './toolCalls.ts';
import { createUsageCounts } from './usageCounts.ts';
import type { Counts } from './usageCounts.ts';
import { createWholeCharacters } from './wholeCharacters.ts';

/** How a server says that an answer finished. `failed` is a model's own mistake, too: a second try may avoid it. */
export type Finish = EndReason | 'failed' | 'overloaded';

/** The server's own word for a finish, and what it says of it. */
export interface FinishWords {
	readonly code?: string | undefined;
	readonly message?: string | undefined;
}

/** What a protocol writes an answer's parts into as they come, and events are taken out of. */
export interface Transcript {
	text(text: string): void;
	thought(text: string): void;
	/** An image; undefined is one that could not be read, and a failure. */
	image(image: DrawnImage | undefined, signature?: string): void;
	/** The server's mark on the text so far. */
	signature(signature: string): void;
	code(language: string, code: string): void;
	codeResult(outcome: string, output: string): void;
	/** A call that comes whole. `given` is JSON. */
	call(name: string, given: string): void;
	/** `tool_calls` of chat completions, which come in pieces. */
	calls(pieces: unknown): void;
	/** What was searched for; told after the text. */
	search(queries: readonly string[], entryPoint: string | undefined): void;
	/** A page that the answer rests on; told after the text. */
	cite(citation: Citation): void;
	/** Why the model would not answer. */
	refusal(text: string): void;
	/** The model that answers; only the first counts. */
	model(name: string): void;
	usage(counts: Counts): void;
	/** The last one wins. */
	finish(finish: Finish, words?: FinishWords): void;
	/** The token with which the rest of the answer can be asked for, unless it finishes in another way yet. */
	continuation(token: string): void;
	/** The events since the last call. */
	take(): readonly AnswerEvent[];
	/** What was held back for more to come and, the first time, what stands behind the text, as events. */
	flush(): readonly AnswerEvent[];
	readonly finished: Finish | undefined;
	readonly finishWords: FinishWords;
	readonly refused: string;
	/** Whether the answer has something that can be seen; thoughts and blanks are nothing. */
	readonly visible: boolean;
	/** Whether something comes in pieces that is told only once whole. */
	readonly gathering: boolean;
	/** Of the text that came, in UTF-16 units. */
	readonly written: number;
	readonly counted: Usage;
	readonly answering: string | undefined;
	readonly continuationToken: string | undefined;
}

export interface TranscriptLimits {
	/** Of the answer, of its thoughts and of its calls, in characters each: more is a model that loops. */
	readonly text: number;
	/** Of all images, in bytes. */
	readonly images: number;
}

const none: readonly AnswerEvent[] = [];
const megabyte = 1024 * 1024;

/** Fails with `invalid-response` on more than the limits. */
export function createTranscript({
	text: textLimit = 64 * megabyte,
	images: imageLimit = 128 * megabyte,
}: Partial<TranscriptLimits> = {}): Transcript {
	const thinkBlock = createThinkBlock();
	const markdownImages = createMarkdownImages(64 * megabyte);
	const whole = { text: createWholeCharacters(), thought: createWholeCharacters() };
	const length = { text: 0, thought: 0, images: 0 };
	const toolCalls = createToolCalls();
	const citations = createCitations();
	const counts = createUsageCounts();
	let said = '';
	let searched: Extract<AnswerEvent, { kind: 'search' }> | undefined;
	let events: AnswerEvent[] = [];
	let written = 0;
	let flushed = false;
	let finished: Finish | undefined;
	let finishWords: FinishWords = {};
	let refused = '';
	let visible = false;
	let answering: string | undefined;
	let continuationToken: string | undefined;

	function tell(kind: 'text' | 'thought', text: string): void {
		if (text === '') {
			return;
		}
		length[kind] += text.length;
		if (length[kind] > textLimit) {
			throw new Failure({ kind: 'invalid-response', code: 'answer-too-long' });
		}
		if (kind === 'text') {
			visible ||= text.trim() !== '';
			said += text;
		}
		events.push({ kind, text });
	}

	function show(event: Exclude<AnswerEvent, { kind: 'text' | 'thought' }>): void {
		// What was held back came before it.
		showAll(markdownImages.release());
		visible = true;
		events.push(event);
	}

	function showImage({ mediaType, bytes }: DrawnImage, signature: string | undefined): void {
		length.images += bytes.byteLength;
		if (length.images > imageLimit) {
			throw new Failure({ kind: 'invalid-response', code: 'image-too-large' });
		}
		visible = true;
		events.push({ kind: 'image', mediaType, bytes, ...(signature === undefined ? {} : { signature }) });
	}

	function showAll(shown: ReturnType<typeof markdownImages.push>): void {
		for (const piece of shown) {
			if (typeof piece === 'string') {
				tell('text', whole.text.push(piece));
			} else {
				showImage(piece, undefined);
			}
		}
	}

	function readThinkBlock(told: ReturnType<typeof thinkBlock.push>): void {
		for (const { kind, text } of told) {
			if (kind === 'text') {
				showAll(markdownImages.push(text));
			} else {
				tell(kind, whole.thought.push(text));
			}
		}
	}

	function take(): readonly AnswerEvent[] {
		if (events.length === 0) {
			return none;
		}
		const taken = events;
		events = [];
		return taken;
	}

	function flushHeld(): void {
		readThinkBlock(thinkBlock.flush());
		showAll(markdownImages.release());
		tell('thought', whole.thought.flush());
		tell('text', whole.text.flush());
	}

	/** Calls that broke off in their middle are none. */
	function flushEnding(): void {
		toolCalls
			.take()
			.filter((call) => finished !== undefined || parseJson(call.arguments) !== undefined)
			.forEach((call) => show({ kind: 'call', ...call }));
		events.push(...(searched ? [searched] : []));
		events.push(...citations.sourcesIn(said).map((source) => ({ kind: 'source', source }) as const));
		const { usage } = counts;
		if (usage.prompt > 0 || usage.output > 0) {
			events.push({ kind: 'usage', usage });
		}
	}

	return {
		text(text) {
			written += text.length;
			if (thinkBlock.over && markdownImages.passes(text)) {
				tell('text', whole.text.push(text));
			} else if (thinkBlock.over) {
				showAll(markdownImages.push(text));
			} else {
				readThinkBlock(thinkBlock.push(text));
			}
		},
		thought: (text) => tell('thought', whole.thought.push(text)),
		image(image, signature) {
			if (!image) {
				throw new Failure({ kind: 'invalid-response', code: 'bad-image' });
			}
			showAll(markdownImages.release());
			showImage(image, signature);
		},
		signature(signature) {
			showAll(markdownImages.release());
			events.push({ kind: 'signature', signature });
		},
		code: (language, code) => show({ kind: 'code', language, code }),
		codeResult: (outcome, output) => show({ kind: 'code-result', outcome, output }),
		call: (name, given) => show({ kind: 'call', name, arguments: given }),
		calls(pieces) {
			toolCalls.add(pieces);
			if (toolCalls.length > textLimit) {
				throw new Failure({ kind: 'invalid-response', code: 'answer-too-long' });
			}
		},
		search(queries, entryPoint) {
			const rest = entryPoint ?? searched?.entryPoint;
			const all = [...new Set([...(searched?.queries ?? []), ...queries])];
			searched = { kind: 'search', queries: all, ...(rest === undefined ? {} : { entryPoint: rest }) };
		},
		cite: (citation) => citations.add(citation),
		refusal(text) {
			refused += text.slice(0, textLimit - refused.length);
		},
		model(name) {
			if (answering === undefined) {
				answering = name;
				events.push({ kind: 'model', model: name });
			}
		},
		usage: (counted) => counts.add(counted),
		finish(finish, words = {}) {
			finished = finish;
			finishWords = words;
			continuationToken = undefined;
		},
		continuation(token) {
			continuationToken = token;
		},
		take,
		flush() {
			flushHeld();
			if (!flushed) {
				flushed = true;
				flushEnding();
			}
			return take();
		},
		get finished() {
			return finished;
		},
		get finishWords() {
			return finishWords;
		},
		get refused() {
			return refused;
		},
		get visible() {
			return visible;
		},
		get gathering() {
			return markdownImages.open || toolCalls.open;
		},
		get written() {
			return written;
		},
		get counted() {
			return counts.usage;
		},
		get answering() {
			return answering;
		},
		get continuationToken() {
			return continuationToken;
		},
	};
}
