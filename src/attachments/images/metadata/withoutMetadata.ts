import type { PictureType } from '../../attachment.ts';
import { gifWithoutMetadata } from './gif.ts';
import { jpegWithoutMetadata } from './jpeg.ts';
import { pngWithoutMetadata } from './png.ts';
import { webpWithoutMetadata } from './webp.ts';

const strippers: Readonly<Record<PictureType, (bytes: Uint8Array) => Uint8Array<ArrayBuffer> | undefined>> = {
	'image/png': pngWithoutMetadata,
	'image/jpeg': jpegWithoutMetadata,
	'image/webp': webpWithoutMetadata,
	'image/gif': gifWithoutMetadata,
};

/**
 * The same picture, bit by bit, without EXIF, GPS, XMP, IPTC, comments, times, embedded thumbnails or anything behind
 * its end; colour profiles stay. Undefined when the file cannot be followed to its end.
 */
export function withoutMetadata(bytes: Uint8Array, type: PictureType): Uint8Array<ArrayBuffer> | undefined {
	return strippers[type](bytes);
}
