import zlib from 'node:zlib';
import sharp from 'sharp';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { sniff } from '../sniff.ts';
import { TiffDirectory } from './tiffDirectory.ts';

/** Tags (TIFF 6.0, section 8). */
const tag = {
	width: 256,
	height: 257,
	bits: 258,
	compression: 259,
	photometric: 262,
	fillOrder: 266,
	stripOffsets: 273,
	samples: 277,
	rowsPerStrip: 278,
	stripLengths: 279,
	planar: 284,
	tileWidth: 322,
	tileHeight: 323,
	tileOffsets: 324,
	tileLengths: 325,
} as const;

/** A strip or a tile once it is decompressed. */
interface Segment {
	/** px; the last strip may have fewer rows. */
	readonly width: number;
	readonly height: number;
	readonly samples: number;
	readonly maxBytes: number;
}

type Decompress = (bytes: Uint8Array, segment: Segment) => Promise<Uint8Array> | Uint8Array;

interface Compression {
	/** As programs call it that write it. */
	readonly name: string;
	/** Undefined where nothing here reads it. */
	readonly decompress?: Decompress | undefined;
}

/** Numbers of libtiff's tiff.h: what the image library's own build leaves out. */
const compressions: ReadonlyMap<number, Compression> = new Map<number, Compression>([
	[6, { name: 'JPEG, old style' }],
	[9, { name: 'JBIG' }],
	[10, { name: 'JBIG' }],
	[32909, { name: 'PixarLog' }],
	[33003, { name: 'JPEG 2000' }],
	[33005, { name: 'JPEG 2000' }],
	[34661, { name: 'JBIG' }],
	[34712, { name: 'JPEG 2000' }],
	[34887, { name: 'LERC' }],
	[34925, { name: 'LZMA' }],
	// Some builds of Node are made without it.
	[50000, { name: 'ZSTD', decompress: 'zstdDecompressSync' in zlib ? decompressZstd : undefined }],
	[50001, { name: 'WebP', decompress: decompressWebp }],
	[50002, { name: 'JPEG XL' }],
	[52546, { name: 'JPEG XL' }],
]);

/** A picture's bytes lie in memory several times over while it is read. */
const maximumBytes = 2 ** 30;

const deflate = 8;

/**
 * A TIFF in a compression that the image library reads: the file itself, or its first page with the strips or tiles
 * stored anew. Fails with `AttachmentFailure` `unsupported-compression`, `too-many-pixels` or `damaged`; a `RangeError`
 * or the decompressor's own error says damaged, too.
 */
export async function readableTiff(bytes: Uint8Array): Promise<Uint8Array> {
	const directory = new TiffDirectory(bytes);
	const [number = 1] = directory.values(tag.compression);
	const compression = compressions.get(number);
	if (!compression) {
		return bytes;
	}
	if (!compression.decompress) {
		throw new AttachmentFailure('unsupported-compression', compression.name);
	}
	const layout = layoutOf(directory);
	const offsets = directory.values(layout.offsetsTag);
	const lengths = directory.values(layout.lengthsTag);
	// Of a size of nothing the count is no number, or endless.
	if (offsets.length !== layout.count || lengths.length !== layout.count) {
		throw new AttachmentFailure('damaged', `${offsets.length} of ${layout.count} strips or tiles`);
	}
	const isReversed = directory.values(tag.fillOrder)[0] === 2;
	const stored: Uint8Array[] = [];
	for (const [index, offset] of offsets.entries()) {
		const segment = bytes.subarray(offset, offset + (lengths[index] ?? 0));
		const pixels = await compression.decompress(isReversed ? withBitsReversed(segment) : segment, layout.segment);
		// Not to save room, but for the predictor: without compression the image library leaves it out.
		stored.push(zlib.deflateSync(pixels, { level: 0 }));
	}
	return withSegments(bytes, directory.offsetSize, layout, stored);
}

interface Layout {
	readonly segment: Segment;
	/** Strips or tiles of the whole picture. */
	readonly count: number;
	readonly offsetsTag: number;
	readonly lengthsTag: number;
}

