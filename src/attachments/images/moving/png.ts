import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { pngChunks, wholePngChunks } from '../metadata/png.ts';
import { type Animation, firstNeeded, type Frame, shownFor } from './animation.ts';

/** One frame's control, and its own PNG file (PNG third edition, 11.3.6). */
interface StoredFrame {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	/** ms */
	readonly duration: number;
	/** What becomes of its place before the next frame. */
	readonly dispose: 'keep' | 'clear' | 'restore';
	readonly blends: boolean;
	readonly data: Uint8Array[];
}

/** Beyond this a moving picture is shown by its still one: its frames are put together in memory. */
const mostPixels = 16_000_000;

/** Pixels that are decoded and laid over others in a millisecond. */
const speed = 40_000;

/** Each frame is a file of its own to the decoder, ms. */
const perFile = 1.5;

export function isAnimatedPng(bytes: Uint8Array): boolean {
	for (const { type } of wholePngChunks(bytes)) {
		if (type === 'acTL' || type === 'IDAT') {
			return type === 'acTL';
		}
	}
	return false;
}

/** Undefined for a PNG that does not move, is too large for this, or says of a frame what cannot be. */
export function readAnimatedPng(bytes: Uint8Array): Animation | undefined {
	const film = isAnimatedPng(bytes) ? readFilm(bytes) : undefined;
	if (!film || film.frames.length < (pngChunks(bytes) ? 2 : 1) || film.width * film.height > mostPixels) {
		return undefined;
	}
	const frames = describeFrames(film);
	return { frames, show: (indexes) => show(film, frames, indexes) };
}

interface Film {
	readonly width: number;
	readonly height: number;
	readonly header: Uint8Array;
	/** Palette, transparency and colours, which hold for every frame. */
	readonly shared: readonly Uint8Array[];
	readonly frames: readonly StoredFrame[];
}

function readFilm(bytes: Uint8Array): Film | undefined {
	const frames: StoredFrame[] = [];
	const shared: Uint8Array[] = [];
	let header: Uint8Array | undefined;
	let before = true;
	for (const { type, content, whole } of wholePngChunks(bytes)) {
		if (type === 'IHDR') {
			header = content;
		} else if (type === 'fcTL' && content.length === 26) {
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
	if (header?.length !== 13) {
		return undefined;
	}
	const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
	const [width, height] = [view.getUint32(0), view.getUint32(4)];
	const broken = frames.findIndex(
		(frame) => frame.left + frame.width > width || frame.top + frame.height > height || frame.data.length === 0,
	);
	return { width, height, header, shared, frames: broken === -1 ? frames : frames.slice(0, broken) };
}

function readControl(content: Uint8Array): StoredFrame {
	const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
	return {
		width: view.getUint32(4),
		height: view.getUint32(8),
		left: view.getUint32(12),
		top: view.getUint32(16),
		duration: shownFor((1000 * view.getUint16(20)) / (view.getUint16(22) || 100)),
		dispose: (['keep', 'clear', 'restore'] as const)[view.getUint8(24)] ?? 'keep',
		blends: view.getUint8(25) === 1,
		data: [],
	};
}

function describeFrames({ width, height, frames }: Film): readonly Frame[] {
	let isCleared = true;
	return frames.map((frame) => {
		const area = frame.width * frame.height;
		const coversAll = area === width * height;
		const standsAlone = frame.dispose !== 'restore' && (isCleared || (coversAll && !frame.blends));
		isCleared = coversAll && frame.dispose === 'clear';
		return { duration: frame.duration, standsAlone, work: perFile + area / speed };
	});
}

async function* show(film: Film, frames: readonly Frame[], indexes: readonly number[]): ReturnType<Animation['show']> {
	const { width, height } = film;
	const canvas = new Uint8Array(width * height * 4);
	let next = 0;
	let dispose = (): void => undefined;
	for (const index of indexes) {
		const first = firstNeeded(frames, index);
		if (first > next) {
			canvas.fill(0);
			next = first;
			dispose = () => undefined;
		}
		for (const frame of film.frames.slice(next, index + 1)) {
			const rgba = await decodeFrame(film, frame).catch(() => undefined);
			if (!rgba) {
				return;
			}
			dispose();
			dispose = disposal(frame, canvas, width);
			draw(canvas, width, frame, rgba);
		}
		next = index + 1;
		yield { index, image: sharp(canvas, { raw: { width, height, channels: 4 }, limitInputPixels: false }) };
	}
}

/** What is to be done once the frame has been seen. */
function disposal(frame: StoredFrame, canvas: Uint8Array, canvasWidth: number): () => void {
	switch (frame.dispose) {
		case 'keep':
			return () => undefined;
		case 'clear':
			return () =>
				draw(canvas, canvasWidth, { ...frame, blends: false }, new Uint8Array(frame.width * frame.height * 4));
		case 'restore': {
			const before = canvas.slice();
			return () => canvas.set(before);
		}
	}
}

function draw(canvas: Uint8Array, canvasWidth: number, frame: StoredFrame, rgba: Uint8Array): void {
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

async function decodeFrame({ header, shared }: Film, { width, height, data }: StoredFrame): Promise<Uint8Array> {
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
