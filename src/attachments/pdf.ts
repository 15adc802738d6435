import type { PdfAttachment, Picture } from './attachment.ts';
import { AttachmentFailure } from './attachmentFailure.ts';
import { thumbnailSide, type ImageReader } from './image.ts';
import type { PdfJob, PdfPiece } from './pdfWorker.ts';
import { sniff } from './sniff.ts';
import { WorkerJobs, type WorkerLimits } from './workerJobs.ts';

export interface PdfPictures {
	/** How many pages, from the first, get a picture. */
	readonly pictures: number;
	/** Longest side of a picture, px. */
	readonly maxSide: number;
}

type PdfText = Pick<PdfAttachment, 'title' | 'outline'> & { readonly texts: readonly string[] };

/** A job that still lacks the file's bytes. */
type PdfTask = PdfJob extends infer Job ? (Job extends PdfJob ? Omit<Job, 'bytes'> : never) : never;

/** Text and pictures of PDFs, read by PDFium in a worker of its own. */
export class PdfReader {
	readonly #jobs: WorkerJobs<PdfJob, PdfPiece>;
	readonly #images: ImageReader;

	/**
	 * @param assets The folder of the built workers, ending in a slash.
	 * @param images Encodes the pages' pictures.
	 */
	constructor(assets: URL, images: ImageReader, limits: WorkerLimits = { silence: 30_000, idle: 60_000 }) {
		this.#jobs = new WorkerJobs(new URL('pdfWorker.js', assets), limits);
		this.#images = images;
	}

	/**
	 * The text of all pages and pictures of the first; a page that cannot be drawn has none.
	 * Fails with `AttachmentFailure`: `empty-file`, `unsupported-type`, `damaged`, `locked`, `no-pages`, `unreadable`.
	 */
	async read(name: string, bytes: Uint8Array, options: PdfPictures, signal: AbortSignal): Promise<PdfAttachment> {
		assertPdf(bytes);
		const { title, outline, texts } = await this.#text(bytes, signal);
		const pictures = await this.#pictures(bytes, Math.min(options.pictures, texts.length), options.maxSide, signal);
		const pages = texts.map((text, index) => ({ number: index + 1, text, picture: pictures.get(index + 1) }));
		return { kind: 'pdf', name, fileSize: bytes.length, title, outline, pages };
	}

	/** A small picture of the first page, at most `thumbnailSide` long. Fails as `read` does. */
	async thumbnail(bytes: Uint8Array, signal: AbortSignal): Promise<Picture> {
		assertPdf(bytes);
		// Drawn larger and scaled down: PDFium's own small pages are ragged.
		const job = { kind: 'pictures', first: 1, last: 1, maxSide: 4 * thumbnailSide } as const;
		for await (const piece of this.#run(job, bytes, signal)) {
			if (piece.kind === 'picture' && piece.pixels) {
				return await this.#images.encode(piece.pixels, thumbnailSide, signal);
			}
		}
		throw new AttachmentFailure('unreadable', 'The first page cannot be drawn.');
	}

	/** Ends the worker. A later call starts it again. */
	end(): void {
		this.#jobs.end();
	}

	async #text(bytes: Uint8Array, signal: AbortSignal): Promise<PdfText> {
		let head: Pick<PdfAttachment, 'title' | 'outline'> | undefined;
		const texts: string[] = [];
		for await (const piece of this.#run({ kind: 'text' }, bytes, signal)) {
			if (piece.kind === 'document') {
				head = piece;
			} else if (piece.kind === 'text') {
				texts.push(piece.text);
			}
		}
		if (!head) {
			throw new AttachmentFailure('unreadable', 'The worker gave no document.');
		}
		return { title: head.title, outline: head.outline, texts };
	}

	#run(job: PdfTask, bytes: Uint8Array, signal: AbortSignal): AsyncGenerator<PdfPiece, void, undefined> {
		const copy = new Uint8Array(bytes);
		return this.#jobs.run({ ...job, bytes: copy }, [copy.buffer], signal);
	}

	/** By page from 1, of the pages that could be drawn. */
	async #pictures(
		bytes: Uint8Array,
		last: number,
		maxSide: number,
		signal: AbortSignal,
	): Promise<ReadonlyMap<number, Picture>> {
		const pictures = new Map<number, Picture>();
		for (let next = 1; next <= last; next++) {
			try {
				for await (const piece of this.#run({ kind: 'pictures', first: next, last, maxSide }, bytes, signal)) {
					if (piece.kind === 'picture') {
						if (piece.pixels) {
							pictures.set(piece.page, await this.#images.encode(piece.pixels, maxSide, signal));
						}
						next = piece.page + 1;
					}
				}
			} catch (error) {
				// The worker crashed at page `next`; the pages after it may still be fine.
				if (!(error instanceof AttachmentFailure && error.kind === 'unreadable')) {
					throw error;
				}
			}
		}
		return pictures;
	}
}

function assertPdf(bytes: Uint8Array): void {
	if (bytes.length === 0) {
		throw new AttachmentFailure('empty-file');
	}
	const type = sniff(bytes);
	if (type !== 'application/pdf') {
		throw new AttachmentFailure('unsupported-type', type);
	}
}
