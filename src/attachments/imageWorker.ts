import sharp, { type Sharp } from 'sharp';
import type { Picture } from './attachment.ts';
import { AttachmentFailure } from './attachmentFailure.ts';
import { flatten, isDrawing, type Pixels } from './pixels.ts';
import { serveJobs } from './serveJobs.ts';

export interface ImageJob {
	readonly source: { readonly kind: 'file'; readonly bytes: Uint8Array } | ({ readonly kind: 'pixels' } & Pixels);
	/** Longest side of the picture, px; smaller ones are not enlarged. */
	readonly maxSide: number;
}

export interface ImageResult {
	readonly picture: Picture<ArrayBuffer>;
	/** Upright size of the source, px. */
	readonly width: number;
	readonly height: number;
}

/** Room for a panorama of 20,000 x 13,000 px; formats decoded whole stay within the 2 GB that wasm has. */
const maximumPixels = 268_000_000;

serveJobs(prepare, ({ picture }) => [picture.bytes.buffer]);

async function* prepare({ source, maxSide }: ImageJob): AsyncGenerator<ImageResult, void, undefined> {
	const image = source.kind === 'file' ? openFile(source.bytes) : openPixels(source);
	try {
		const { width, height } = await uprightSize(image);
		const pixels = flatten(await decode(image, maxSide));
		yield { picture: await encode(pixels), width, height };
	} catch (error) {
		throw error instanceof AttachmentFailure ? error : new AttachmentFailure('damaged', String(error), error);
	}
}

function openFile(bytes: Uint8Array): Sharp {
	// `error`: many cameras' files draw warnings, about stray bytes for example, and still decode well.
	return sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true });
}

function openPixels({ bytes, width, height, channels }: Pixels): Sharp {
	return sharp(bytes, { raw: { width, height, channels }, limitInputPixels: false });
}

async function uprightSize(image: Sharp): Promise<{ readonly width: number; readonly height: number }> {
	const { width, height, autoOrient } = await image.metadata();
	if (width * height > maximumPixels) {
		throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px`);
	}
	return autoOrient;
}

async function decode(image: Sharp, maxSide: number): Promise<Pixels> {
	const { data, info } = await image
		.clone()
		.autoOrient()
		.resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
		.toColourspace('srgb')
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	const { width, height, channels } = info;
	if (channels !== 3 && channels !== 4) {
		throw new AttachmentFailure('damaged', `${channels} channels`);
	}
	return { bytes: data, width, height, channels };
}

async function encode(pixels: Pixels): Promise<Picture<ArrayBuffer>> {
	const { width, height } = pixels;
	const image = openPixels(pixels);
	const drawing = isDrawing(pixels);
	const data = await (drawing ? image.png() : image.jpeg({ quality: 85 })).toBuffer();
	// A copy, because what is handed over must not be part of the library's own memory.
	return { mediaType: drawing ? 'image/png' : 'image/jpeg', bytes: new Uint8Array(data), width, height };
}
