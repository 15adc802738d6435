import sharp, { type Metadata, type Sharp } from 'sharp';
import type { Motion, Picture, PictureType, Size } from '../attachment.ts';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { withoutSequence } from './avifSequence.ts';
import { decodeBitmap } from './bitmap.ts';
import { codedColours } from './colour/codePoints.ts';
import { fileColours } from './colour/fileColours.ts';
import { profileColours } from './colour/iccProfile.ts';
import { areSrgb, convertToSrgb, type RgbColours } from './colour/rgbColours.ts';
import { encodePicture } from './encodePicture.ts';
import { fitInside } from './fit.ts';
import { decodeIcon } from './icon.ts';
import { type Animation, motionOf } from './moving/animation.ts';
import { readAnimation } from './moving/readAnimation.ts';
import { representativeFrame } from './moving/representativeFrame.ts';
import { drawStrip } from './moving/strip.ts';
import type { StripLayout } from './moving/stripLayout.ts';
import { originalPicture } from './originalPicture.ts';
import { flatten, type Pixels, type ColouredPixels } from './pixels.ts';
import { pixelSize } from './pixelSize.ts';
import { serveJobs } from '../workers/serveJobs.ts';
import { sniff } from '../sniff.ts';
import { tiffOf } from './tiff.ts';
import { readableTiff } from './tiffCompression.ts';

export interface ImageJob {
	readonly source:
		{ readonly kind: 'file'; readonly bytes: Uint8Array } | ({ readonly kind: 'pixels' } & ColouredPixels);
	readonly wanted: WantedPicture;
}

export interface WantedPicture {
	/** Longest side, or both sides; a picture is never enlarged. px */
	readonly size: number | Size;
	readonly mediaTypes: readonly PictureType[];
	/** Bytes */
	readonly maxBytes: number;
	readonly keepsMetadata: boolean;
	/** Of a moving picture, a strip of its frames: the layouts for two, three and so on. */
	readonly strips?: readonly StripLayout[];
}

export interface ImageResult {
	readonly picture: Picture<ArrayBuffer>;
	/** Upright size of the source, px. */
	readonly width: number;
	readonly height: number;
	/** Undefined for a still picture. */
	readonly motion?: Motion;
}

/** Room for a panorama of 20,000 x 13,000 px; formats decoded whole stay within the 2 GB that wasm has. */
const maximumPixels = 268_000_000;

/** Frames are laid one over the other in memory, several times over; beyond this the library ends its worker. */
const maximumCanvas = 64_000_000;

/** As sharp to the eye as the default, Lanczos, and a twentieth of the whole time quicker in WebAssembly. */
const kernel = 'cubic';

serveJobs(prepare, ({ picture }) => [picture.bytes.buffer]);

async function* prepare({ source, wanted }: ImageJob): AsyncGenerator<ImageResult, void, undefined> {
	try {
		const animation = source.kind === 'file' ? readAnimation(source.bytes) : undefined;
		const motion = animation && motionOf(animation);
		if (source.kind === 'file' && animation && wanted.strips) {
			const canvas = canvasOf(source.bytes);
			const strip = await drawStrip(animation, wanted.strips, decodeFrame);
			if (strip) {
				const picture = { ...(await encodePicture(strip.pixels, wanted)), times: strip.times };
				yield { picture, ...canvas, ...(motion && { motion }) };
				return;
			}
		}
		const opened = source.kind === 'file' ? await openFile(source.bytes, animation) : openPixels(source);
		const { upright } = opened;
		const size = typeof wanted.size === 'number' ? fitInside(upright, wanted.size) : wanted.size;
		const made = await encodePicture(flatten(await decode(opened, size)), wanted);
		const original =
			source.kind === 'file' && size.width === upright.width && size.height === upright.height
				? await originalPicture(source.bytes, size, wanted)
				: undefined;
		const picture = original && original.bytes.length <= made.bytes.length ? original : made;
		yield { picture, ...upright, ...(motion && { motion }) };
	} catch (error) {
		throw error instanceof AttachmentFailure ? error : new AttachmentFailure('damaged', String(error), error);
	}
}

