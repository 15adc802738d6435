import { AttachmentFailure } from '../attachmentFailure.ts';
import type { Pixels } from './pixels.ts';
import { readRunLengths } from './runLengths.ts';

/** Where the parts of a device-independent bitmap stand. */
interface Layout {
	/** px; the rows of an icon's mask are not counted. */
	readonly width: number;
	readonly height: number;
	readonly topDown: boolean;
	readonly bitsPerPixel: number;
	readonly compression: number;
	/** Of red, green, blue and alpha; 0 where there is no such channel. */
	readonly masks: readonly [number, number, number, number];
	/** Red, green, blue by index. */
	readonly palette: readonly (readonly [number, number, number])[];
	/** Offset of the rows. */
	readonly pixels: number;
}

/** Room for 16,000 x 8,000 px, which need half a gigabyte when decoded. */
const maximumPixels = 134_000_000;

const fileHeaderLength = 14;

/** `biCompression` (Microsoft's BITMAPINFOHEADER). */
const compressions = { none: 0, rle8: 1, rle4: 2, bitFields: 3, alphaBitFields: 6 } as const;

/** A BMP file's pixels. Fails with `AttachmentFailure` `damaged` or `too-many-pixels`. */
export function decodeBitmap(bytes: Uint8Array): Pixels<ArrayBuffer> {
	return reading(bytes, (view) => {
		const layout = readLayout(view, fileHeaderLength, view.getUint32(10, true), false);
		return pixelsOf(view, layout);
	});
}

/** The pixels of a bitmap inside an icon: without a file header, its rows followed by a mask of what is see-through. */
export function decodeIconBitmap(bytes: Uint8Array): Pixels<ArrayBuffer> {
	return reading(bytes, (view) => {
		const layout = readLayout(view, 0, undefined, true);
		return masked(view, layout, pixelsOf(view, layout));
	});
}

/** Size and depth of a bitmap inside an icon, without decoding it. */
export function iconBitmapSize(bytes: Uint8Array): { readonly width: number; readonly bitsPerPixel: number } {
	return reading(bytes, (view) => readLayout(view, 0, undefined, true));
}

/** Reading past the end throws `RangeError`, which here means that the file is cut off. */
function reading<Result>(bytes: Uint8Array, read: (view: DataView) => Result): Result {
	try {
		return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
	} catch (error) {
		throw error instanceof RangeError ? new AttachmentFailure('damaged', 'The bitmap is cut off.', error) : error;
	}
}

