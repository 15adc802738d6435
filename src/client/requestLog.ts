import type { AnswerEvent } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { Failure } from './failure.ts';
import type { Transcript } from './transcript.ts';

/** Keeps what one line of the log says of a request: never content, never keys. */
export interface RequestLog {
	sent(url: URL, bytes: number): void;
	told(event: AnswerEvent): void;
	failed(error: unknown): void;
	line(transcript: Pick<Transcript, 'answering' | 'counted' | 'finished'>, bytesIn: number): string;
}

export function createRequestLog(endpoint: Endpoint, model: string): RequestLog {
	const start = performance.now();
	const since = (): string => `${Math.round(performance.now() - start)} ms`;
	let host = '?';
	let bytesOut = 0;
	let firstToken = '-';
	let failure: string | undefined;
	return {
		sent(url, bytes) {
			host = url.host;
			bytesOut = bytes;
		},
		told({ kind }) {
			if (firstToken === '-' && (kind === 'text' || kind === 'thought')) {
				firstToken = since();
			}
		},
		failed(error) {
			failure = describeError(error);
		},
		line({ answering = '-', counted, finished = '-' }, bytesIn) {
			return [
				`${endpoint.protocol} ${host}`,
				`model ${model} -> ${answering}`,
				`${bytesOut} bytes out, ${bytesIn} in`,
				`first token ${firstToken}, total ${since()}`,
				`tokens ${counted.prompt} in, ${counted.output} out`,
				`finish ${finished}`,
				...(failure === undefined ? [] : [failure]),
			].join('; ');
		},
	};
}

/** An error in the log's words. */
export function describeError(error: unknown): string {
	if (!(error instanceof Failure)) {
		return error instanceof Error ? error.name : 'error';
	}
	const { kind, code, status, requestId } = error;
	const details = [status, code, requestId].filter((detail) => detail !== undefined).join(', ');
	return `failure ${kind}${details === '' ? '' : ` (${details})`}`;
}
