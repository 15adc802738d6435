import { attempt } from './attempt.ts';
import type { AttemptOptions, AttemptResult, Events } from './attempt.ts';
import { isLoopback } from '../transport/baseUrl.ts';
import { jsonBody } from '../body/body.ts';
import { changed } from '../body/bodyFields.ts';
import type { ClientOptions } from '../client.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Usage } from '../answer.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Outgoing } from '../transport/exchange.ts';
import { withExtraBody } from '../body/extraBody.ts';
import type { Failure } from '../failure/failure.ts';
import { sharedLanes } from './lanes.ts';
import type { Lane, Passage, Place } from './lanes.ts';
import { sharedLearned } from '../repair/learned.ts';
import type { Lesson } from '../repair/lesson.ts';
import { protocols } from '../protocol.ts';
import { draftOf, repair } from '../repair/repair.ts';
import type { Request } from '../request.ts';
import { headersFor } from '../transport/requestHead.ts';
import type { RequestLog } from '../transport/requestLog.ts';
import { createRetries, interactive } from './retry.ts';
import type { Patience } from './retry.ts';
import { transportFor } from '../transport/transports.ts';

/**
 * A strict server names one field at a time. Its refusals are at once, cost nothing and are learned; who refuses more
 * than this does not want the request at all.
 */
const repairLimit = 3;

export interface AttemptsOptions extends Omit<ClientOptions, 'log'> {
	readonly signal: AbortSignal;
	readonly log: RequestLog;
	/** Whether the reader has seen an earlier part of the answer: then nothing is tried again. */
	readonly shown: boolean;
}

/**
 * The attempts at one answer, until one is whole or shows anything, or the patience is at its end (protocols.md 3.4).
 * Yields events in batches. Throws the last failure, or the signal's reason.
 */
export async function* attempts(
	request: Request,
	endpoint: Endpoint,
	options: AttemptsOptions,
): AsyncGenerator<Events, void, undefined> {
	const { key, signal, log, patience = interactive, clock = systemClock } = options;
	const { lanes = sharedLanes, learned = sharedLearned } = options;
	const { model } = request;
	const protocol = protocols[endpoint.protocol];
	const url = protocol.url(endpoint.baseUrl, request);
	const retries = createRetries(patience, clock.random);
	const entrance: Entrance = { lane: () => lanes.lane(url, key, model, clock), patience, clock, signal };
	let draft = await draftOf(request, learned.of(endpoint, model), signal);
	let lessons: readonly Lesson[] = [];
	let spent: Usage | undefined;
	let repairs = 0;
	for (;;) {
		const json = changed(
			withExtraBody(protocol.encode(draft.request, url.hostname), endpoint.extraBody),
			draft.changes,
		);
		const body = jsonBody(json);
		const message = { method: 'POST', url, headers: headersFor(endpoint, url, body, key), body } as const;
		log.sent(url, body.byteLength);
		const pending = lessons;
		const result = yield* inLane(entrance, message, {
			...options,
			protocol,
			transport: options.transport ?? transportFor(url),
			key,
			tokenLimit: request.parameters?.maxOutputTokens,
			spent,
			onAccepted: () => pending.forEach((lesson) => learned.learn(endpoint, model, lesson)),
		});
		const { failure } = result;
		if (!failure) {
			return;
		}
		if (result.shown || options.shown) {
			throw failure;
		}
		({ spent } = result);
		const repaired = repairs < repairLimit ? await repair(failure, draft, json, signal) : undefined;
		if (repaired) {
			log.failedBefore(failure);
			repairs++;
			({ draft } = repaired);
			lessons = [...lessons, ...repaired.lessons];
			yield repaired.made.map((made) => ({ kind: 'repair', repair: made }));
			continue;
		}
		const wait = retries.after({ failure, replied: result.replied, local: isLoopback(url.hostname) });
		if (wait === undefined) {
			throw failure;
		}
		log.failedBefore(failure);
		// The whole lane waits for a rate limit: see admission().
		if (failure.kind !== 'rate') {
			yield [{ kind: 'wait', milliseconds: wait, reason: failure.kind }];
			await clock.sleep(wait, signal);
		}
	}
}

/** What it takes to get into a lane. */
interface Entrance {
	readonly lane: () => Lane;
	readonly patience: Patience;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

/** An attempt, in its turn. */
async function* inLane(
	entrance: Entrance,
	message: Outgoing,
	options: AttemptOptions,
): AsyncGenerator<Events, AttemptResult, undefined> {
	const place = yield* admission(entrance);
	let passage: Passage = { kind: 'other' };
	try {
		const result = yield* attempt(message, options);
		passage = passageOf(result.failure);
		return result;
	} finally {
		place.leave(passage);
	}
}

/** Waits until the lane is not paused and has a place. Fails with what paused it if that lasts too long. */
async function* admission({ lane, patience, clock, signal }: Entrance): AsyncGenerator<Events, Place, undefined> {
	for (;;) {
		const entered = lane();
		const pause = entered.pause();
		if (!pause) {
			const place = await entered.enter(signal);
			if (!entered.pause()) {
				return place;
			}
			place.leave({ kind: 'other' });
		} else if (pause.milliseconds > patience.longestWait) {
			throw pause.failure.waiting(pause.milliseconds);
		} else {
			yield [{ kind: 'wait', milliseconds: pause.milliseconds, reason: 'rate' }];
			await clock.sleep(pause.milliseconds, signal);
		}
	}
}

function passageOf(failure: Failure | undefined): Passage {
	if (!failure) {
		return { kind: 'succeeded' };
	}
	return failure.kind === 'rate' ? { kind: 'limited', failure } : { kind: 'other' };
}
