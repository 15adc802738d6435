import { AttachmentFailure } from '../attachmentFailure.ts';
import { decodeIconBitmap, iconBitmapSize } from './bitmap.ts';
import type { Pixels } from './pixels.ts';

/** What the chosen entry of an icon is. */
export type IconImage =
	| { readonly kind: 'png'; readonly bytes: Uint8Array }
	| { readonly kind: 'pixels'; readonly pixels: Pixels<ArrayBuffer> };

interface Entry {
	readonly bytes: Uint8Array;
	readonly isPng: boolean;
	/** px */
	readonly width: number;
	readonly bitsPerPixel: number;
}

/** More entries than any icon has; a folder of 65,535 is no icon. */
const mostEntries = 256;

/**
 * The largest image of an ICO or CUR file, of equal ones the one with most colours.
 * Fails with `AttachmentFailure` `damaged` or `too-many-pixels`.
 */
export function decodeIcon(bytes: Uint8Array): IconImage {
	const best = entriesOf(bytes).reduce<Entry | undefined>(
		(chosen, entry) => (chosen && !isBetter(entry, chosen) ? chosen : entry),
		undefined,
	);
	if (!best) {
		throw new AttachmentFailure('damaged', 'The icon holds no readable image.');
	}
	return best.isPng ? { kind: 'png', bytes: best.bytes } : { kind: 'pixels', pixels: decodeIconBitmap(best.bytes) };
}

/** The sizes in the folder are one byte each and often wrong: what counts is what the images say. */
function entriesOf(bytes: Uint8Array): readonly Entry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const count =
		bytes.length < 6 ? 0 : Math.min(view.getUint16(4, true), mostEntries, Math.floor((bytes.length - 6) / 16));
	return Array.from({ length: count }, (_, index) => 6 + 16 * index).flatMap((at) => {
		const length = view.getUint32(at + 8, true);
		const offset = view.getUint32(at + 12, true);
		const entry = offset + length <= bytes.length ? readEntry(bytes.subarray(offset, offset + length)) : undefined;
		return entry ? [entry] : [];
	});
}

function readEntry(bytes: Uint8Array): Entry | undefined {
	if (isPng(bytes) && bytes.length > 29) {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		return { bytes, isPng: true, width: view.getUint32(16), bitsPerPixel: 32 };
	}
	try {
		return { bytes, isPng: false, ...iconBitmapSize(bytes) };
	} catch (error) {
		if (error instanceof AttachmentFailure) {
			return undefined;
		}
		throw error;
	}
}

function isBetter(one: Entry, other: Entry): boolean {
	return one.width === other.width ? one.bitsPerPixel > other.bitsPerPixel : one.width > other.width;
}

function isPng(bytes: Uint8Array): boolean {
	return [0x89, 0x50, 0x4e, 0x47].every((byte, index) => bytes[index] === byte);
}
