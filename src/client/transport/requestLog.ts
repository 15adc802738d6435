import type { AnswerEvent, Repair } from '../answer.ts';
import type { Decoder } from '../decoding/decoder.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Exchange } from './exchange.ts';
import { Failure } from '../failure/failure.ts';
import { requestIdIn } from '../failure/failureOf.ts';
import type { Transcript } from '../transcript/transcript.ts';

const content: ReadonlySet<AnswerEvent['kind']> = new Set(['text', 'thought', 'image']);

/** Keeps what one line of the log says of an answer and its attempts: never content, never keys. */
export interface RequestLog {
	sent(url: URL, bytes: number): void;
	told(event: AnswerEvent): void;
	/** An attempt is over. */
	attempted(
		transcript: Pick<Transcript, 'answering' | 'counted' | 'finished'>,
		exchange: Pick<Exchange, 'bytesIn' | 'headers'>,
		decoder: Pick<Decoder, 'junk'>,
	): void;
	/** An attempt failed, and is not the last one. */
	failedBefore(failure: Failure): void;
	failed(error: unknown): void;
	line(): string;
}

export function createRequestLog(endpoint: Endpoint, model: string): RequestLog {
	const start = performance.now();
	const since = (): string => `${Math.round(performance.now() - start)} ms`;
	const earlier: string[] = [];
	const repairs: string[] = [];
	let host = '?';
	let attempts = 0;
	let bytesOut = 0;
	let bytesIn = 0;
	let firstToken = '-';
	let answering = '-';
	let finished = '-';
	let understood = true;
	let prompt = 0;
	let output = 0;
	let requestId: string | undefined;
	let failure: string | undefined;
	return {
		sent(url, bytes) {
			host = url.host;
			attempts++;
			bytesOut += bytes;
		},
		told(event) {
			if (firstToken === '-' && content.has(event.kind)) {
				firstToken = since();
			} else if (event.kind === 'repair') {
				repairs.push(describeRepair(event.repair));
			}
		},
		attempted(transcript, exchange, decoder) {
			answering = transcript.answering ?? answering;
			finished = transcript.finished ?? '-';
			understood = decoder.junk === '';
			prompt += transcript.counted.prompt;
			output += transcript.counted.output;
			bytesIn += exchange.bytesIn;
			requestId = requestIdIn(exchange.headers ?? {}) ?? requestId;
		},
		failedBefore(error) {
			earlier.push(describeError(error));
		},
		failed(error) {
			failure = describeError(error);
		},
		line() {
			return [
				`${endpoint.protocol} ${host}`,
				`model ${model} -> ${answering}`,
				`${bytesOut} bytes out, ${bytesIn} in`,
				`first token ${firstToken}, total ${since()}`,
				`tokens ${prompt} in, ${output} out`,
				`finish ${finished}`,
				...(understood ? [] : ['not all of it understood']),
				...(requestId === undefined ? [] : [`request ${requestId}`]),
				`attempts ${attempts}`,
				...earlier.map((words) => `before: ${words}`),
				...repairs,
				...(failure === undefined ? [] : [failure]),
			].join('; ');
		},
	};
}

function describeRepair(repair: Repair): string {
	switch (repair.kind) {
		case 'dropped':
			return `without ${repair.field}`;
		case 'renamed':
			return `${repair.field} as ${repair.to}`;
		case 'image-converted':
		case 'image-shrunk':
		case 'pdf-as-pages':
			return repair.kind;
	}
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
