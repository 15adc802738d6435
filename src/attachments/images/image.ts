import type { ImageAttachment, Picture, PictureTarget, Size } from '../attachment.ts';
import { AttachmentFailure } from '../attachmentFailure.ts';
import type { HeicJob } from './heicWorker.ts';
import type { ImageJob, ImageResult, WantedPicture } from './imageWorker.ts';
import { mostInStrip, stripLayout } from './moving/stripLayout.ts';
import { digestOf, type MadePicture, type PictureCache } from './pictureCache.ts';
import type { Pixels, ColouredPixels } from './pixels.ts';
import { type ImageType, isImageType, sniff } from '../sniff.ts';
import type { SvgJob, SvgResult } from './svgWorker.ts';
import { countTiffPages } from './tiffPages.ts';
import { WorkerJobs, type WorkerLimits } from '../workers/workerJobs.ts';

/** A thumbnail is shown 56 px square; twice that stays sharp on dense screens. */
export const thumbnailSide = 112;

/** What every webview shows and every reader reads. */
const plain = { mediaTypes: ['image/png', 'image/jpeg'], maxBytes: Infinity, keepsMetadata: false } as const;

export interface OpenedImage {
	readonly attachment: ImageAttachment;
	/** At most `thumbnailSide` long. */
	readonly thumbnail: Picture;
}

interface ImageFile {
	readonly bytes: Uint8Array;
	readonly type: ImageType;
	/** Of the bytes; undefined when nothing is cached. */
	readonly digest: string | undefined;
}

/** What of a file is decoded, and how large. */
interface Decoding {
	readonly source:
		{ readonly kind: 'file'; readonly bytes: Uint8Array } | ({ readonly kind: 'pixels' } & ColouredPixels<ArrayBuffer>);
	/** Upright size that the file gives itself, px. */
	readonly stated: Size | undefined;
	/** Size it can be drawn in, px; undefined where that is the one of its pixels. */
	readonly drawn: Size | undefined;
}

/** Pictures from image files: sharp, libheif and resvg, each in a worker of its own. */
export class ImageReader {
	readonly #images: WorkerJobs<ImageJob, ImageResult>;
	readonly #heics: WorkerJobs<HeicJob, ColouredPixels<ArrayBuffer>>;
	readonly #svgs: WorkerJobs<SvgJob, SvgResult>;

	readonly #cache: PictureCache | undefined;

	/**
	 * @param assets The folder of the built workers, ending in a slash.
	 * @param cache Where pictures stay that were made once.
	 */
	constructor(assets: URL, limits: WorkerLimits = { silence: 60_000, idle: 60_000 }, cache?: PictureCache) {
		this.#cache = cache;
		this.#images = new WorkerJobs(new URL('imageWorker.js', assets), limits);
		this.#heics = new WorkerJobs(new URL('heicWorker.js', assets), limits);
		this.#svgs = new WorkerJobs(new URL('svgWorker.js', assets), limits);
	}

