import sharp from 'sharp';
import type { Picture, Size } from '../attachment.ts';
import { fileColours } from './colour/fileColours.ts';
import { areSrgb } from './colour/rgbColours.ts';
import type { WantedPicture } from './imageWorker.ts';
import { withoutMetadata } from './metadata/withoutMetadata.ts';
import { isAnimatedPng } from './moving/png.ts';
import { sniff } from '../sniff.ts';

/**
 * The file itself, without its metadata but otherwise bit by bit, where every reader sees in it what we see: one
 * picture, upright, opaque, in sRGB and of this size. Undefined where it has to be made anew.
 */
export async function originalPicture(
	bytes: Uint8Array,
	{ width, height }: Size,
	{ mediaTypes, maxBytes, keepsMetadata }: Omit<WantedPicture, 'size'>,
): Promise<Picture<ArrayBuffer> | undefined> {
	const type = sniff(bytes);
	const mediaType = mediaTypes.find((taken) => taken === type);
	if (mediaType === undefined || !(await isPlain(bytes, { width, height }))) {
		return undefined;
	}
	const stripped = keepsMetadata ? new Uint8Array(bytes) : withoutMetadata(bytes, mediaType);
	return stripped && stripped.length <= maxBytes ? { mediaType, bytes: stripped, width, height } : undefined;
}

async function isPlain(bytes: Uint8Array, size: Size): Promise<boolean> {
	const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
	const { width, height, orientation = 1, pages = 1, hasAlpha, depth, space, icc } = metadata;
	const colours = fileColours(bytes, metadata);
	return (
		width === size.width &&
		height === size.height &&
		orientation === 1 &&
		pages === 1 &&
		!isAnimatedPng(bytes) &&
		!hasAlpha &&
		depth === 'uchar' &&
		(space === 'srgb' || space === 'b-w') &&
		(colours ? areSrgb(colours) : icc === undefined)
	);
}
