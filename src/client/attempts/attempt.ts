import type { AnswerEvent, Usage } from '../answer.ts';
import { createDecoder } from '../decoding/decoder.ts';
import { Exchange } from '../transport/exchange.ts';
import type { ExchangeOptions, Outgoing } from '../transport/exchange.ts';
import { Failure } from '../failure/failure.ts';
import { outcomeOf } from '../transcript/outcome.ts';
import type { Protocol } from '../protocol.ts';
import type { RequestLog } from '../transport/requestLog.ts';
import { createTranscript } from '../transcript/transcript.ts';
import type { Transport } from '../transport/transport.ts';
import { sumOf } from '../transcript/usage.ts';

export interface AttemptOptions extends ExchangeOptions {
	readonly protocol: Protocol;
	readonly transport: Transport;
	readonly key: string | undefined;
	/** As asked, in tokens. */
	readonly tokenLimit: number | undefined;
	readonly log: RequestLog;
	/** By earlier attempts at the same answer; the usage that is told includes it. */
	readonly spent: Usage | undefined;
	/** Called when the answer begins: the server has not refused. */
	readonly onAccepted: () => void;
}

/** Those that came together. */
export type Events = readonly AnswerEvent[];

/** What came of an attempt. */
export interface AttemptResult {
	/** Why there is no (whole) answer; undefined when there is. */
	readonly failure: Failure | undefined;
	/** Whether the head of an answer came, good or bad. */
	readonly replied: boolean;
	/** Whether a reader has seen anything of it that another attempt could not take back. */
	readonly shown: boolean;
	/** By this attempt and those before. */
	readonly spent: Usage;
}

/**
 * One request and its answer: yields the events that came together, together. A failure is what it returns, after the
 * events before it; an abort is thrown. A reader that stops early ends the request.
 */
export async function* attempt(
	message: Outgoing,
	options: AttemptOptions,
): AsyncGenerator<Events, AttemptResult, undefined> {
	const { protocol, transport, key, tokenLimit, log, spent, onAccepted } = options;
	const exchange = new Exchange(options);
	const transcript = createTranscript();
	const decoder = createDecoder();
	let begun = false;
	let accepted = false;
	let shown = false;
	const result = (failure?: Failure): AttemptResult => ({
		failure,
		shown,
		replied: exchange.headers !== undefined,
		spent: sumOf(transcript.counted, spent),
	});
	const told = (events: Events): Events => {
		if (!accepted && events.length > 0) {
			accepted = true;
			onAccepted();
		}
		shown ||= events.some(isVisible);
		return spent === undefined ? events : events.map((event) => withSpent(event, spent));
	};
	try {
		await exchange.send(transport, message, key);
		let chunk: Uint8Array | undefined;
		do {
			chunk = await exchange.next();
			const payloads = chunk === undefined ? decoder.finish() : decoder.push(chunk);
			for (const payload of payloads) {
				begun = protocol.interpret(payload, transcript, key) || begun;
			}
			const events = transcript.take();
			if (events.length > 0) {
				yield told(joined(events));
			}
			const isFinished = transcript.finished !== undefined;
			if (events.length > 0 || transcript.gathering || (isFinished && payloads.length > 0)) {
				exchange.progress(!isFinished ? 'unfinished' : protocol.finishIsLast ? 'finished' : 'may-be-finished');
			}
		} while (chunk !== undefined && !decoder.ended);
		const last = told(transcript.flush());
		const { ended, cutOff, junk } = decoder;
		const { end, failure } = outcomeOf({ ...transcript, tokenLimit, ended, begun: begun || cutOff, junk, key });
		const continuation = transcript.continuationToken;
		yield end === undefined
			? last
			: [...last, { kind: 'end', reason: end, ...(continuation === undefined ? {} : { continuation }) }];
		return result(failure);
	} catch (error) {
		if (!(error instanceof Failure)) {
			throw error;
		}
		yield told(transcript.flush());
		return result(error);
	} finally {
		exchange.close(decoder.ended);
		log.attempted(transcript, exchange, decoder);
	}
}

/** Text that came together is told together: each event costs its reader several turns of the microtask queue. */
function joined(events: Events): Events {
	const [first, ...others] = events;
	if (first === undefined || others.length === 0) {
		return events;
	}
	const result: AnswerEvent[] = [];
	let last = first;
	for (const event of others) {
		if ((event.kind === 'text' || event.kind === 'thought') && event.kind === last.kind) {
			last = { kind: event.kind, text: last.text + event.text };
		} else {
			result.push(last);
			last = event;
		}
	}
	result.push(last);
	return result;
}

/** Thoughts are not the answer, nor are blanks: a reader takes them back when it is tried again. */
function isVisible(event: AnswerEvent): boolean {
	switch (event.kind) {
		case 'text':
			return event.text.trim() !== '';
		case 'thought':
		case 'signature':
		case 'model':
		case 'usage':
		case 'wait':
		case 'repair':
		case 'end':
			return false;
		case 'image':
		case 'source':
		case 'search':
		case 'code':
		case 'code-result':
		case 'call':
			return true;
	}
}

function withSpent(event: AnswerEvent, spent: Usage): AnswerEvent {
	return event.kind === 'usage' ? { kind: 'usage', usage: sumOf(event.usage, spent) } : event;
}
