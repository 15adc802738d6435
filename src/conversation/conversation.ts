import type { Attachment, Picture } from '../attachments/attachment.ts';
import type { OpenedFile, OpenFile } from '../attachments/open.ts';
import type { FailureContext } from '../failures/sentences.ts';
import { isAbort } from '../failures/isAbort.ts';
import type { CoverageEvent, Inquiry, Model, ModelEvent } from '../models/model.ts';
import type { AttachmentState, ConversationState, ModelState, TurnFailure, TurnState } from './messages.ts';
import { describeQuestion, systemText } from './prompt.ts';
import { newTurn } from './state.ts';

/** What a conversation needs of the world. Sentences for people come from there too. */
export interface ConversationServices {
	/** The model in use, asking the user when none is; undefined when none was chosen. */
	readonly model: () => Promise<Model | undefined>;
	readonly open: OpenFile;
	/** Whether the files may go to the model's host; asks the user where that is due. */
	readonly mayAnswer: (model: Model, files: readonly SizedFile[]) => Promise<boolean>;
	readonly detail: (attachment: Attachment) => string;
	readonly coverage: (event: CoverageEvent) => string;
	readonly fileFailure: (error: unknown) => string;
	readonly failure: (error: unknown, context: FailureContext) => TurnFailure;
	readonly noModel: () => TurnFailure;
	readonly notAllowed: () => TurnFailure;
	readonly describeLabel: () => string;
	/** A language tag, e.g. `en`. */
	readonly language: string;
}

export interface SizedFile {
	readonly name: string;
	/** Bytes */
	readonly size: number;
}

export interface ConversationListener {
	/** Something other than a running answer's text changed. */
	changed(state: ConversationState): void;
	/** A running answer grew. */
	grew(turn: number, text: string): void;
}

/** Files and turns, one answer at a time. Lives in the host; a panel shows it. */
export class Conversation {
	readonly #services: ConversationServices;
	readonly #listener: ConversationListener;
	readonly #files = new Map<string, Promise<OpenedFile>>();
	readonly #lifetime = new AbortController();
	#state: ConversationState;
	#run: AbortController | undefined;
	/** The id of the model that the user let have the files; the same files are not asked about again. */
	#allowedModel: string | undefined;

	constructor(state: ConversationState, services: ConversationServices, listener: ConversationListener) {
		this.#state = state;
		this.#services = services;
		this.#listener = listener;
	}

	get state(): ConversationState {
		return this.#state;
	}

	get isRunning(): boolean {
		return this.#run !== undefined;
	}

	/** Asks the built-in question about all files. */
	describe(): Promise<void> {
		return this.#begin('describe', this.#services.describeLabel());
	}

	ask(question: string): Promise<void> {
		return this.#begin('ask', question);
	}

	/** Asks the last question again. */
	async retry(): Promise<void> {
		const last = this.#state.turns.at(-1);
		if (last && !this.isRunning) {
			this.#change({ turns: this.#state.turns.slice(0, -1) });
			this.#forgetFiles();
			await this.#begin(last.purpose, last.question);
		}
	}

	/** Shows which model the next question goes to. */
	useModel(model: ModelState): void {
		this.#change({ model });
	}

	stop(): void {
		this.#run?.abort();
	}

	dispose(): void {
		this.#lifetime.abort();
		this.#run?.abort();
	}

