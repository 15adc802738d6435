import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { AttachmentFailure } from '../attachmentFailure.ts';
import type { Pixels } from './pixels.ts';
import { pngChunks } from './metadata/png.ts';
import { candidateFrames, detailOf, richest } from './representativeFrame.ts';

/** One frame's control, and its own PNG file (PNG third edition, 11.3.6). */
interface Frame {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	/** What becomes of its place before the next frame. */
	readonly dispose: 'keep' | 'clear' | 'restore';
	readonly blends: boolean;
	readonly data: Uint8Array[];
}

/** Beyond these a moving picture is shown by its still one: frames build on each other, one by one. */
const mostPixels = 16_000_000;
const mostFrames = 200;

export function isAnimatedPng(bytes: Uint8Array): boolean {
	for (const { type } of pngChunks(bytes) ?? []) {
		if (type === 'acTL' || type === 'IDAT') {
			return type === 'acTL';
		}
	}
	return false;
}

/**
 * The frame that shows most of an animated PNG. Undefined for one that does not move, is too large for this, or is
 * broken where it moves: its still picture then stands for it.
 */
export async function animatedPngFrame(bytes: Uint8Array): Promise<Pixels | undefined> {
	if (!isAnimatedPng(bytes)) {
		return undefined;
	}
	try {
		const animation = readAnimation(bytes);
		return animation && animation.width * animation.height <= mostPixels ? await compose(animation) : undefined;
	} catch {
		// The decoder's errors are plain ones, and whatever it is, the still picture may be whole.
		return undefined;
	}
}

interface Animation {
	readonly width: number;
	readonly height: number;
	readonly header: Uint8Array;
	/** Palette, transparency and colours, which hold for every frame. */
	readonly shared: readonly Uint8Array[];
	readonly frames: readonly Frame[];
}

function readAnimation(bytes: Uint8Array): Animation | undefined {
	const frames: Frame[] = [];
	const shared: Uint8Array[] = [];
	let header: Uint8Array | undefined;
	let before = true;
	for (const { type, content, whole } of pngChunks(bytes) ?? []) {
		if (type === 'IHDR') {
			header = content;
		} else if (type === 'fcTL') {
			frames.push(readControl(content));
		} else if (type === 'IDAT') {
			// Before the first control it is a picture for readers that know no animation, and no frame.
			before = false;
			frames.at(-1)?.data.push(content);
		} else if (type === 'fdAT') {
			frames.at(-1)?.data.push(content.subarray(4));
		} else if (before && type !== 'acTL') {
			shared.push(whole);
		}
	}
	if (!header || header.length !== 13 || frames.length === 0) {
		return undefined;
	}
	const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
	return { width: view.getUint32(0), height: view.getUint32(4), header, shared, frames: frames.slice(0, mostFrames) };
}

function readControl(content: Uint8Array): Frame {
	const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
	return {
		width: view.getUint32(4),
		height: view.getUint32(8),
		left: view.getUint32(12),
		top: view.getUint32(16),
		dispose: (['keep', 'clear', 'restore'] as const)[view.getUint8(24)] ?? 'keep',
		blends: view.getUint8(25) === 1,
		data: [],
	};
}

async function compose(animation: Animation): Promise<Pixels | undefined> {
	const { width, height, frames } = animation;
	const wanted = candidateFrames(frames.length);
	const canvas = new Uint8Array(width * height * 4);
	const shown = new Map<number, Uint8Array>();
	for (const [index, frame] of frames.entries()) {
		if (index > Math.max(...wanted)) {
			break;
		}
		if (frame.left + frame.width > width || frame.top + frame.height > height) {
			throw new AttachmentFailure('damaged', 'A frame lies beyond the picture.');
		}
		const before = frame.dispose === 'restore' ? canvas.slice() : undefined;
		draw(canvas, width, frame, await decodeFrame(animation, frame));
		if (wanted.includes(index)) {
			shown.set(index, canvas.slice());
		}
		if (before) {
			canvas.set(before);
		} else if (frame.dispose === 'clear') {
			draw(canvas, width, { ...frame, blends: false }, new Uint8Array(frame.width * frame.height * 4));
		}
	}
	const candidates = wanted.flatMap((index) => {
		const bytes = shown.get(index);
		return bytes ? [{ frame: bytes, detail: detailOf(greyOf(bytes)) }] : [];
	});
	const bytes = richest(candidates);
	return bytes && { bytes, width, height, channels: 4 };
}

function draw(canvas: Uint8Array, canvasWidth: number, frame: Frame, rgba: Uint8Array): void {
	const { left, top, width, height, blends } = frame;
	for (let row = 0; row < height; row++) {
		const to = ((top + row) * canvasWidth + left) * 4;
		const line = rgba.subarray(row * width * 4, (row + 1) * width * 4);
		if (blends) {
			blend(canvas.subarray(to, to + line.length), line);
		} else {
			canvas.set(line, to);
		}
	}
}

/** Colours not multiplied by alpha, the upper over the lower. */
function blend(lower: Uint8Array, upper: Uint8Array): void {
	for (let at = 0; at < upper.length; at += 4) {
		const above = (upper[at + 3] ?? 0) / 255;
		const below = ((lower[at + 3] ?? 0) / 255) * (1 - above);
		const alpha = above + below;
		for (let channel = at; alpha > 0 && channel < at + 3; channel++) {
			lower[channel] = Math.round(((upper[channel] ?? 0) * above + (lower[channel] ?? 0) * below) / alpha);
		}
		lower[at + 3] = Math.round(alpha * 255);
	}
}

/** On white, of every fourth pixel. */
function greyOf(rgba: Uint8Array): Uint8Array {
	const grey = new Uint8Array(Math.ceil(rgba.length / 16));
	for (let at = 0, to = 0; at < rgba.length; at += 16, to++) {
		const alpha = (rgba[at + 3] ?? 0) / 255;
		const level = ((rgba[at] ?? 0) + 2 * (rgba[at + 1] ?? 0) + (rgba[at + 2] ?? 0)) / 4;
		grey[to] = level * alpha + 255 * (1 - alpha);
	}
	return grey;
}

async function decodeFrame({ header, shared }: Animation, { width, height, data }: Frame): Promise<Uint8Array> {
	const ownHeader = Uint8Array.from(header);
	const view = new DataView(ownHeader.buffer);
	view.setUint32(0, width);
	view.setUint32(4, height);
	const file = Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', ownHeader),
		...shared,
		...data.map((part) => chunk('IDAT', part)),
		chunk('IEND', new Uint8Array()),
	]);
	return sharp(file, { limitInputPixels: mostPixels })
		.toColourspace('srgb')
		.ensureAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer();
}

function chunk(type: string, content: Uint8Array): Uint8Array {
	const bytes = Buffer.alloc(12 + content.length);
	bytes.writeUInt32BE(content.length, 0);
	bytes.write(type, 4, 'latin1');
	bytes.set(content, 8);
	bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
	return bytes;
}
