import type { ImageAttachment, Picture } from './attachment.ts';
import { AttachmentFailure } from './attachmentFailure.ts';
import type { ImageJob, ImageResult } from './imageWorker.ts';
import type { Pixels } from './pixels.ts';
import { isImageType, sniff } from './sniff.ts';
import { WorkerJobs, type WorkerLimits } from './workerJobs.ts';

/** Longest side of a picture that is sent, px: more than any model looks at. */
export const pictureSide = 2048;

/** A thumbnail is shown 56 px square; twice that stays sharp on dense screens. */
export const thumbnailSide = 112;

/** Pictures from image files, made by sharp in a worker of their own. */
export class ImageReader {
	readonly #jobs: WorkerJobs<ImageJob, ImageResult>;

	/** @param assets The folder of the built workers, ending in a slash. */
	constructor(assets: URL, limits: WorkerLimits = { silence: 60_000, idle: 60_000 }) {
		this.#jobs = new WorkerJobs(new URL('imageWorker.js', assets), limits);
	}

	/**
	 * The file's picture: upright, sRGB, without metadata or transparency, the first frame or page,
	 * at most `pictureSide` long.
	 * Fails with `AttachmentFailure`: `empty-file`, `unsupported-type`, `damaged`, `too-many-pixels`, `unreadable`.
	 */
	async prepare(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<ImageAttachment> {
		const fileType = imageTypeOf(bytes);
		const { picture, width, height } = await this.#readFile(bytes, pictureSide, signal);
		return { kind: 'image', name, fileType, fileSize: bytes.length, width, height, picture };
	}

	/** A small picture of the file, at most `thumbnailSide` long. Fails as `prepare` does. */
	async thumbnail(bytes: Uint8Array, signal: AbortSignal): Promise<Picture> {
		imageTypeOf(bytes);
		const { picture } = await this.#readFile(bytes, thumbnailSide, signal);
		return picture;
	}

	/** Encodes what another library drew. The pixels' memory is handed over: they cannot be used afterwards. */
	async encode(pixels: Pixels<ArrayBuffer>, maxSide: number, signal: AbortSignal): Promise<Picture> {
		const job: ImageJob = { source: { kind: 'pixels', ...pixels }, maxSide };
		const { picture } = await this.#jobs.one(job, [pixels.bytes.buffer], signal);
		return picture;
	}

	/** Ends the worker. A later call starts it again. */
	end(): void {
		this.#jobs.end();
	}

	async #readFile(bytes: Uint8Array, maxSide: number, signal: AbortSignal): Promise<ImageResult> {
		const copy = new Uint8Array(bytes);
		return this.#jobs.one({ source: { kind: 'file', bytes: copy }, maxSide }, [copy.buffer], signal);
	}
}

function imageTypeOf(bytes: Uint8Array): string {
	if (bytes.length === 0) {
		throw new AttachmentFailure('empty-file');
	}
	const type = sniff(bytes);
	if (!isImageType(type)) {
		throw new AttachmentFailure('unsupported-type', type);
	}
	return type;
}
