import { type Animation, shownFor } from './animation.ts';
import { excerptedAnimation, type StoredFrame } from './excerpt.ts';

const extension = 0x21;
const picture = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;

/** What becomes of a frame's place before the next one (GIF89a, 23). */
const toBackground = 2;
const toPrevious = 3;

/** Pixels that are decoded in a millisecond, even where neighbours are all different. */
const speed = 80_000;

interface Control {
	readonly disposal: number;
	readonly isTransparent: boolean;
	readonly duration: number;
}

const noControl: Control = { disposal: 0, isTransparent: false, duration: shownFor(0) };

/** The frames of a GIF that are there whole (GIF89a, appendix B). */
export function readGif(bytes: Uint8Array): Animation | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 13) {
		return undefined;
	}
	const canvas = view.getUint16(6, true) * view.getUint16(8, true);
	const head = 13 + paletteLength(bytes[10] ?? 0);
	const frames: StoredFrame[] = [];
	let control = noControl;
	let isCleared = true;
	let from = head;
	let at = head;
	while (bytes[at] === extension || bytes[at] === picture) {
		const start = at;
		const isPicture = bytes[at] === picture;
		const end = isPicture
			? endOfBlocks(bytes, at + 10 + paletteLength(bytes[at + 9] ?? 0) + 1)
			: endOfBlocks(bytes, at + 2);
		if (end === undefined) {
			break;
		}
		at = end;
		if (isPicture) {
			const area = view.getUint16(start + 5, true) * view.getUint16(start + 7, true);
			const { disposal, isTransparent, duration } = control;
			const coversAll = area >= canvas;
			// What is restored is not there when the frames before were left out.
			const standsAlone = disposal !== toPrevious && (isCleared || (coversAll && !isTransparent));
			frames.push({ from, to: end, duration, standsAlone, work: 0.1 + area / speed });
			isCleared = coversAll && disposal === toBackground;
			control = noControl;
			from = end;
		} else if (bytes[start + 1] === graphicControl && end - start === 8) {
			control = readControl(view, start + 3);
		}
	}
	const headBytes = bytes.subarray(0, head);
	return excerptedAnimation(bytes, frames, bytes[at] === trailer, (first, last) =>
		Buffer.concat([
			headBytes,
			bytes.subarray(frames[first]?.from ?? head, frames[last]?.to ?? head),
			Uint8Array.of(trailer),
		]),
	);
}

function readControl(view: DataView, at: number): Control {
	const flags = view.getUint8(at);
	return {
		disposal: (flags >> 2) & 7,
		isTransparent: (flags & 1) === 1,
		duration: shownFor(10 * view.getUint16(at + 1, true)),
	};
}

function paletteLength(flags: number): number {
	return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Behind the empty block that ends a row of blocks; undefined when the file is cut off before it. */
function endOfBlocks(bytes: Uint8Array, start: number): number | undefined {
	for (let at = start; at < bytes.length;) {
		const length = bytes[at] ?? 0;
		at += 1 + length;
		if (length === 0) {
			return at;
		}
	}
	return undefined;
}