	async #begin(purpose: TurnState['purpose'], question: string): Promise<void> {
		if (this.isRunning) {
			return;
		}
		const run = new AbortController();
		this.#run = run;
		const began = performance.now();
		const turn = newTurn((this.#state.turns.at(-1)?.id ?? 0) + 1, purpose, question);
		this.#change({ turns: [...this.#state.turns, turn] });
		const context: { -readonly [Key in keyof FailureContext]: FailureContext[Key] } = {};
		try {
			for await (const event of this.#answer(turn, context, run.signal)) {
				if (run.signal.aborted) {
					break;
				}
				this.#take(turn.id, event);
			}
			this.#finish(turn.id, run.signal.aborted ? { status: 'stopped' } : { status: 'done' }, began);
		} catch (error) {
			this.#finish(
				turn.id,
				error instanceof Refusal
					? { status: 'failed', failure: error.failure }
					: run.signal.aborted || isAbort(error)
						? { status: 'stopped' }
						: { status: 'failed', failure: this.#services.failure(error, context) },
				began,
			);
		} finally {
			this.#run = undefined;
			this.#change({});
		}
	}

	async *#answer(
		turn: TurnState,
		context: { host?: string | undefined; model?: string | undefined },
		signal: AbortSignal,
	): AsyncGenerator<ModelEvent, void, undefined> {
		const reading = this.#readAll(signal);
		// A failed read is reported below; without a handler now it would count as unhandled while the user chooses.
		reading.catch(() => undefined);
		const model = await untilAborted(this.#services.model(), signal);
		if (!model) {
			throw new Refusal(this.#services.noModel());
		}
		context.host = model.host;
		context.model = model.name;
		this.#change({ model: modelState(model) });
		this.#changeTurn(turn.id, { answeredBy: modelState(model) });
		const { attachments, files } = await reading;
		if (this.#allowedModel !== model.id) {
			if (!(await untilAborted(this.#services.mayAnswer(model, files), signal))) {
				throw new Refusal(this.#services.notAllowed());
			}
			this.#allowedModel = model.id;
		}
		this.#changeTurn(turn.id, { status: 'waiting' });
		yield* model.answer(this.#inquiry(turn, attachments), signal);
	}

	#inquiry(turn: TurnState, attachments: readonly Attachment[]): Inquiry {
		const kinds = attachments.map(({ kind }) => kind);
		const textOf = ({ purpose, question }: TurnState): string =>
			purpose === 'describe' ? describeQuestion(kinds, this.#services.language) : question;
		return {
			purpose: turn.purpose,
			system: systemText(),
			attachments,
			earlier: this.#state.turns
				.filter(({ id, answer }) => id < turn.id && answer !== '')
				.map((earlier) => ({ question: textOf(earlier), answer: earlier.answer })),
			question: textOf(turn),
		};
	}

	/** Reads every file that can be; fails when none can. */
	async #readAll(signal: AbortSignal): Promise<{
		readonly attachments: readonly Attachment[];
		readonly files: readonly SizedFile[];
	}> {
		const read = await Promise.all(this.#state.attachments.map((file) => this.#read(file, signal)));
		signal.throwIfAborted();
		const good = read.filter((result) => result.kind === 'read');
		const failed = read.find((result) => result.kind === 'failed');
		if (good.length === 0 && failed) {
			throw failed.error;
		}
		return { attachments: good.map(({ attachment }) => attachment), files: good.map(({ file }) => file) };
	}

	async #read(
		{ uri, name }: AttachmentState,
		signal: AbortSignal,
	): Promise<
		| { readonly kind: 'read'; readonly attachment: Attachment; readonly file: SizedFile }
		| { readonly kind: 'failed'; readonly error: unknown }
	> {
		try {
			const opened = await untilAborted(this.#file(uri), signal);
			const attachment = await untilAborted(opened.attachment, signal);
			return { kind: 'read', attachment, file: { name, size: opened.size } };
		} catch (error) {
			return { kind: 'failed', error };
		}
	}

	/** Opens a file once for all turns, and shows what is known of it as it comes. */
	#file(uri: string): Promise<OpenedFile> {
		const known = this.#files.get(uri);
		if (known) {
			return known;
		}
		const opening = this.#services.open(uri, this.#lifetime.signal);
		this.#files.set(uri, opening);
		opening
			.then(async ({ thumbnail, attachment }) => {
				void thumbnail.then((picture) => {
					if (picture) {
						this.#changeAttachment(uri, { thumbnail: dataUrl(picture) });
					}
				});
				this.#changeAttachment(uri, { detail: this.#services.detail(await attachment), failure: undefined });
			})
			.catch((error: unknown) => {
				if (!this.#lifetime.signal.aborted && this.#files.get(uri) === opening) {
					this.#changeAttachment(uri, { failure: this.#services.fileFailure(error) });
				}
			});
		return opening;
	}

	/** So that the next question reads them anew: the user may have mended or changed them. */
	#forgetFiles(): void {
		this.#files.clear();
		this.#change({ attachments: this.#state.attachments.map((file) => ({ ...file, failure: undefined })) });
	}

	#take(turn: number, event: ModelEvent): void {
		switch (event.kind) {
			case 'text': {
				const current = this.#state.turns.find(({ id }) => id === turn);
				if (current?.status === 'answering') {
					this.#replaceTurn(turn, { answer: current.answer + event.text });
					this.#listener.grew(turn, event.text);
				} else {
					this.#changeTurn(turn, { status: 'answering', answer: event.text });
				}
				return;
			}
			case 'coverage': {
				const sentence = this.#services.coverage(event);
				const coverage = this.#state.turns.find(({ id }) => id === turn)?.coverage ?? [];
				this.#changeTurn(turn, { coverage: [...coverage, sentence] });
				return;
			}
			case 'model': {
				const host = this.#state.turns.find(({ id }) => id === turn)?.answeredBy?.host;
				this.#changeTurn(turn, { answeredBy: { name: event.model, host } });
				return;
			}
			case 'usage':
				this.#changeTurn(turn, { usage: event.usage });
				return;
			case 'end':
				this.#changeTurn(turn, { end: event.reason });
				return;
			case 'thought':
			case 'image':
			case 'signature':
			case 'source':
			case 'search':
			case 'code':
			case 'code-result':
			case 'call':
			case 'wait':
			case 'repair':
				return;
		}
	}

	#finish(turn: number, outcome: Pick<TurnState, 'status'> & Partial<TurnState>, began: number): void {
		this.#replaceTurn(turn, { ...outcome, duration: performance.now() - began });
	}

	#changeTurn(turn: number, change: Partial<TurnState>): void {
		this.#replaceTurn(turn, change);
		this.#change({});
	}

	#replaceTurn(turn: number, change: Partial<TurnState>): void {
		this.#state = {
			...this.#state,
			turns: this.#state.turns.map((one) => (one.id === turn ? { ...one, ...change } : one)),
		};
	}

	#changeAttachment(uri: string, change: Partial<AttachmentState>): void {
		this.#change({
			attachments: this.#state.attachments.map((one) => (one.uri === uri ? { ...one, ...change } : one)),
		});
	}

	#change(change: Partial<ConversationState>): void {
		this.#state = { ...this.#state, ...change };
		if (!this.#lifetime.signal.aborted) {
			this.#listener.changed(this.#state);
		}
	}
}

/** The work ended because the user did not choose or allow; nothing went wrong. */
class Refusal extends Error {
	readonly failure: TurnFailure;

	constructor(failure: TurnFailure) {
		super(failure.sentence);
		this.failure = failure;
	}
}

function modelState({ name, host }: Model): ModelState {
	return { name, host };
}

function dataUrl({ mediaType, bytes }: Picture): string {
	return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** The value, or an `AbortError` as soon as the signal says so: not all of VS Code's own waits can be ended. */
function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const abort = (): void => {
			reject(signal.reason as Error);
		};
		signal.addEventListener('abort', abort, { once: true });
		value.then(resolve, reject).finally(() => {
			signal.removeEventListener('abort', abort);
		});
	});
}
