import sharp, { type Sharp } from 'sharp';
import type { Picture, PictureType, Size } from '../attachment.ts';
import { scaled } from './fit.ts';
import type { WantedPicture } from './imageWorker.ts';
import { isDrawing, type Pixels } from './pixels.ts';

interface Way {
	readonly mediaType: PictureType;
	readonly encode: (image: Sharp) => Sharp;
}

/** What loses nothing, the smaller first. */
const lossless: readonly Way[] = [
	// More effort saves a quarter of the bytes and takes four times as long, which no network does.
	{ mediaType: 'image/webp', encode: (image) => image.webp({ lossless: true, effort: 0 }) },
	{ mediaType: 'image/png', encode: (image) => image.png() },
];

const coarser: readonly Way[] = [85, 70, 50].map((quality) => ({
	mediaType: 'image/jpeg',
	encode: (image) => image.jpeg({ quality }),
}));

/** Below this a picture goes as it is, px: nothing would be left of it. */
const leastSide = 64;

/**
 * Encodes opaque pixels: drawings without loss, photographs as JPEG; coarser, then smaller, until they keep to
 * `maxBytes`.
 */
export async function encodePicture(
	pixels: Pixels,
	{ mediaTypes, maxBytes }: Pick<WantedPicture, 'mediaTypes' | 'maxBytes'>,
): Promise<Picture<ArrayBuffer>> {
	const { width, height, channels } = pixels;
	// Never `clone()`: it copies what its pixels are a view of, which is the library's whole memory.
	const raw = (): Sharp => sharp(pixels.bytes, { raw: { width, height, channels }, limitInputPixels: false });
	const exact = isDrawing(pixels) ? lossless.find(({ mediaType }) => mediaTypes.includes(mediaType)) : undefined;
	const ways = [...(exact ? [exact] : []), ...coarser];
	for (let size: Size = { width, height }; ; size = scaled(size, 0.5)) {
		let picture: Picture<ArrayBuffer> | undefined;
		for (const { mediaType, encode } of ways) {
			const data = await encode(raw().resize({ ...size, fit: 'fill' })).toBuffer();
			// A copy, because what is handed over must not be part of the library's own memory.
			picture = { mediaType, bytes: new Uint8Array(data), ...size };
			if (data.length <= maxBytes) {
				return picture;
			}
		}
		if (picture && Math.max(size.width, size.height) <= leastSide) {
			return picture;
		}
	}
}
