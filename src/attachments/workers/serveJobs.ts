import { parentPort } from 'node:worker_threads';
import { AttachmentFailure, type AttachmentFailureKind } from '../attachmentFailure.ts';

/** What goes to a worker: a job, then a request for each further result. */
export type WorkerRequest<Job> = { readonly kind: 'job'; readonly job: Job } | { readonly kind: 'next' };

/** One comes back for each request. */
export type WorkerReply<Result> =
	| { readonly kind: 'result'; readonly result: Result }
	| { readonly kind: 'done' }
	| { readonly kind: 'failure'; readonly failure: AttachmentFailureKind; readonly reason: string | undefined };

/** Does a job in steps: each result is made when it is asked for. */
export type JobRunner<Job, Result> = (job: Job) => AsyncGenerator<Result, void, undefined>;

/**
 * The worker's side of `WorkerJobs`: runs each job as a generator, one step for each request.
 * @param buffersOf What of a result is handed over instead of copied.
 */
export function serveJobs<Job, Result>(
	run: JobRunner<Job, Result>,
	buffersOf: (result: Result) => readonly ArrayBuffer[],
): void {
	const port = parentPort;
	if (!port) {
		throw new Error('This file is a worker; it has nobody to work for.');
	}
	let steps: AsyncGenerator<Result, void, undefined> | undefined;
	port.on('message', (request: WorkerRequest<Job>) => {
		if (request.kind === 'job') {
			steps = run(request.job);
		}
		void answer();
	});

	async function answer(): Promise<void> {
		try {
			const step = await steps?.next();
			if (!step || step.done) {
				send({ kind: 'done' }, []);
			} else {
				send({ kind: 'result', result: step.value }, buffersOf(step.value));
			}
		} catch (error) {
			const { kind, reason } =
				error instanceof AttachmentFailure ? error : new AttachmentFailure('unreadable', String(error));
			send({ kind: 'failure', failure: kind, reason }, []);
		}
	}

	function send(reply: WorkerReply<Result>, buffers: readonly ArrayBuffer[]): void {
		port?.postMessage(reply, buffers);
	}
}