interface Opened {
	readonly image: Sharp;
	/** px */
	readonly upright: Size;
	/** What its pixels mean where they are not sRGB yet, once decoded. */
	readonly colours: RgbColours | undefined;
}

/** The picture of a file; of a moving one the frame that shows most. */
async function openFile(bytes: Uint8Array, animation: Animation | undefined): Promise<Opened> {
	const type = sniff(bytes);
	if (animation || type === 'image/gif') {
		canvasOf(bytes);
	}
	if (type === 'image/bmp') {
		return openPixels(decodeBitmap(bytes));
	}
	if (type === 'image/x-icon') {
		const icon = decodeIcon(bytes);
		return icon.kind === 'png' ? openEncoded(icon.bytes) : openPixels(icon.pixels);
	}
	if (type === 'image/tiff') {
		return openEncoded(await readableTiff(bytes));
	}
	const frame = animation && (await representativeFrame(animation));
	return frame ? openFrame(frame.image) : openEncoded(type === 'image/avif' ? withoutSequence(bytes) : bytes);
}

/** What frames are drawn on, before any is decoded. Fails where there is no room for it. */
function canvasOf(bytes: Uint8Array): Size {
	const size = pixelSize(bytes);
	if (!size) {
		throw new AttachmentFailure('damaged', 'A moving picture of no size');
	}
	if (size.width * size.height > maximumCanvas) {
		throw new AttachmentFailure('too-many-pixels', `${size.width} x ${size.height} px`);
	}
	return size;
}

/** Colours are converted here where that is known how: the library does it several times as slowly, and before it shrinks. */
async function openEncoded(bytes: Uint8Array): Promise<Opened> {
	const metadata = await encoded(bytes).metadata();
	const colours = fileColours(bytes, metadata);
	return {
		image: encoded(bytes, { ignoreIcc: colours !== undefined }),
		upright: uprightSize(metadata),
		colours,
	};
}

function encoded(bytes: Uint8Array, { ignoreIcc = false } = {}): Sharp {
	// `error`: many cameras' files draw warnings, about stray bytes for example, and still decode well.
	return sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true, ignoreIcc });
}

function openPixels(pixels: ColouredPixels): Opened {
	const { bytes, width, height, channels, profile, codePoints } = pixels;
	const colours = profile ? profileColours(profile) : codePoints && codedColours(codePoints);
	const image =
		profile && !colours
			? encoded(tiffOf(pixels, profile))
			: sharp(bytes, { raw: { width, height, channels }, limitInputPixels: false });
	return { image, upright: { width, height }, colours };
}

function uprightSize({ width, height, autoOrient }: Metadata): Size {
	if (width * height > maximumPixels) {
		throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px`);
	}
	return { width: autoOrient.width, height: autoOrient.height };
}

async function openFrame(image: Sharp): Promise<Opened> {
	return { image, upright: uprightSize(await image.metadata()), colours: undefined };
}

function decodeFrame(image: Sharp, size: Size): Promise<Pixels> {
	return decode({ image, colours: undefined }, size);
}

async function decode({ image, colours }: Pick<Opened, 'image' | 'colours'>, size: Size): Promise<Pixels> {
	const { data, info } = await image
		.autoOrient()
		.resize({ ...size, fit: 'fill', kernel })
		.toColourspace('srgb')
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	const { width, height, channels } = info;
	if (channels !== 3 && channels !== 4) {
		throw new AttachmentFailure('damaged', `${channels} channels`);
	}
	const pixels = { bytes: data, width, height, channels };
	if (colours && !areSrgb(colours)) {
		convertToSrgb(pixels, colours);
	}
	return pixels;
}
