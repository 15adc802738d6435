import { operationUrl } from '../transport/baseUrl.ts';
import type { Endpoint } from '../endpoint.ts';
import { isObject } from '../json.ts';
import { asLesson } from './lesson.ts';
import type { Lesson } from './lesson.ts';

type Place = Pick<Endpoint, 'protocol' | 'baseUrl'>;

/** What refusals taught, by protocol and base URL, then by model; as `JSON.stringify` writes it. */
export type LearnedData = Readonly<Record<string, Readonly<Record<string, readonly Lesson[]>>>>;

/** A new one comes at the cost of the oldest. */
const lessonLimit = 20;
const modelLimit = 500;

/** What was learned by refusals, so that no server has to refuse the same twice (protocols.md 1.1, 3.4). */
export class Learned {
	readonly #onChange: () => void;
	/** By endpoint and model; those learned last come last. */
	readonly #lessons = new Map<string, { endpoint: string; model: string; lessons: readonly Lesson[] }>();

	/** Takes what `toJSON` gave, whoever has had it since, and calls back after each change. */
	constructor(data?: unknown, onChange: () => void = () => undefined) {
		this.#onChange = onChange;
		for (const [endpoint, models] of isObject(data) ? Object.entries(data) : []) {
			for (const [model, lessons] of isObject(models) ? Object.entries(models) : []) {
				const known = (Array.isArray(lessons) ? lessons : []).flatMap((lesson) => asLesson(lesson) ?? []);
				this.#keep(endpoint, model, known);
			}
		}
	}

	/** What is known of a model, in the order in which it was learned. */
	of(endpoint: Place, model: string): readonly Lesson[] {
		return this.#lessons.get(idOf(nameOf(endpoint), model))?.lessons ?? [];
	}

	learn(endpoint: Place, model: string, lesson: Lesson): void {
		const known = this.of(endpoint, model);
		if (known.some((other) => isSame(other, lesson))) {
			return;
		}
		// A server that wants the first name back has changed: two lessons would only turn in a circle.
		const others = known.filter((other) => !isReverse(other, lesson));
		this.#keep(nameOf(endpoint), model, others.length < known.length ? others : [...known, lesson]);
		this.#onChange();
	}

	/** Of all models of an endpoint. */
	forget(endpoint: Place): void {
		const name = nameOf(endpoint);
		for (const [id, entry] of this.#lessons) {
			if (entry.endpoint === name) {
				this.#lessons.delete(id);
			}
		}
		this.#onChange();
	}

	toJSON(): LearnedData {
		const data: Record<string, Record<string, readonly Lesson[]>> = {};
		for (const { endpoint, model, lessons } of this.#lessons.values()) {
			(data[endpoint] ??= {})[model] = lessons;
		}
		return data;
	}

	#keep(endpoint: string, model: string, lessons: readonly Lesson[]): void {
		const id = idOf(endpoint, model);
		this.#lessons.delete(id);
		if (lessons.length > 0) {
			this.#lessons.set(id, { endpoint, model, lessons: lessons.slice(-lessonLimit) });
		}
		for (const oldest of [...this.#lessons.keys()].slice(0, Math.max(0, this.#lessons.size - modelLimit))) {
			this.#lessons.delete(oldest);
		}
	}
}

/** Shared by all answers of this process that name no other. */
export const sharedLearned = new Learned();

/** However its address is written; without what may be secret in it. */
function nameOf({ protocol, baseUrl }: Place): string {
	const { origin, pathname } = operationUrl(baseUrl, '');
	return `${protocol} ${origin}${pathname}`;
}

function idOf(endpoint: string, model: string): string {
	return JSON.stringify([endpoint, model]);
}

function isSame(one: Lesson, other: Lesson): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function isReverse(one: Lesson, other: Lesson): boolean {
	return one.kind === 'renamed' && other.kind === 'renamed' && one.field === other.to && one.to === other.field;
}