	/**
	 * Reads the file once, to its end. Its pictures are upright, in sRGB and opaque; of moving pictures the frame that
	 * shows most, of several pages the first.
	 * Fails with `AttachmentFailure`: `empty-file`, `unsupported-type`, `damaged`, `unsupported-compression`,
	 * `too-many-pixels`, `unreadable`.
	 */
	async open(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<OpenedImage> {
		const file: ImageFile = { bytes, type: imageTypeOf(bytes), digest: this.#cache && (await digestOf(bytes)) };
		signal.throwIfAborted();
		const made = await this.#picture(file, { size: thumbnailSide, ...plain }, signal);
		const { picture: thumbnail, stated, motion } = made;
		const pageCount = file.type === 'image/tiff' ? countTiffPages(bytes) : 1;
		const pictureFor = once(
			(target) => wantedBy(target, made),
			async (wanted, stop) => (await this.#picture(file, wanted, stop)).picture,
		);
		return {
			thumbnail,
			attachment: {
				kind: 'image',
				name,
				fileType: file.type,
				fileSize: bytes.length,
				...stated,
				...(motion && { motion }),
				...(pageCount > 1 && { pageCount }),
				pictureFor,
			},
		};
	}

	/** Encodes what another library drew. The pixels' memory is handed over: they cannot be used afterwards. */
	async encode(pixels: Pixels<ArrayBuffer>, maxSide: number, signal: AbortSignal): Promise<Picture> {
		const job: ImageJob = { source: { kind: 'pixels', ...pixels }, wanted: { size: maxSide, ...plain } };
		const { picture } = await this.#images.one(job, [pixels.bytes.buffer], signal);
		return picture;
	}

	/** Ends the workers. A later call starts them again. */
	end(): void {
		for (const jobs of [this.#images, this.#heics, this.#svgs]) {
			jobs.end();
		}
	}

	async #picture(file: ImageFile, wanted: WantedPicture, signal: AbortSignal): Promise<MadePicture> {
		const key = file.digest && JSON.stringify([file.digest, wanted]);
		const cached = key && (await this.#cache?.get(key));
		if (cached) {
			return cached;
		}
		const made = await this.#make(file, wanted, signal);
		if (key) {
			void this.#cache?.put(key, made);
		}
		return made;
	}

	async #make({ bytes, type }: ImageFile, wanted: WantedPicture, signal: AbortSignal): Promise<MadePicture> {
		const { source, stated, drawn } = await this.#decoding(bytes, type, wanted.size, signal);
		const transfer = source.kind === 'pixels' ? [source.bytes.buffer] : [];
		const { picture, width, height, motion } = await this.#images.one({ source, wanted }, transfer, signal);
		const size = { width, height };
		return { picture, stated: stated ?? size, drawn: drawn ?? size, ...(motion && { motion }) };
	}

	async #decoding(bytes: Uint8Array, fileType: ImageType, size: number | Size, signal: AbortSignal): Promise<Decoding> {
		// Nothing is handed over: a worker gets a copy of a file when its turn comes, so that those in line take no memory.
		if (fileType === 'image/heic') {
			const pixels = await this.#heics.one({ bytes }, [], signal);
			return { source: { kind: 'pixels', ...pixels }, stated: undefined, drawn: undefined };
		}
		if (fileType === 'image/svg+xml') {
			const maxSide = typeof size === 'number' ? 4 * size : Math.max(size.width, size.height);
			const { pixels, stated, drawn } = await this.#svgs.one({ bytes, maxSide }, [], signal);
			return { source: { kind: 'pixels', ...pixels }, stated, drawn };
		}
		return { source: { kind: 'file', bytes }, stated: undefined, drawn: undefined };
	}
}

/** What a worker is to make of a file for a target. */
function wantedBy(target: PictureTarget, { drawn, motion }: Omit<MadePicture, 'picture'>): WantedPicture {
	const { fits, mediaTypes, maxBytes, keepsMetadata = false, asStrip = false } = target;
	const wanted = { size: fits(drawn), mediaTypes, maxBytes, keepsMetadata };
	return motion && asStrip
		? {
				...wanted,
				strips: Array.from({ length: mostInStrip - 1 }, (_, fewer) =>
					stripLayout(2 + fewer, drawn, motion.duration, fits),
				),
			}
		: wanted;
}

/** Makes each picture once, whoever else asks for it meanwhile; a failure or an abort counts for its own caller only. */
function once(
	wantedFor: (target: PictureTarget) => WantedPicture,
	make: (wanted: WantedPicture, signal: AbortSignal) => Promise<Picture>,
): ImageAttachment['pictureFor'] {
	const made = new Map<string, Picture>();
	const underWay = new Map<string, { readonly signal: AbortSignal; readonly picture: Promise<Picture> }>();
	return async (target, signal) => {
		const wanted = wantedFor(target);
		const key = JSON.stringify(wanted);
		const other = underWay.get(key);
		const known = made.get(key) ?? (other?.signal === signal ? other.picture : undefined);
		if (known) {
			return known;
		}
		const picture = make(wanted, signal);
		underWay.set(key, { signal, picture });
		try {
			made.set(key, await picture);
		} finally {
			underWay.delete(key);
		}
		return picture;
	};
}

function imageTypeOf(bytes: Uint8Array): ImageType {
	if (bytes.length === 0) {
		throw new AttachmentFailure('empty-file');
	}
	const type = sniff(bytes);
	if (!isImageType(type)) {
		throw new AttachmentFailure('unsupported-type', type);
	}
	return type;
}
