import type { EndReason, Usage } from '../answer.ts';
import { Failure } from '../failure/failure.ts';
import { pageTitle } from '../failure/pageTitle.ts';
import { redact } from '../failure/redact.ts';
import type { Finish, FinishWords } from './transcript.ts';

/** What is known of an answer when nothing more comes. */
export interface Observed {
	readonly finished: Finish | undefined;
	readonly finishWords: FinishWords;
	/** Set where the rest of the answer can be asked for. */
	readonly continuationToken: string | undefined;
	readonly counted: Usage;
	/** The most tokens that the answer might have, as was asked. */
	readonly tokenLimit: number | undefined;
	readonly refused: string;
	readonly visible: boolean;
	/** Whether the end marker was met. */
	readonly ended: boolean;
	/** Whether any part of an answer came, if only a hollow or an unfinished one. */
	readonly begun: boolean;
	/** Beginning of what was not understood. */
	readonly junk: string;
	/** Never told again, should the server repeat it. */
	readonly key: string | undefined;
}

/** How the answer ended, and the failure if it cannot count as one (protocols.md 2.4). */
export interface Outcome {
	readonly end?: EndReason;
	readonly failure?: Failure;
}

export function outcomeOf(observed: Observed): Outcome {
	const { finishWords, continuationToken, refused, visible, ended, key } = observed;
	const finished = isCutOffUnsaid(observed) ? 'length' : observed.finished;
	const words = { code: finishWords.code, serverMessage: finishWords.message && redact(finishWords.message, key) };
	if (refused !== '') {
		const serverMessage = redact(refused, key);
		return { end: 'refusal', failure: new Failure({ kind: 'blocked', code: 'refusal', serverMessage }) };
	}
	switch (finished) {
		case 'stop':
		case 'unknown':
			return visible ? { end: finished } : { failure: new Failure({ kind: 'empty', code: finished }) };
		case 'length':
			if (continuationToken !== undefined) {
				return { end: 'length' };
			}
			// The limit went to hidden thoughts; the same request would end the same.
			return visible
				? { end: 'length' }
				: { failure: new Failure({ kind: 'empty', code: 'length', retryable: false }) };
		case 'blocked':
		case 'refusal':
			return { end: finished, failure: new Failure({ kind: 'blocked', ...words }) };
		case 'failed':
			return { failure: new Failure({ kind: 'server', ...words }) };
		case 'overloaded':
			return { failure: new Failure({ kind: 'overloaded', ...words }) };
		case undefined:
			if (ended) {
				return visible ? { end: 'unknown' } : { failure: new Failure({ kind: 'empty' }) };
			}
			return { failure: brokenOff(observed) };
	}
}

/** Some gateways say "stop" where their upstream said that the limit was reached (protocols.md 7.1, row 8). */
function isCutOffUnsaid({ finished, counted, tokenLimit }: Observed): boolean {
	return finished === 'stop' && tokenLimit !== undefined && tokenLimit > 0 && counted.output >= tokenLimit;
}

function brokenOff({ begun, junk, key }: Observed): Failure {
	const serverMessage = redact(pageTitle(junk) ?? junk, key) || undefined;
	if (begun) {
		return new Failure({ kind: 'truncated', serverMessage });
	}
	return new Failure({ kind: junk === '' ? 'empty' : 'invalid-response', serverMessage });
}
