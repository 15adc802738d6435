import type { Picture } from '../attachment.ts';
import type { RecognisedText } from './recognisedText.ts';
import type { TextJob } from './textWorker.ts';
import { WorkerJobs, type WorkerLimits } from '../workers/workerJobs.ts';

/** Recognises text in pictures: Tesseract with data for English, in a worker of its own and without a network. */
export class TextReader {
	readonly #jobs: WorkerJobs<TextJob, RecognisedText>;

	/** @param assets The folder of the built workers, ending in a slash. */
	constructor(assets: URL, limits: WorkerLimits = { silence: 120_000, idle: 60_000 }) {
		this.#jobs = new WorkerJobs(new URL('textWorker.js', assets), limits);
	}

	/**
	 * Takes pictures that `ImageReader` made, not files: Tesseract's own decoders are not for what comes from outside.
	 * Fails with `AttachmentFailure` `unreadable`, or the signal's reason.
	 */
	async read(picture: Picture, signal: AbortSignal): Promise<RecognisedText> {
		const bytes = new Uint8Array(picture.bytes);
		return this.#jobs.one({ bytes }, [bytes.buffer], signal);
	}

	/** Ends the worker. A later call starts it again. */
	end(): void {
		this.#jobs.end();
	}
}
