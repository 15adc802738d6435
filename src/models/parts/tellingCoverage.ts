import type { AnswerEvent } from '../../client/answer.ts';
import type { CoverageEvent, FramesEvent, ModelEvent } from '../model.ts';

/**
 * An answer's events, and what was read for it before the first of its text: until then the server may refuse a file,
 * and get its pages, or the request be sent anew.
 * @param coverage As far as is known when it is asked.
 */
export async function* tellingCoverage(
	events: AsyncIterable<AnswerEvent>,
	coverage: () => readonly (CoverageEvent | FramesEvent)[],
): AsyncGenerator<ModelEvent, void, undefined> {
	let isTold = false;
	for await (const event of events) {
		if (!isTold && settles(event)) {
			isTold = true;
			yield* coverage();
		}
		yield event;
	}
}

function settles(event: AnswerEvent): boolean {
	return event.kind === 'image' || event.kind === 'end' || (event.kind === 'text' && event.text.trim() !== '');
}
