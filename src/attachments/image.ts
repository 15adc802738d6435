import type { ImageAttachment, Picture, PictureTarget, Size } from './attachment.ts';
import { AttachmentFailure } from './attachmentFailure.ts';
import type { HeicJob } from './heicWorker.ts';
import type { ImageJob, ImageResult, WantedPicture } from './imageWorker.ts';
import type { Pixels, ProfiledPixels } from './pixels.ts';
import { type ImageType, isImageType, sniff } from './sniff.ts';
import type { SvgJob, SvgResult } from './svgWorker.ts';
import { WorkerJobs, type WorkerLimits } from './workerJobs.ts';

/** A thumbnail is shown 56 px square; twice that stays sharp on dense screens. */
export const thumbnailSide = 112;

/** What every webview shows and every reader reads. */
const plain = { mediaTypes: ['image/png', 'image/jpeg'], maxBytes: Infinity, keepsMetadata: false } as const;

export interface OpenedImage {
	readonly attachment: ImageAttachment;
	/** At most `thumbnailSide` long. */
	readonly thumbnail: Picture;
}

/** What of a file is decoded, and how large. */
interface Decoding {
	readonly source: ImageJob['source'];
	/** Upright size that the file gives itself, px. */
	readonly stated: Size | undefined;
	/** Size it can be drawn in, px; undefined where that is the one of its pixels. */
	readonly drawn: Size | undefined;
}

/** Pictures from image files: sharp, libheif and resvg, each in a worker of its own. */
export class ImageReader {
	readonly #images: WorkerJobs<ImageJob, ImageResult>;
	readonly #heics: WorkerJobs<HeicJob, ProfiledPixels<ArrayBuffer>>;
	readonly #svgs: WorkerJobs<SvgJob, SvgResult>;

	/** @param assets The folder of the built workers, ending in a slash. */
	constructor(assets: URL, limits: WorkerLimits = { silence: 60_000, idle: 60_000 }) {
		this.#images = new WorkerJobs(new URL('imageWorker.js', assets), limits);
		this.#heics = new WorkerJobs(new URL('heicWorker.js', assets), limits);
		this.#svgs = new WorkerJobs(new URL('svgWorker.js', assets), limits);
	}

	/**
	 * Reads the file once, to its end. Its pictures are upright, in sRGB and opaque; of moving pictures the frame that
	 * shows most, of several pages the first.
	 * Fails with `AttachmentFailure`: `empty-file`, `unsupported-type`, `damaged`, `too-many-pixels`, `unreadable`.
	 */
	async open(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<OpenedImage> {
		const fileType = imageTypeOf(bytes);
		const wanted = { size: thumbnailSide, ...plain };
		const { picture: thumbnail, stated, drawn } = await this.#picture(bytes, fileType, wanted, signal);
		return {
			thumbnail,
			attachment: {
				kind: 'image',
				name,
				fileType,
				fileSize: bytes.length,
				...stated,
				pictureFor: once((target, stop) => this.#pictureFor(bytes, fileType, drawn, target, stop), drawn),
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

	async #pictureFor(
		bytes: Uint8Array,
		fileType: ImageType,
		drawn: Size,
		{ fits, mediaTypes, maxBytes, keepsMetadata = false }: PictureTarget,
		signal: AbortSignal,
	): Promise<Picture> {
		const wanted = { size: fits(drawn), mediaTypes, maxBytes, keepsMetadata };
		const { picture } = await this.#picture(bytes, fileType, wanted, signal);
		return picture;
	}

	async #picture(
		bytes: Uint8Array,
		fileType: ImageType,
		wanted: WantedPicture,
		signal: AbortSignal,
	): Promise<{ readonly picture: Picture; readonly stated: Size; readonly drawn: Size }> {
		const { source, stated, drawn } = await this.#decoding(bytes, fileType, wanted.size, signal);
		const { picture, ...size } = await this.#images.one({ source, wanted }, [source.bytes.buffer], signal);
		return { picture, stated: stated ?? size, drawn: drawn ?? size };
	}

	async #decoding(
		bytes: Uint8Array,
		fileType: ImageType,
		size: number | Size,
		signal: AbortSignal,
	): Promise<Decoding & { readonly source: { readonly bytes: Uint8Array<ArrayBuffer> } }> {
		const copy = new Uint8Array(bytes);
		if (fileType === 'image/heic') {
			const pixels = await this.#heics.one({ bytes: copy }, [copy.buffer], signal);
			return { source: { kind: 'pixels', ...pixels }, stated: undefined, drawn: undefined };
		}
		if (fileType === 'image/svg+xml') {
			const maxSide = typeof size === 'number' ? 4 * size : Math.max(size.width, size.height);
			const { pixels, stated, drawn } = await this.#svgs.one({ bytes: copy, maxSide }, [copy.buffer], signal);
			return { source: { kind: 'pixels', ...pixels }, stated, drawn };
		}
		return { source: { kind: 'file', bytes: copy }, stated: undefined, drawn: undefined };
	}
}

type MakePicture = ImageAttachment['pictureFor'];

/** Makes each picture once, whoever else asks for it meanwhile; a failure or an abort counts for its own caller only. */
function once(make: MakePicture, size: Size): MakePicture {
	const made = new Map<string, Picture>();
	const underWay = new Map<string, { readonly signal: AbortSignal; readonly picture: Promise<Picture> }>();
	return async (target, signal) => {
		const { fits, mediaTypes, maxBytes, keepsMetadata = false } = target;
		const key = JSON.stringify([fits(size), mediaTypes, maxBytes, keepsMetadata]);
		const other = underWay.get(key);
		const known = made.get(key) ?? (other?.signal === signal ? other.picture : undefined);
		if (known) {
			return known;
		}
		const picture = make(target, signal);
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
