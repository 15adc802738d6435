import type { PdfAttachment, PdfPage, Picture, TextLine } from '../attachment.ts';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { thumbnailSide, type ImageReader } from '../images/image.ts';
import { digestOf, type PictureCache } from '../images/pictureCache.ts';
import type { PdfFile, PdfJob, PdfPiece } from './pdfWorker.ts';
import { sniff } from '../sniff.ts';
import { WorkerJobs, type WorkerLimits } from '../workers/workerJobs.ts';

/** A job that still lacks its file. */
type PdfTask = PdfJob extends infer Job ? (Job extends PdfJob ? Omit<Job, 'file'> : never) : never;

/** A file in which reading crashes more often has nothing left worth the wait. */
const mostCrashes = 5;

/** Text and pictures of PDFs, read by PDFium in a worker of its own. */
export class PdfReader {
	readonly #jobs: WorkerJobs<PdfJob, PdfPiece>;
	readonly #images: ImageReader;
	readonly #cache: PictureCache | undefined;
	readonly #files = new WeakMap<Uint8Array, PdfFile>();
	readonly #digests = new WeakMap<PdfFile, Promise<string>>();
	#opened = 0;

	/**
	 * @param assets The folder of the built workers, ending in a slash.
	 * @param images Encodes the pages' pictures.
	 * @param cache Where pages stay that were drawn once: every question after the first wants them again.
	 */
	constructor(
		assets: URL,
		images: ImageReader,
		limits: WorkerLimits = { silence: 30_000, idle: 60_000 },
		cache?: PictureCache,
	) {
		this.#jobs = new WorkerJobs(new URL('pdfWorker.js', assets), limits);
		this.#images = images;
		this.#cache = cache;
	}

	/**
	 * The text of all pages; one that cannot be read is marked as damaged, and the others are there.
	 * Fails with `AttachmentFailure`: `empty-file`, `unsupported-type`, `damaged`, `locked` (without a password),
	 * `wrong-password`, `locked-otherwise`, `no-pages`, `dynamic-form`, `too-large-file`, `unreadable`.
	 */
	async read(
		name: string,
		bytes: Uint8Array,
		{ password }: { readonly password?: string },
		signal: AbortSignal,
	): Promise<PdfAttachment> {
		const file = this.#file(bytes, password);
		const { repaired, title, outline, pages } = await this.#read(file, signal);
		return {
			kind: 'pdf',
			name,
			bytes: file.bytes,
			fileSize: bytes.length,
			opensElsewhere: password === undefined && !repaired,
			title,
			outline,
			pages,
			draw: (page, maxSide, stop) => this.#draw(file, page, maxSide, stop),
			lines: (page, stop) => this.#lines(file, page, stop),
		};
	}

	/** A small picture of the first page, at most `thumbnailSide` long. Fails as `read` does. */
	async thumbnail(bytes: Uint8Array, signal: AbortSignal): Promise<Picture> {
		// Drawn larger and scaled down: PDFium's own small pages are ragged.
		const job = { kind: 'picture', page: 1, maxSide: 4 * thumbnailSide } as const;
		const piece = await this.#jobs.one({ ...job, file: this.#file(bytes, undefined) }, [], signal);
		if (piece.kind !== 'picture' || !piece.pixels) {
			throw new AttachmentFailure('unreadable', 'The first page cannot be drawn.');
		}
		return this.#images.encode(piece.pixels, thumbnailSide, signal);
	}

	/** Ends the worker. A later call starts it again. */
	end(): void {
		this.#jobs.end();
	}

	/** The same for the same bytes: a thumbnail and a reading open the file once. */
	#file(bytes: Uint8Array, password: string | undefined): PdfFile {
		assertPdf(bytes);
		const known = this.#files.get(bytes);
		if (known && known.password === password) {
			return known;
		}
		const file: PdfFile = { id: ++this.#opened, bytes: known?.bytes ?? shared(bytes), password };
		this.#files.set(bytes, file);
		return file;
	}

	async #read(
		file: PdfFile,
		signal: AbortSignal,
	): Promise<Pick<PdfAttachment, 'title' | 'outline' | 'pages'> & { readonly repaired: boolean }> {
		let document: (PdfPiece & { readonly kind: 'document' }) | undefined;
		const pages: PdfPage[] = [];
		for (let crashes = 0; !document || pages.length < document.pageCount;) {
			const task: PdfTask = { kind: 'read', first: pages.length + 1 };
			try {
				for await (const piece of this.#jobs.run({ ...task, file }, [], signal)) {
					if (piece.kind === 'document') {
						document = piece;
					} else if (piece.kind === 'page') {
						pages.push(piece.page);
					}
				}
			} catch (error) {
				// The worker crashed at this page; the pages after it may still be fine.
				if (!document || !isCrash(error) || ++crashes > mostCrashes) {
					throw error;
				}
				pages.push(damagedPage(pages.length + 1));
			}
			if (!document) {
				throw new AttachmentFailure('unreadable', 'The worker gave no document.');
			}
		}
		if (pages.every(({ shows }) => shows === 'damaged')) {
			throw new AttachmentFailure('damaged', `None of ${pages.length} pages can be read.`);
		}
		return { ...document, pages };
	}

	async #draw(file: PdfFile, page: number, maxSide: number, signal: AbortSignal): Promise<Picture | undefined> {
		const key = await this.#keyOf(file, page, maxSide);
		const cached = key && (await this.#cache?.get(key));
		signal.throwIfAborted();
		if (cached) {
			return cached.picture;
		}
		const picture = await this.#drawAnew(file, page, maxSide, signal);
		if (key && picture) {
			const { width, height } = picture;
			void this.#cache?.put(key, { picture, stated: { width, height }, drawn: { width, height } });
		}
		return picture;
	}

	/** Undefined where nothing is kept: what somebody locked is not written to disk. */
	async #keyOf(file: PdfFile, page: number, maxSide: number): Promise<string | undefined> {
		if (!this.#cache || file.password !== undefined) {
			return undefined;
		}
		const digest = this.#digests.get(file) ?? digestOf(file.bytes);
		this.#digests.set(file, digest);
		return JSON.stringify([await digest, 'page', page, maxSide]);
	}

	async #drawAnew(file: PdfFile, page: number, maxSide: number, signal: AbortSignal): Promise<Picture | undefined> {
		try {
			const piece = await this.#jobs.one({ kind: 'picture', file, page, maxSide }, [], signal);
			return piece.kind === 'picture' && piece.pixels
				? await this.#images.encode(piece.pixels, maxSide, signal)
				: undefined;
		} catch (error) {
			if (isCrash(error)) {
				return undefined;
			}
			throw error;
		}
	}

	async #lines(file: PdfFile, page: number, signal: AbortSignal): Promise<readonly TextLine[]> {
		const piece = await this.#jobs.one({ kind: 'lines', file, page }, [], signal);
		return piece.kind === 'lines' ? piece.lines : [];
	}
}

function shared(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
	const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
	copy.set(bytes);
	return copy;
}

function isCrash(error: unknown): boolean {
	return error instanceof AttachmentFailure && error.kind === 'unreadable';
}

function damagedPage(number: number): PdfPage {
	return { number, label: String(number), text: '', width: 0, height: 0, shows: 'damaged' };
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
