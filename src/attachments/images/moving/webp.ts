import { fourLettersAt } from '../fourLetters.ts';
import { type Animation, shownFor } from './animation.ts';
import { excerptedAnimation, type StoredFrame } from './excerpt.ts';

/** Pixels that are decoded in a millisecond, even where neighbours are all different. */
const speed = 14_000;

interface Chunk {
	readonly type: string;
	readonly from: number;
	/** Offset of what it holds. */
	readonly content: number;
	readonly to: number;
}

/** The frames of a WebP that are there whole (https://developers.google.com/speed/webp/docs/riff_container). */
export function readWebp(bytes: Uint8Array): Animation | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const chunks = wholeChunks(view);
	const extended = chunks.find(({ type }) => type === 'VP8X');
	const animated = chunks.filter(({ type }) => type === 'ANMF');
	if (!extended || extended.to - extended.content < 10 || animated.length === 0) {
		return undefined;
	}
	const canvas = (uint24(view, extended.content + 4) + 1) * (uint24(view, extended.content + 7) + 1);
	let isCleared = true;
	const frames = animated.map((chunk): StoredFrame => {
		const { from, content, to } = chunk;
		const area = (uint24(view, content + 6) + 1) * (uint24(view, content + 9) + 1);
		const flags = view.getUint8(content + 15);
		const isOpaque = (flags & 0b10) !== 0 || fourLettersAt(view, content + 16) === 'VP8 ';
		const standsAlone = isCleared || (area >= canvas && isOpaque);
		isCleared = area >= canvas && (flags & 1) !== 0;
		return { from, to, duration: shownFor(uint24(view, content + 12)), standsAlone, work: 0.1 + area / speed };
	});
	const others = (which: (chunk: Chunk) => boolean): readonly Uint8Array[] =>
		chunks.filter((chunk) => chunk.type !== 'ANMF' && which(chunk)).map(({ from, to }) => bytes.subarray(from, to));
	const start = frames[0]?.from ?? 0;
	const isWhole = 8 + view.getUint32(4, true) <= bytes.length;
	return excerptedAnimation(bytes, frames, isWhole, (first, last) =>
		riff([
			...others(({ from }) => from < start),
			...frames.slice(first, last + 1).map(({ from, to }) => bytes.subarray(from, to)),
			...others(({ from }) => from > start),
		]),
	);
}

function wholeChunks(view: DataView): readonly Chunk[] {
	const chunks: Chunk[] = [];
	for (let from = 12; from + 8 <= view.byteLength;) {
		const length = view.getUint32(from + 4, true);
		const content = from + 8;
		const to = content + length + (length % 2);
		const type = fourLettersAt(view, from);
		// A frame begins with 16 bytes about itself and its picture's own head.
		if (content + length > view.byteLength || (type === 'ANMF' && length < 24)) {
			break;
		}
		chunks.push({ type, from, content, to: Math.min(to, view.byteLength) });
		from = to;
	}
	return chunks;
}

function riff(chunks: readonly Uint8Array[]): Uint8Array {
	const file = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), ...chunks]);
	file.writeUInt32LE(file.length - 8, 4);
	return file;
}

function uint24(view: DataView, at: number): number {
	return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}
