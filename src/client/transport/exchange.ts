import { abortReason } from './abort.ts';
import { Failure } from '../failure/failure.ts';
import { failureOf } from '../failure/failureOf.ts';
import { createCountdown, defaultTimers } from './timers.ts';
import type { TimerName, Timers } from './timers.ts';
import type { Message, Reply, Transport } from './transport.ts';

export interface ExchangeOptions {
	readonly signal?: AbortSignal | undefined;
	readonly timers?: Partial<Timers> | undefined;
}

type Phase = Exclude<TimerName, 'contentIdle' | 'total'>;

export type Outgoing = Omit<Message, 'signal' | 'onConnect' | 'onSent'>;

/** Error bodies say it at their beginning; some go on with the whole request. */
const errorBodyLimit = 64 * 1024;

/** ms */
const drainTime = 100;

/** What the system calls an error tells a mistake of ours or the server's from a broken network; the first that fits. */
const codeKinds = [
	// A connection that ended before its time, in a parser's words.
	[/EOF/, 'network'],
	[/^(?:UND_)?ERR_INVALID/, 'bad-request'],
	[/^HPE_|^HTTPParserError|^UND_ERR_HEADERS_OVERFLOW$/, 'invalid-response'],
] as const;

/** No second try finds another name or certificate. */
const lastingCodes = /^ENOTFOUND$|CERT|^ERR_(?:TLS|SSL)_|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_CA$/;

/** One request and its answer: every wait in it ends with its signal, and none outlasts its timer. */
export class Exchange {
	readonly #signal: AbortSignal | undefined;
	readonly #timers: Timers;
	readonly #stop = new AbortController();
	readonly #stopped: Promise<never>;
	readonly #phaseTimer = createCountdown(() => this.#timeOut('phase'));
	readonly #contentTimer = createCountdown(() => this.#timeOut('content'));
	#phase: Phase = 'connect';
	#waiting = false;
	#chunks: AsyncIterator<Uint8Array> | undefined;
	#headers: Reply['headers'] | undefined;
	#drained = false;
	#mayBeWhole = false;
	#endedBySilence = false;
	#bytesIn = 0;

