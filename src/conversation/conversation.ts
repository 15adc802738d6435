import type { FailureContext } from '../failures/sentences.ts';
import { isAbort } from '../failures/isAbort.ts';
import type { Model, ModelEvent } from '../models/model.ts';
import type { Subject } from '../models/modelSource.ts';
import { ConversationFiles, type FileServices, type ReadFiles } from './files.ts';
import { inquiryOf, subjectOf } from './inquiry.ts';
import type { AttachmentState, ConversationState, ModelState, TurnFailure, TurnState } from './messages.ts';
import { keptAttachments, newTurn } from './state.ts';
import { afterEnd, afterEvent, type EventSentences, type TurnEvent } from './turnEvents.ts';
import { untilAborted } from './untilAborted.ts';

/** What a conversation needs of the world. Sentences for people come from there too. */
export interface ConversationServices extends FileServices {
	/** The model in use, asking the user when none is; undefined when none was chosen. */
	readonly model: (subject: Subject) => Promise<Model | undefined>;
	/** Whether the files may go to the model's host; asks the user where that is due. Fails with the signal's reason. */
	readonly mayAnswer: (model: Model, read: ReadFiles, signal: AbortSignal) => Promise<boolean>;
	readonly images: AnswerImages;
	readonly sentences: EventSentences;
	readonly failure: (error: unknown, context: FailureContext) => TurnFailure;
	readonly noModel: () => TurnFailure;
	readonly notAllowed: () => TurnFailure;
	/** The model's server does not fetch what is at an address. */
	readonly addressNotTaken: (model: Model) => TurnFailure;
	/** Says that a file was written since an earlier question. */
	readonly changedRemark: (name: string) => string;
	readonly describeLabel: () => string;
	/** A language tag, e.g. `en`. */
	readonly language: string;
	/** Calls back each second until what it returns is called. */
	readonly everySecond: (tick: () => void) => () => void;
}

/** Where the images are that models drew, beside the conversation's state. */
export interface AnswerImages {
	/** Returns the file's name, unique within the conversation. */
	keep(conversation: string, image: { readonly mediaType: string; readonly bytes: Uint8Array }): Promise<string>;
	/** The bytes of a file; undefined when it is gone. */
	read(conversation: string, file: string): Promise<Uint8Array | undefined>;
}

export interface ConversationListener {
	/** Something other than the running answer's text or thoughts changed. */
	changed(state: ConversationState): void;
	/** A running answer, or the thoughts before it, grew. */
	grew(turn: number, kind: 'text' | 'thought', text: string): void;
}

/** Files and turns, one answer at a time. Lives in the host; a panel shows it. */
export class Conversation {
	readonly #services: ConversationServices;
	readonly #listener: ConversationListener;
	readonly #lifetime = new AbortController();
	readonly #files: ConversationFiles;
	#state: ConversationState;
	#run: AbortController | undefined;
	#endCountdown = (): void => undefined;
	/** The id of the model that the user let have the files; the same files are not asked about again. */
	#allowedModel: string | undefined;

