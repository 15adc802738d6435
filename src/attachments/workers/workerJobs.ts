import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AttachmentFailure } from '../attachmentFailure.ts';
import type { WorkerReply, WorkerRequest } from './serveJobs.ts';

/** In milliseconds. */
export interface WorkerLimits {
	/** A worker that says nothing for so long while it has work counts as hung. */
	readonly silence: number;
	/** A worker without work is ended after this; its memory goes with it. */
	readonly idle: number;
}

/**
 * Jobs done in one worker thread, one after the other. The thread starts with the first job, ends when idle, and is
 * killed by an abort, by a consumer that stops reading, by silence and by a crash; the next job starts a new one.
 */
export class WorkerJobs<Job, Result> {
	readonly #entry: URL;
	readonly #limits: WorkerLimits;
	#worker: Worker | undefined;
	#idleTimer: NodeJS.Timeout | undefined;
	/** Settles when the jobs before are done. */
	#queue: Promise<void> = Promise.resolve();

	constructor(entry: URL, limits: WorkerLimits) {
		this.#entry = entry;
		this.#limits = limits;
	}

	/**
	 * What the worker yields for the job, each piece made when it is asked for.
	 * Fails with `AttachmentFailure`, the worker's own or `unreadable` when it crashed or hung, or the signal's reason.
	 */
	async *run(job: Job, transfer: readonly ArrayBuffer[], signal: AbortSignal): AsyncGenerator<Result, void, undefined> {
		const turn = this.#queue;
		let leave = (): void => undefined;
		const left = new Promise<void>((resolve) => {
			leave = resolve;
		});
		this.#queue = turn.then(() => left);
		try {
			await orAbort(turn, signal);
			yield* this.#runNow(job, transfer, signal);
		} finally {
			leave();
		}
	}

	/** The only result of a job that has one. */
	async one(job: Job, transfer: readonly ArrayBuffer[], signal: AbortSignal): Promise<Result> {
		let only: { readonly result: Result } | undefined;
		for await (const result of this.run(job, transfer, signal)) {
			only = { result };
		}
		if (!only) {
			throw new AttachmentFailure('unreadable', 'The worker gave no result.');
		}
		return only.result;
	}

	/** Ends the worker, and with it the job it is at. */
	end(): void {
		clearTimeout(this.#idleTimer);
		void this.#worker?.terminate();
		this.#worker = undefined;
	}

	async *#runNow(
		job: Job,
		transfer: readonly ArrayBuffer[],
		signal: AbortSignal,
	): AsyncGenerator<Result, void, undefined> {
		const worker = this.#start();
		let healthy = false;
		try {
			worker.postMessage({ kind: 'job', job } satisfies WorkerRequest<Job>, transfer);
			for (;;) {
				const reply = await this.#reply(worker, signal);
				switch (reply.kind) {
					case 'result':
						yield reply.result;
						worker.postMessage({ kind: 'next' } satisfies WorkerRequest<Job>);
						break;
					case 'done':
						healthy = true;
						return;
					case 'failure':
						// What failed for no known reason may have left the library's memory in any state.
						healthy = reply.failure !== 'unreadable';
						throw new AttachmentFailure(reply.failure, reply.reason);
				}
			}
		} finally {
			if (healthy) {
				this.#rest(worker);
			} else {
				this.end();
			}
		}
	}

	async #reply(worker: Worker, signal: AbortSignal): Promise<WorkerReply<Result>> {
		const settled = new AbortController();
		const untilSettled = { signal: settled.signal };
		try {
			// An `error` event fails both of the first two.
			return await orAbort(
				Promise.race([
					once(worker, 'message', untilSettled).then(([reply]) => reply as WorkerReply<Result>),
					once(worker, 'exit', untilSettled).then(([code]) => crash(`The worker ended with code ${String(code)}.`)),
					delay(this.#limits.silence, undefined, untilSettled).then(() => crash('The worker hung.')),
				]),
				signal,
			);
		} catch (error) {
			signal.throwIfAborted();
			throw error instanceof AttachmentFailure ? error : new AttachmentFailure('unreadable', String(error), error);
		} finally {
			settled.abort();
		}
	}

	#start(): Worker {
		clearTimeout(this.#idleTimer);
		if (!this.#worker) {
			const worker = new Worker(this.#entry);
			// A worker may fail between two jobs; an `error` nobody listens to would take the host down with it.
			worker.on('error', () => undefined);
			worker.once('exit', () => {
				if (this.#worker === worker) {
					this.#worker = undefined;
				}
			});
			this.#worker = worker;
		}
		this.#worker.ref();
		return this.#worker;
	}

	#rest(worker: Worker): void {
		worker.unref();
		this.#idleTimer = setTimeout(() => this.end(), this.#limits.idle).unref();
	}
}

function crash(reason: string): never {
	throw new AttachmentFailure('unreadable', reason);
}

async function orAbort<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	const settled = new AbortController();
	const aborted = async (): Promise<never> => {
		signal.throwIfAborted();
		await once(signal, 'abort', { signal: settled.signal });
		throw signal.reason;
	};
	try {
		// Before the value, which may be there already; and raced even then, or nobody hears how the value fails.
		return await Promise.race([aborted(), value]);
	} finally {
		settled.abort();
	}
}