function readLayout(view: DataView, header: number, pixels: number | undefined, isIcon: boolean): Layout {
	const headerLength = view.getUint32(header, true);
	const isCore = headerLength === 12;
	if (!isCore && (headerLength < 16 || headerLength > 124)) {
		throw new AttachmentFailure('damaged', `A bitmap header of ${headerLength} bytes.`);
	}
	const width = isCore ? view.getUint16(header + 4, true) : view.getInt32(header + 4, true);
	const storedHeight = isCore ? view.getUint16(header + 6, true) : view.getInt32(header + 8, true);
	const bitsPerPixel = view.getUint16(header + (isCore ? 10 : 14), true);
	const field = (offset: number): number => (headerLength >= offset + 4 ? view.getUint32(header + offset, true) : 0);
	const compression = field(16);
	const height = Math.floor(Math.abs(storedHeight) / (isIcon ? 2 : 1));
	if (width < 1 || height < 1) {
		throw new AttachmentFailure('damaged', `A bitmap of ${width} x ${height} px.`);
	}
	if (width * height > maximumPixels) {
		throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px`);
	}
	// Headers of 40 bytes are followed by the masks that later ones hold.
	const hasFields = compression === compressions.bitFields || compression === compressions.alphaBitFields;
	const outside = hasFields && headerLength === 40 ? (compression === compressions.alphaBitFields ? 16 : 12) : 0;
	const maskAt = (index: number): number =>
		hasFields && (headerLength >= 44 + 4 * index || outside > 4 * index)
			? view.getUint32(header + 40 + 4 * index, true)
			: 0;
	const paletteAt = header + headerLength + outside;
	const entryLength = isCore ? 3 : 4;
	const colours = bitsPerPixel > 8 ? 0 : paletteLength(bitsPerPixel, field(32), pixels, paletteAt, entryLength);
	return {
		width,
		height,
		topDown: storedHeight < 0,
		bitsPerPixel,
		compression,
		masks: hasFields ? [maskAt(0), maskAt(1), maskAt(2), maskAt(3)] : defaultMasks(bitsPerPixel, isIcon),
		palette: Array.from({ length: colours }, (_, index) => {
			const at = paletteAt + index * entryLength;
			return [view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at)] as const;
		}),
		pixels: pixels ?? paletteAt + colours * entryLength + (bitsPerPixel > 8 ? field(32) * entryLength : 0),
	};
}

/** Never beyond the rows: some writers claim more colours than they wrote. */
function paletteLength(bits: number, used: number, pixels: number | undefined, start: number, entry: number): number {
	const most = 2 ** bits;
	const claimed = used === 0 ? most : Math.min(used, most);
	return pixels === undefined || pixels <= start ? claimed : Math.min(claimed, Math.floor((pixels - start) / entry));
}

function defaultMasks(bitsPerPixel: number, isIcon: boolean): Layout['masks'] {
	return bitsPerPixel === 16
		? [0x7c00, 0x03e0, 0x001f, 0]
		: // The fourth byte of a plain bitmap means nothing; in an icon it is alpha.
			[0x00ff0000, 0x0000ff00, 0x000000ff, isIcon ? 0xff000000 : 0];
}

function pixelsOf(view: DataView, layout: Layout): Pixels<ArrayBuffer> {
	switch (layout.bitsPerPixel) {
		case 1:
		case 2:
		case 4:
		case 8:
			return indexedPixels(view, layout);
		case 16:
		case 24:
		case 32:
			return directPixels(view, layout);
		default:
			throw new AttachmentFailure('damaged', `A bitmap of ${layout.bitsPerPixel} bits a pixel.`);
	}
}

function indexedPixels(view: DataView, layout: Layout): Pixels<ArrayBuffer> {
	const { width, height, bitsPerPixel, palette, compression } = layout;
	const indexes = compression === compressions.none ? storedIndexes(view, layout) : runLengthIndexes(view, layout);
	const bytes = new Uint8Array(width * height * 3);
	if (palette.length === 0) {
		throw new AttachmentFailure('damaged', `A bitmap of ${bitsPerPixel} bits a pixel without a palette.`);
	}
	for (let pixel = 0; pixel < indexes.length; pixel++) {
		const colour = palette[indexes[pixel] ?? 0];
		if (colour) {
			bytes.set(colour, pixel * 3);
		}
	}
	return { bytes, width, height, channels: 3 };
}

/** Row by row from the top. */
function storedIndexes(view: DataView, { width, height, bitsPerPixel, pixels, topDown }: Layout): Uint8Array {
	const stride = strideOf(width, bitsPerPixel);
	assertHolds(view, pixels, stride * height);
	const indexes = new Uint8Array(width * height);
	const perByte = 8 / bitsPerPixel;
	const mask = 2 ** bitsPerPixel - 1;
	for (let row = 0; row < height; row++) {
		const from = pixels + (topDown ? row : height - 1 - row) * stride;
		for (let column = 0; column < width; column++) {
			const byte = view.getUint8(from + Math.floor(column / perByte));
			indexes[row * width + column] = (byte >> (8 - bitsPerPixel * ((column % perByte) + 1))) & mask;
		}
	}
	return indexes;
}

function runLengthIndexes(view: DataView, layout: Layout): Uint8Array {
	const { width, height, bitsPerPixel, compression, pixels } = layout;
	const expected = compression === compressions.rle8 ? 8 : compression === compressions.rle4 ? 4 : undefined;
	if (expected !== bitsPerPixel) {
		throw new AttachmentFailure('damaged', `A bitmap of compression ${compression} and ${bitsPerPixel} bits a pixel.`);
	}
	return readRunLengths(view, pixels, { width, height, bitsPerPixel: expected });
}

function directPixels(view: DataView, layout: Layout): Pixels<ArrayBuffer> {
	const { width, height, bitsPerPixel, compression, masks, topDown, pixels } = layout;
	const known: readonly number[] = [compressions.none, compressions.bitFields, compressions.alphaBitFields];
	if (!known.includes(compression)) {
		throw new AttachmentFailure('damaged', `A bitmap of compression ${compression}.`);
	}
	const stride = strideOf(width, bitsPerPixel);
	assertHolds(view, pixels, stride * height);
	const hasAlpha = masks[3] !== 0 && bitsPerPixel !== 24;
	const channels = hasAlpha ? 4 : 3;
	const bytes = new Uint8Array(width * height * channels);
	const samplers = masks.map(samplerOf);
	let to = 0;
	let seen = 0;
	for (let row = 0; row < height; row++) {
		const from = pixels + (topDown ? row : height - 1 - row) * stride;
		for (let column = 0; column < width; column++) {
			const at = from + (column * bitsPerPixel) / 8;
			if (bitsPerPixel === 24) {
				bytes[to++] = view.getUint8(at + 2);
				bytes[to++] = view.getUint8(at + 1);
				bytes[to++] = view.getUint8(at);
			} else {
				const value = bitsPerPixel === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
				for (let channel = 0; channel < channels; channel++) {
					bytes[to++] = samplers[channel]?.(value) ?? 0;
				}
				seen |= hasAlpha ? (bytes[to - 1] ?? 0) : 0;
			}
		}
	}
	const decoded = { bytes, width, height, channels } as const;
	// Many writers leave the alpha channel empty and mean opaque.
	return hasAlpha && seen === 0 ? withoutAlpha(decoded) : decoded;
}

/** Takes a channel out of a pixel, as 0 to 255. */
function samplerOf(mask: number): (pixel: number) => number {
	if (mask === 0) {
		return () => 0;
	}
	const shift = 31 - Math.clz32(mask & -mask);
	const most = (mask >>> shift) >>> 0;
	return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

/** The mask of an icon counts where the picture has no alpha of its own: a set bit lets through what is behind. */
function masked(view: DataView, layout: Layout, decoded: Pixels<ArrayBuffer>): Pixels<ArrayBuffer> {
	const { width, height, bitsPerPixel, pixels, topDown } = layout;
	const maskStart = pixels + strideOf(width, bitsPerPixel) * height;
	const stride = strideOf(width, 1);
	if (decoded.channels === 4 || maskStart + stride * height > view.byteLength) {
		return decoded;
	}
	const bytes = new Uint8Array(width * height * 4);
	for (let row = 0; row < height; row++) {
		const from = maskStart + (topDown ? row : height - 1 - row) * stride;
		for (let column = 0; column < width; column++) {
			const pixel = row * width + column;
			bytes.set(decoded.bytes.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
			bytes[pixel * 4 + 3] = (view.getUint8(from + (column >> 3)) >> (7 - (column & 7))) & 1 ? 0 : 255;
		}
	}
	return { bytes, width, height, channels: 4 };
}

function withoutAlpha({ bytes, width, height }: Pixels): Pixels<ArrayBuffer> {
	const opaque = new Uint8Array(width * height * 3);
	for (let from = 0, to = 0; from < bytes.length; from += 4, to += 3) {
		opaque.set(bytes.subarray(from, from + 3), to);
	}
	return { bytes: opaque, width, height, channels: 3 };
}

/** Bytes a row: filled up to four. */
function strideOf(width: number, bitsPerPixel: number): number {
	return Math.ceil((width * bitsPerPixel) / 32) * 4;
}

/** Before anything is reserved for what is not there. */
function assertHolds(view: DataView, start: number, length: number): void {
	if (start + length > view.byteLength) {
		throw new AttachmentFailure('damaged', `The bitmap has ${view.byteLength - start} of ${length} bytes.`);
	}
}
