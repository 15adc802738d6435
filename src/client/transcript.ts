import type { AnswerEvent, EndReason, Usage } from './answer.ts';
import { Failure } from './failure.ts';
import { createThinkBlock } from './thinkBlock.ts';
import { createWholeCharacters } from './wholeCharacters.ts';

/** How a server says that an answer finished. */
export type Finish = EndReason | 'failed' | 'overloaded';

/** What a protocol writes an answer's parts into as they come, and events are taken out of. */
export interface Transcript {
	text(text: string): void;
	thought(text: string): void;
	/** Why the model would not answer. */
	refusal(text: string): void;
	/** The model that answers; only the first counts. */
	model(name: string): void;
	/** The last count that is not zero wins, for each: servers repeat and accumulate (protocols.md 2.1). */
	usage(usage: Usage): void;
	/** The last one wins. */
	finish(finish: Finish): void;
	/** The events since the last call. */
	take(): readonly AnswerEvent[];
	/** What was held back for more to come and, the first time, the usage, as events. */
	flush(): readonly AnswerEvent[];
	readonly finished: Finish | undefined;
	readonly refused: string;
	/** Whether the answer has text that can be seen; thoughts are none. */
	readonly visible: boolean;
	readonly counted: Usage;
	readonly answering: string | undefined;
}

/** In characters, thoughts and answer each: more is a model that loops. */
const none: readonly AnswerEvent[] = [];
const textLimit = 64 * 1024 * 1024;

/** Fails with `invalid-response` on more than `limit` characters of answer or of thoughts. */
export function createTranscript(limit: number = textLimit): Transcript {
	const thinkBlock = createThinkBlock();
	const whole = { text: createWholeCharacters(), thought: createWholeCharacters() };
	const length = { text: 0, thought: 0 };
	let events: AnswerEvent[] = [];
	let flushed = false;
	let finished: Finish | undefined;
	let refused = '';
	let visible = false;
	let counted: Usage = { prompt: 0, output: 0 };
	let answering: string | undefined;

	function tell(kind: 'text' | 'thought', text: string): void {
		if (text === '') {
			return;
		}
		length[kind] += text.length;
		if (length[kind] > limit) {
			throw new Failure({ kind: 'invalid-response', code: 'answer-too-long' });
		}
		visible ||= kind === 'text' && text.trim() !== '';
		events.push({ kind, text });
	}

	function take(): readonly AnswerEvent[] {
		if (events.length === 0) {
			return none;
		}
		const taken = events;
		events = [];
		return taken;
	}

	return {
		text(text) {
			if (thinkBlock.over) {
				tell('text', whole.text.push(text));
				return;
			}
			for (const told of thinkBlock.push(text)) {
				tell(told.kind, whole[told.kind].push(told.text));
			}
		},
		thought: (text) => tell('thought', whole.thought.push(text)),
		refusal(text) {
			refused += text.slice(0, textLimit - refused.length);
		},
		model(name) {
			if (answering === undefined) {
				answering = name;
				events.push({ kind: 'model', model: name });
			}
		},
		usage({ prompt, output }) {
			counted = { prompt: prompt || counted.prompt, output: output || counted.output };
		},
		finish(finish) {
			finished = finish;
		},
		take,
		flush() {
			for (const told of thinkBlock.flush()) {
				tell(told.kind, whole[told.kind].push(told.text));
			}
			tell('thought', whole.thought.flush());
			tell('text', whole.text.flush());
			if (!flushed && (counted.prompt > 0 || counted.output > 0)) {
				events.push({ kind: 'usage', usage: counted });
			}
			flushed = true;
			return take();
		},
		get finished() {
			return finished;
		},
		get refused() {
			return refused;
		},
		get visible() {
			return visible;
		},
		get counted() {
			return counted;
		},
		get answering() {
			return answering;
		},
	};
}
