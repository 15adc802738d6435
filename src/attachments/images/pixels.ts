import type { CodePoints } from './colour/codePoints.ts';

/** Rows from the top, 8 bits a sample: RGB, or RGB and alpha, not multiplied. */
export interface Pixels<Memory extends ArrayBufferLike = ArrayBufferLike> {
	readonly bytes: Uint8Array<Memory>;
	/** px */
	readonly width: number;
	/** px */
	readonly height: number;
	readonly channels: 3 | 4;
}

/** In sRGB, where nothing is said. */
export interface ColouredPixels<Memory extends ArrayBufferLike = ArrayBufferLike> extends Pixels<Memory> {
	/** The ICC profile of the colours; it counts where both are there. */
	readonly profile?: Uint8Array<Memory>;
	readonly codePoints?: CodePoints;
}

/**
 * Without alpha. What shows through becomes white, or black or grey where the picture itself is light: models and
 * readers of text lay transparent pictures on whatever they like, and white letters on white are gone.
 */
export function flatten(pixels: Pixels): Pixels {
	if (pixels.channels === 3) {
		return pixels;
	}
	const { bytes, width, height } = pixels;
	const background = contrastingBackground(bytes);
	const flat = new Uint8Array(width * height * 3);
	for (let from = 0, to = 0; from < bytes.length; from += 4, to += 3) {
		const alpha = byteAt(bytes, from + 3) / 255;
		for (let channel = 0; channel < 3; channel++) {
			flat[to + channel] = Math.round(byteAt(bytes, from + channel) * alpha + background * (1 - alpha));
		}
	}
	return { bytes: flat, width, height, channels: 3 };
}

/**
 * Whether neighbours are mostly equal, as in screenshots, diagrams and pages of text, which PNG keeps sharp and small;
 * in photographs hardly any are.
 */
export function isDrawing({ bytes, channels }: Pixels): boolean {
	let different = 0;
	for (let index = channels; index < bytes.length; index += channels) {
		if (
			bytes[index] !== bytes[index - channels] ||
			bytes[index + 1] !== bytes[index + 1 - channels] ||
			bytes[index + 2] !== bytes[index + 2 - channels]
		) {
			different++;
		}
	}
	return different <= (bytes.length / channels) * (1 - drawingShare);
}

/** Of equal neighbours. */
const drawingShare = 0.5;

/** Levels of grey, the preferred first. */
const backgrounds = [255, 0, 128] as const;

/** Levels of lightness too close to tell apart at a glance. */
const tooClose = 64;

/** The first background that hides least of what can be seen, counted by alpha. */
function contrastingBackground(rgba: Uint8Array): number {
	const hidden = backgrounds.map(() => 0);
	for (let index = 0; index < rgba.length; index += 4) {
		const alpha = byteAt(rgba, index + 3);
		const lightness = luma(byteAt(rgba, index), byteAt(rgba, index + 1), byteAt(rgba, index + 2));
		backgrounds.forEach((background, choice) => {
			if (Math.abs(lightness - background) < tooClose) {
				hidden[choice] = (hidden[choice] ?? 0) + alpha;
			}
		});
	}
	return backgrounds[hidden.indexOf(Math.min(...hidden))] ?? backgrounds[0];
}

/** ITU-R BT.601 */
function luma(red: number, green: number, blue: number): number {
	return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function byteAt(bytes: Uint8Array, index: number): number {
	return bytes[index] ?? 0;
}