	constructor(state: ConversationState, services: ConversationServices, listener: ConversationListener) {
		this.#state = state;
		this.#services = services;
		this.#listener = listener;
		this.#files = new ConversationFiles(
			services,
			(uri, change) => this.#changeAttachment(uri, change),
			this.#lifetime.signal,
		);
	}

	get state(): ConversationState {
		return this.#state;
	}

	get isRunning(): boolean {
		return this.#run !== undefined;
	}

	/** What a model is to be asked about. */
	get subject(): Subject {
		return subjectOf(this.#state);
	}

	/** Asks the built-in question about all files. */
	describe(): Promise<void> {
		return this.#begin('describe', this.#services.describeLabel());
	}

	ask(question: string): Promise<void> {
		return this.#begin('ask', question);
	}

	/**
	 * Asks the last question again: nothing when another one was asked since, or nobody is there to see its answer.
	 * `fetchHere`: with the files themselves where only their addresses were to be sent.
	 */
	async retry(turn: TurnState, { fetchHere = false }: { readonly fetchHere?: boolean } = {}): Promise<void> {
		if (turn === this.#state.turns.at(-1) && !this.isRunning && !this.#lifetime.signal.aborted) {
			this.#files.forget();
			this.#allowedModel = fetchHere ? undefined : this.#allowedModel;
			this.#change({
				turns: this.#state.turns.slice(0, -1),
				attachments: this.#state.attachments.map((file) => ({
					...file,
					...(fetchHere && file.byAddress && { byAddress: false, detail: '' }),
					failure: undefined,
				})),
			});
			await this.#begin(turn.purpose, turn.question);
		}
	}

	/** Shows which model the next question goes to. */
	useModel(model: ModelState): void {
		this.#change({ model });
	}

	/** Whether several frames of a moving picture go with the next question, or one. */
	sendStrip(index: number, sendsStrip: boolean): void {
		this.#changeFile(index, { sendsStrip });
	}

	/** Leaves a file out from the next question on, unless it is the last. */
	remove(index: number): void {
		if (keptAttachments(this.#state).length > 1) {
			this.#changeFile(index, { isRemoved: true });
		}
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
		const time = (): number => performance.now() - began;
		const turn = newTurn((this.#state.turns.at(-1)?.id ?? 0) + 1, purpose, question);
		this.#change({ turns: [...this.#state.turns, turn] });
		const end = (outcome: Parameters<typeof afterEnd>[1]): void =>
			this.#replaceTurn(turn.id, (running) => afterEnd(running, outcome, time()));
		const context: { -readonly [Key in keyof FailureContext]: FailureContext[Key] } = {};
		try {
			for await (const event of this.#answer(turn, context, run.signal)) {
				if (run.signal.aborted) {
					break;
				}
				await this.#take(turn.id, event, time);
			}
			end({ status: run.signal.aborted ? 'stopped' : 'done' });
		} catch (error) {
			if (error instanceof Refusal) {
				end({ status: 'unsent', failure: error.failure });
			} else if (run.signal.aborted || isAbort(error)) {
				end({ status: 'stopped' });
			} else {
				end({ status: 'failed', failure: this.#services.failure(error, context) });
			}
		} finally {
			this.#endCountdown();
			this.#run = undefined;
			this.#change({});
		}
	}

	async *#answer(
		turn: TurnState,
		context: { -readonly [Key in keyof FailureContext]: FailureContext[Key] },
		signal: AbortSignal,
	): AsyncGenerator<ModelEvent, void, undefined> {
		const reading = this.#files.readAll(this.#state.attachments, signal);
		// A failed read is reported below; without a handler now it would count as unhandled while the user chooses.
		reading.catch(() => undefined);
		const model = await untilAborted(this.#services.model(this.subject), signal);
		if (!model) {
			throw new Refusal(this.#services.noModel());
		}
		context.host = model.host;
		context.model = model.name;
		this.#change({ model: modelState(model) });
		this.#changeTurn(turn.id, { answeredBy: modelState(model) });
		const read = await reading;
		this.#changeTurn(turn.id, { remarks: read.changed.map((name) => this.#services.changedRemark(name)) });
		context.byAddress = read.addresses.length > 0;
		if (!read.addresses.every((address) => model.takesAddress?.(address))) {
			throw new Refusal(this.#services.addressNotTaken(model));
		}
		if (this.#allowedModel !== model.id) {
			if (!(await untilAborted(this.#services.mayAnswer(model, read, signal), signal))) {
				throw new Refusal(this.#services.notAllowed());
			}
			this.#allowedModel = model.id;
		}
		this.#changeTurn(turn.id, { status: 'waiting' });
		yield* model.answer(await inquiryOf(this.#state, turn, read, this.#services), signal);
	}

	/** `time` is that since the question, ms. */
	async #take(turn: number, event: ModelEvent, time: () => number): Promise<void> {
		this.#endCountdown();
		const before = this.#state.turns.find(({ id }) => id === turn);
		if (event.kind === 'image') {
			const { mediaType, signature } = event;
			const file = await this.#services.images.keep(this.#state.id, event);
			this.#apply(turn, { kind: 'image', file, mediaType, signature }, time());
		} else if (event.kind === 'wait') {
			this.#countDown(turn, event, time);
		} else if (
			before?.wait === undefined &&
			((event.kind === 'text' && before?.status === 'answering' && !isThinking(before)) ||
				(event.kind === 'thought' && before && isThinking(before)))
		) {
			this.#replaceTurn(turn, (one) => afterEvent(one, event, time(), this.#services.sentences));
			this.#listener.grew(turn, event.kind, event.text);
		} else {
			this.#apply(turn, event, time());
		}
	}

	/** Says each second how long the wait still is. */
	#countDown(turn: number, event: TurnEvent & { readonly kind: 'wait' }, time: () => number): void {
		const until = time() + event.milliseconds;
		this.#apply(turn, event, time());
		this.#endCountdown = this.#services.everySecond(() => {
			const milliseconds = until - time();
			if (milliseconds > 0) {
				this.#apply(turn, { ...event, milliseconds }, time());
			} else {
				this.#endCountdown();
				this.#changeTurn(turn, { wait: undefined });
			}
		});
	}

	#apply(turn: number, event: TurnEvent, time: number): void {
		this.#replaceTurn(turn, (one) => afterEvent(one, event, time, this.#services.sentences));
		this.#change({});
	}

	#changeTurn(turn: number, change: Partial<TurnState>): void {
		this.#replaceTurn(turn, (one) => ({ ...one, ...change }));
		this.#change({});
	}

	#replaceTurn(turn: number, next: (turn: TurnState) => TurnState): void {
		this.#state = { ...this.#state, turns: this.#state.turns.map((one) => (one.id === turn ? next(one) : one)) };
	}

	#changeFile(index: number, change: Partial<AttachmentState>): void {
		this.#change({
			attachments: this.#state.attachments.map((one, place) => (place === index ? { ...one, ...change } : one)),
		});
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

function isThinking({ thoughts }: TurnState): boolean {
	return thoughts !== undefined && thoughts.ended === undefined;
}

function modelState({ name, host }: Model): ModelState {
	return { name, host };
}