	constructor({ signal, timers }: ExchangeOptions) {
		this.#signal = signal;
		this.#timers = { ...defaultTimers, ...timers };
		this.#stopped = new Promise((_resolve, reject) => {
			this.#stop.signal.addEventListener('abort', () => reject(this.#stop.signal.reason as Error), { once: true });
		});
		// Nobody may be waiting when it is stopped.
		this.#stopped.catch(() => undefined);
		signal?.addEventListener('abort', this.#abort, { once: true });
		if (signal?.aborted) {
			this.#abort();
		}
	}

	/** Of the answer, so far. */
	get bytesIn(): number {
		return this.#bytesIn;
	}

	/** Of the answer, names in lower case; undefined until its head has come. */
	get headers(): Reply['headers'] | undefined {
		return this.#headers;
	}

	/** Sends a request; resolves when the head of a good answer is there. Any other status is a failure. */
	async send(transport: Transport, message: Outgoing, key?: string): Promise<void> {
		const reply = await this.#open(transport, message);
		this.#headers = reply.headers;
		this.#chunks = reply.body[Symbol.asyncIterator]();
		if (reply.status >= 300 && reply.status < 400) {
			throw redirected(reply, message.url);
		}
		if (reply.status >= 400) {
			const body = await this.#readError();
			throw failureOf({ status: reply.status, headers: reply.headers, body, key });
		}
	}

	/** The next bytes of the answer, or undefined at its end. */
	async next(): Promise<Uint8Array | undefined> {
		this.check();
		if (this.#phase !== 'graceAfterFinish') {
			this.#phaseTimer.restart();
		}
		this.#waiting = true;
		try {
			const result = await this.#chunks?.next();
			if (result === undefined || result.done === true) {
				this.#drained = true;
				return undefined;
			}
			if (this.#phase === 'firstByte') {
				this.#enter('byteIdle');
				this.#contentTimer.start(this.#timers.contentIdle);
			}
			this.#bytesIn += result.value.byteLength;
			return result.value;
		} catch (error) {
			// The answer was whole; only its usage or end marker may be missing.
			const brokeInGrace = this.#phase === 'graceAfterFinish' && !this.#stop.signal.aborted;
			if (this.#endedBySilence || brokeInGrace) {
				return undefined;
			}
			throw this.#failureFor(error);
		} finally {
			this.#waiting = false;
		}
	}

	/** Tells that what came was part of the answer, and whether the answer has finished, or may have. */
	progress(finish: 'unfinished' | 'finished' | 'may-be-finished'): void {
		this.#contentTimer.restart();
		this.#mayBeWhole = finish === 'may-be-finished';
		if (finish !== 'finished') {
			return;
		}
		if (this.#phase === 'graceAfterFinish') {
			this.#phaseTimer.restart();
		} else {
			this.#contentTimer.clear();
			this.#enter('graceAfterFinish');
		}
	}

	/** Throws if the exchange was aborted. */
	check(): void {
		if (this.#stop.signal.aborted && !this.#endedBySilence) {
			throw this.#stop.signal.reason;
		}
	}

	/**
	 * Ends the connection at once, unless the answer was read to its end. A connection with nothing more to say gets a
	 * moment, which nobody waits for, to end the answer properly: then it can carry the next request.
	 */
	close(nothingMore = false): void {
		this.#phaseTimer.clear();
		this.#contentTimer.clear();
		this.#signal?.removeEventListener('abort', this.#abort);
		if (this.#drained) {
			return;
		}
		if (nothingMore) {
			const moment = setTimeout(() => this.#stop.abort(abortReason()), drainTime).unref();
			void this.#drain().finally(() => clearTimeout(moment));
		} else {
			this.#stop.abort(abortReason());
		}
	}

	async #drain(): Promise<void> {
		try {
			let result = await this.#chunks?.next();
			while (result?.done === false) {
				result = await this.#chunks?.next();
			}
		} catch {
			// Cut short: the connection is gone, the answer was whole.
		}
	}

	async #open(transport: Transport, message: Outgoing): Promise<Reply> {
		this.check();
		this.#waiting = true;
		this.#enter('connect');
		const onConnect = (): void => {
			if (this.#phase === 'connect') {
				this.#enter('firstByte');
			}
		};
		const onSent = (): void => {
			if (this.#phase === 'firstByte') {
				this.#phaseTimer.restart();
			}
		};
		try {
			const { signal } = this.#stop;
			const reply = await Promise.race([transport({ ...message, signal, onConnect, onSent }), this.#stopped]);
			this.#enter('firstByte');
			return reply;
		} catch (error) {
			throw this.#failureFor(error);
		} finally {
			this.#waiting = false;
		}
	}

	async #readError(): Promise<string> {
		// What a server has said of an error by then is enough.
		this.#enter('graceAfterFinish');
		const chunks: Uint8Array[] = [];
		while (this.#bytesIn < errorBodyLimit) {
			const chunk = await this.next();
			if (chunk === undefined) {
				break;
			}
			chunks.push(chunk);
		}
		return Buffer.concat(chunks).toString('utf8', 0, errorBodyLimit);
	}

	#enter(phase: Phase): void {
		this.#phase = phase;
		this.#phaseTimer.start(this.#timers[phase]);
	}

	#timeOut(timer: 'phase' | 'content'): void {
		// It ran out while the reader took its time, over something that starts it anew: see progress().
		if (!this.#waiting) {
			return;
		}
		this.#endedBySilence = this.#mayBeWhole || (timer === 'phase' && this.#phase === 'graceAfterFinish');
		const code: TimerName = timer === 'content' ? 'contentIdle' : this.#phase;
		this.#stop.abort(new Failure({ kind: 'timeout', code }));
	}

	readonly #abort = (): void => {
		const reason: unknown = this.#signal?.reason;
		// The answer's whole time is over, but it was only waiting for more after its finish.
		this.#endedBySilence = reason instanceof Failure && this.#phase === 'graceAfterFinish';
		this.#stop.abort(abortReason(reason));
	};

	#failureFor(error: unknown): unknown {
		if (this.#stop.signal.aborted) {
			return this.#stop.signal.reason;
		}
		const code = codeOf(error);
		const words = code ?? (error instanceof Error ? `${error.name}: ${error.message}` : '');
		const kind = codeKinds.find(([pattern]) => pattern.test(words))?.[1] ?? 'network';
		const lasting = lastingCodes.test(code ?? '');
		return new Failure({ kind, code, cause: error, ...(lasting ? { retryable: false } : {}) });
	}
}

function redirected({ status, headers }: Reply, from: URL): Failure {
	const { location = '' } = headers;
	const target = URL.canParse(location, from.href) ? new URL(location, from).origin : 'nowhere';
	return new Failure({
		kind: 'invalid-response',
		code: 'redirect',
		status,
		serverMessage: `HTTP ${status}: redirects to ${target}`,
	});
}

/** undici names the system's error only as the cause of its own. */
function codeOf(error: unknown): string | undefined {
	if (!(error instanceof Error)) {
		return undefined;
	}
	const own = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
	return own === undefined || own.startsWith('UND_ERR_SOCKET') ? (codeOf(error.cause) ?? own) : own;
}
