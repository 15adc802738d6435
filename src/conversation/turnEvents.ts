import type { AnswerEvent, Repair, Source } from '../client/answer.ts';
import type { FailureKind } from '../client/failure/failure.ts';
import { isSameModel } from '../models/isSameModel.ts';
import type { CoverageEvent, FramesEvent } from '../models/model.ts';
import type { AnswerItem, SourceState, TurnState } from './messages.ts';

/** What happens to a turn while it is answered. An image is kept in a file by the time it comes here. */
export type TurnEvent =
	| Exclude<AnswerEvent, { readonly kind: 'image' }>
	| CoverageEvent
	| FramesEvent
	| {
			readonly kind: 'image';
			readonly file: string;
			readonly mediaType: string;
			readonly signature: string | undefined;
	  };

/** What people read about events that are no part of the answer. `host` is the model's. */
export interface EventSentences {
	readonly coverage: (event: CoverageEvent) => string;
	readonly frames: (event: FramesEvent) => string;
	readonly wait: (event: { readonly milliseconds: number; readonly reason: FailureKind }, host: string) => string;
	readonly repair: (repair: Repair, host: string) => string;
	readonly call: (name: string) => string;
}

/** The turn after an event that came at a time, in ms from the question. */
export function afterEvent(turn: TurnState, event: TurnEvent, time: number, sentences: EventSentences): TurnState {
	const host = turn.answeredBy?.host ?? '';
	switch (event.kind) {
		case 'text':
			return { ...answering(turn, time), answer: turn.answer + event.text };
		case 'thought': {
			const { text, began } = turn.thoughts ?? { text: '', began: time };
			return { ...turn, wait: undefined, thoughts: { text: text + event.text, began, ended: undefined } };
		}
		case 'image':
			return withItem(answering(turn, time), { ...event, at: turn.answer.length });
		case 'signature':
			return withItem(turn, { ...event, at: turn.answer.length });
		case 'code': {
			const { language, code } = event;
			return withItem(answering(turn, time), {
				kind: 'program',
				at: turn.answer.length,
				language,
				code,
				result: undefined,
			});
		}
		case 'code-result':
			return withResult(turn, { failed: !/^(?:outcome_)?ok$/i.test(event.outcome), output: event.output });
		case 'source':
			return { ...turn, sources: withSource(turn.sources, event.source) };
		case 'search':
			return { ...turn, search: { queries: event.queries, entryPoint: event.entryPoint } };
		case 'call':
			return { ...turn, remarks: [...turn.remarks, sentences.call(event.name)] };
		case 'coverage':
			return { ...turn, coverage: [...turn.coverage, sentences.coverage(event)] };
		case 'frames':
			return { ...turn, coverage: [...turn.coverage, sentences.frames(event)] };
		case 'model':
			return answeredBy(turn, event.model);
		case 'usage':
			return { ...turn, usage: event.usage };
		case 'wait':
			return { ...anew(turn), status: 'waiting', wait: sentences.wait(event, host) };
		case 'repair':
			return { ...anew(turn), remarks: [...turn.remarks, sentences.repair(event.repair, host)] };
		case 'end':
			return { ...turn, end: event.reason };
	}
}

/** The turn when nothing more comes. */
export function afterEnd(
	turn: TurnState,
	outcome: Pick<TurnState, 'status'> & Partial<Pick<TurnState, 'failure'>>,
	time: number,
): TurnState {
	return { ...thoughtOut(turn, time), ...outcome, wait: undefined, duration: time };
}

/**
 * Thoughts, blanks and marks of a try that failed are no part of the next. Once anything was seen there is no other try:
 * then the next part of a long answer waits.
 */
function anew(turn: TurnState): TurnState {
	const isSeen = turn.answer.trim() !== '' || turn.items.some(({ kind }) => kind !== 'signature');
	return isSeen ? turn : { ...turn, answer: '', items: [], thoughts: undefined };
}

function answering(turn: TurnState, time: number): TurnState {
	return { ...thoughtOut(turn, time), status: 'answering', wait: undefined };
}

function thoughtOut(turn: TurnState, time: number): TurnState {
	const { thoughts } = turn;
	return thoughts && thoughts.ended === undefined ? { ...turn, thoughts: { ...thoughts, ended: time } } : turn;
}

function withItem(turn: TurnState, item: AnswerItem): TurnState {
	return { ...turn, items: [...turn.items, item] };
}

/** Of the last program that has none; a result without a program stands for itself. */
function withResult(turn: TurnState, result: { readonly failed: boolean; readonly output: string }): TurnState {
	const index = turn.items.findLastIndex((item) => item.kind === 'program' && item.result === undefined);
	return index === -1
		? withItem(turn, { kind: 'program', at: turn.answer.length, language: '', code: '', result })
		: {
				...turn,
				items: turn.items.map((item, place) =>
					place === index && item.kind === 'program' ? { ...item, result } : item,
				),
			};
}

/** A page that is named twice is one source. What is no page of the web is left out: nothing else may become a link. */
function withSource(sources: readonly SourceState[], { uri, title, spans }: Source): readonly SourceState[] {
	const url = URL.parse(uri);
	if (!url || !/^https?:$/.test(url.protocol)) {
		return sources;
	}
	return sources.some((known) => known.uri === url.href)
		? sources.map((known) => (known.uri === url.href ? { ...known, spans: [...known.spans, ...spans] } : known))
		: [...sources, { uri: url.href, title: title.trim() || url.host, host: url.host, spans }];
}

function answeredBy(turn: TurnState, name: string): TurnState {
	const { answeredBy: before } = turn;
	// A try that failed may have been answered by another one yet.
	const asked = turn.asked ?? before?.name;
	const isAsked = asked === undefined || isSameModel(asked, name);
	return { ...turn, answeredBy: { name, host: before?.host }, asked: isAsked ? undefined : asked };
}
