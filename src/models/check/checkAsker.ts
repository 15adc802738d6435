import type { AnswerEvent } from '../../client/answer.ts';
import { answer } from '../../client/client.ts';
import { Failure } from '../../client/failure/failure.ts';
import { Learned } from '../../client/repair/learned.ts';
import type { Parameters, Part } from '../../client/request.ts';
import type { CheckEvent, CheckOptions } from './connectionCheck.ts';
import { isSameModel } from '../isSameModel.ts';
import { namingKeyAbsence } from '../keyAbsence.ts';
import { plainParameters } from '../settings/plainParameters.ts';
import type { NamedEndpoint } from '../settings/presets.ts';

export interface Question {
	readonly system: string;
	readonly parts: readonly Part[];
}

/** What became of a question. */
export interface Reply {
	readonly failure: Failure | undefined;
	readonly answer: string;
	/** The model that really answered, where it is another. */
	readonly by: string | undefined;
	/** In which the text came. */
	readonly pieces: number;
	/** Whether the text came all at once after a wait, as through a proxy that holds it back. */
	readonly held: boolean;
	readonly milliseconds: number;
}

/** Seconds of silence, then everything within a moment: no model writes like that. ms */
const silence = 1_500;
const moment = 30;

/** Puts questions to one model, for a check of its connection. */
export class Asker {
	readonly #endpoint: NamedEndpoint;
	readonly #model: string;
	readonly #options: CheckOptions;

	constructor(endpoint: NamedEndpoint, model: string, options: CheckOptions) {
		this.#endpoint = endpoint;
		this.#model = model;
		this.#options = options;
	}

	async *ask({ system, parts }: Question, changes: Parameters = {}): AsyncGenerator<CheckEvent, Reply, undefined> {
		const { parameters: wished, ...options } = this.#options;
		const { timers } = this.#endpoint;
		const parameters = { ...plainParameters(wished), ...changes };
		const request = { model: this.#model, system, turns: [{ role: 'user', parts } as const], parameters };
		const start = performance.now();
		const times: number[] = [];
		let words = '';
		let by: string | undefined;
		let failure: Failure | undefined;
		// What a server refused before may have changed: a check finds out anew.
		const learned = new Learned();
		try {
			for await (const event of answer(request, this.#endpoint, { timers, ...options, learned })) {
				yield* passedOn(event);
				if (event.kind === 'text') {
					times.push(performance.now());
					words += event.text;
				} else if (event.kind === 'model') {
					by = isSameModel(this.#model, event.model) ? undefined : event.model;
				}
			}
		} catch (error) {
			if (!(error instanceof Failure)) {
				throw error;
			}
			failure = namingKeyAbsence(error, this.#endpoint, options.key);
		}
		const [first = start] = times;
		const held = first - start > silence && (times.at(-1) ?? first) - first < moment;
		return {
			failure,
			answer: words.trim(),
			by,
			pieces: times.length,
			held,
			milliseconds: performance.now() - start,
		};
	}
}

function* passedOn(event: AnswerEvent): Generator<CheckEvent, void, undefined> {
	if (event.kind === 'wait' || event.kind === 'repair') {
		yield event;
	}
}
