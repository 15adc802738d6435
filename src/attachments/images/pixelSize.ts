import type { Size } from '../attachment.ts';
import { sniff } from '../sniff.ts';
import { fourLettersAt } from './fourLetters.ts';

/** The upright size of a PNG, GIF, WebP or JPEG, read from its head alone; undefined for other kinds, and damaged ones. */
export function pixelSize(bytes: Uint8Array): Size | undefined {
	const read = readers.get(sniff(bytes) ?? '');
	try {
		const size = read?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
		return size && size.width > 0 && size.height > 0 ? size : undefined;
	} catch (error) {
		// The file ends before its head does.
		if (error instanceof RangeError) {
			return undefined;
		}
		throw error;
	}
}

const readers = new Map<string, (view: DataView) => Size | undefined>([
	['image/png', (view) => ({ width: view.getUint32(16), height: view.getUint32(20) })],
	['image/gif', (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) })],
	['image/webp', webpSize],
	['image/jpeg', jpegSize],
]);

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView): Size | undefined {
	switch (fourLettersAt(view, 12)) {
		case 'VP8 ':
			return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
		case 'VP8L': {
			const bits = view.getUint32(21, true);
			return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
		}
		case 'VP8X':
			return { width: (view.getUint32(23, true) >>> 8) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
		default:
			return undefined;
	}
}

/** A file of segments, each a marker and its length: ITU T.81, annex B. */
function jpegSize(view: DataView): Size | undefined {
	let isTurned = false;
	for (let at = 2; at < view.byteLength;) {
		// Markers may be filled up with FF.
		if (view.getUint8(at) !== 0xff || view.getUint8(at + 1) === 0xff) {
			at++;
			continue;
		}
		const marker = view.getUint8(at + 1);
		const length = view.getUint16(at + 2);
		if (marker === 0xe1) {
			isTurned ||= isTurnedByExif(view, at + 4);
		} else if (isFrame(marker)) {
			const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
			return isTurned ? { width: height, height: width } : { width, height };
		} else if (marker === 0xda) {
			return undefined;
		}
		at += 2 + length;
	}
	return undefined;
}

/** SOF0 to SOF15, without the markers for tables among them. */
function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Whether the orientation, tag 0x112 of the first directory, swaps the sides. */
function isTurnedByExif(view: DataView, start: number): boolean {
	const exif = 0x45786966;
	if (view.getUint32(start) !== exif) {
		return false;
	}
	const tiff = start + 6;
	const isLittle = view.getUint16(tiff) === 0x4949;
	const directory = tiff + view.getUint32(tiff + 4, isLittle);
	const count = view.getUint16(directory, isLittle);
	for (let entry = directory + 2; entry < directory + 2 + 12 * count; entry += 12) {
		if (view.getUint16(entry, isLittle) === 0x112) {
			return view.getUint16(entry + 8, isLittle) >= 5;
		}
	}
	return false;
}