function layoutOf(directory: TiffDirectory): Layout {
	const first = (of: number, otherwise: number): number => directory.values(of)[0] ?? otherwise;
	const [width, height] = [first(tag.width, 0), first(tag.height, 0)];
	const tileWidth = first(tag.tileWidth, 0);
	const isTiled = tileWidth > 0;
	const segmentWidth = isTiled ? tileWidth : width;
	const segmentHeight = isTiled ? first(tag.tileHeight, 0) : Math.min(first(tag.rowsPerStrip, height), height);
	const all = first(tag.samples, 1);
	const isPlanar = first(tag.planar, 1) === 2;
	const samples = isPlanar ? 1 : all;
	const across = Math.ceil(width / segmentWidth);
	const count = across * Math.ceil(height / segmentHeight) * (isPlanar ? all : 1);
	const bits = Math.max(1, ...directory.values(tag.bits).slice(0, all));
	// Blocks of YCbCr are whole ones, of at most 4 px a side (section 21).
	const whole = (side: number): number => (first(tag.photometric, 0) === 6 ? 4 * Math.ceil(side / 4) : side);
	const maxBytes = Math.ceil((whole(segmentWidth) * samples * bits) / 8) * whole(segmentHeight);
	if (count * maxBytes > maximumBytes) {
		throw new AttachmentFailure('too-many-pixels', `${width} x ${height} px in ${count * maxBytes} bytes`);
	}
	return {
		segment: { width: segmentWidth, height: segmentHeight, samples, maxBytes },
		count,
		offsetsTag: isTiled ? tag.tileOffsets : tag.stripOffsets,
		lengthsTag: isTiled ? tag.tileLengths : tag.stripLengths,
	};
}

/** The file with its old strips or tiles still in it, but none that is used, and the new ones behind. */
function withSegments(
	bytes: Uint8Array,
	offsetSize: number,
	{ offsetsTag, lengthsTag }: Layout,
	stored: readonly Uint8Array[],
): Uint8Array {
	// Both lists begin at even offsets (section 2).
	const listsAt = bytes.length + (bytes.length % 2);
	const listLength = stored.length * offsetSize;
	let at = listsAt + 2 * listLength;
	const offsets = stored.map(({ length }) => (at += length) - length);
	const file = new Uint8Array(at);
	file.set(bytes);
	stored.forEach((segment, index) => file.set(segment, offsets[index]));
	const directory = new TiffDirectory(file);
	directory.setValue(tag.compression, deflate);
	directory.setValue(tag.fillOrder, 1);
	directory.setOffsets(offsetsTag, offsets, listsAt);
	directory.setOffsets(
		lengthsTag,
		stored.map(({ length }) => length),
		listsAt + listLength,
	);
	directory.endPages();
	return file;
}

function withBitsReversed(bytes: Uint8Array): Uint8Array {
	return bytes.map((byte) => {
		let reversed = 0;
		for (let bit = 0; bit < 8; bit++) {
			reversed |= ((byte >> bit) & 1) << (7 - bit);
		}
		return reversed;
	});
}

function decompressZstd(bytes: Uint8Array, { maxBytes }: Segment): Uint8Array {
	return zlib.zstdDecompressSync(bytes, { maxOutputLength: maxBytes });
}

async function decompressWebp(bytes: Uint8Array, { width, height, samples, maxBytes }: Segment): Promise<Uint8Array> {
	if (sniff(bytes) !== 'image/webp') {
		throw new AttachmentFailure('damaged', 'A strip or tile is no WebP.');
	}
	const image = sharp(bytes, { failOn: 'error', limitInputPixels: width * height, ignoreIcc: true });
	const { data, info } = await (samples === 4 ? image.ensureAlpha() : image.removeAlpha())
		.raw()
		.toBuffer({ resolveWithObject: true });
	if (info.width !== width || data.length > maxBytes) {
		throw new AttachmentFailure('damaged', `A strip or tile of ${info.width} x ${info.height} px`);
	}
	return data;
}
