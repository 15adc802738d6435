import type { Usage } from '../answer.ts';

/** What a server counts, in tokens; 0 for what it does not tell. */
export interface Counts {
	readonly prompt: number;
	/** Everything that was made, hidden thoughts included. */
	readonly output: number;
	/** What was made without the thoughts, where the server counts these beside it. */
	readonly answer?: number;
	readonly thoughts: number;
	readonly images: number;
	readonly cached: number;
}

export interface UsageCounts {
	/** The last count that is not zero wins, for each: servers repeat, accumulate and leave out (protocols.md 2.1, 2.2). */
	add(counts: Counts): void;
	readonly usage: Usage;
}

export function createUsageCounts(): UsageCounts {
	// Written in place: Gemini counts in every event.
	const known = { prompt: 0, output: 0, answer: 0, thoughts: 0, images: 0, cached: 0 };
	return {
		add({ prompt, output, answer = 0, thoughts, images, cached }) {
			known.prompt = prompt || known.prompt;
			known.output = output || known.output;
			known.answer = answer || known.answer;
			known.thoughts = thoughts || known.thoughts;
			known.images = images || known.images;
			known.cached = cached || known.cached;
		},
		get usage() {
			const { prompt, output, answer, thoughts, images, cached } = known;
			return {
				prompt,
				output: Math.max(output, answer + thoughts),
				...(thoughts > 0 ? { thoughts } : {}),
				...(images > 0 ? { images } : {}),
				...(cached > 0 ? { cached } : {}),
			};
		},
	};
}

/** A count as servers write it, or 0 for anything else. */
export function count(value: unknown): number {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
