import type { Animation } from './animation.ts';

/** What a frame shows at a glance. */
export interface Look {
	readonly index: number;
	/** RGB of the frame on white, made small. */
	readonly pixels: Uint8Array;
	/** How much its levels of grey differ from their mean. */
	readonly detail: number;
}

/** px */
const longestSide = 64;

/** Of the frames with these indexes, which ascend, those that can be decoded. */
export async function lookAt(animation: Animation, indexes: readonly number[]): Promise<readonly Look[]> {
	const looks: Look[] = [];
	for await (const { index, image } of animation.show(indexes)) {
		try {
			const pixels = await image
				.flatten({ background: 'white' })
				.resize(longestSide, longestSide, { fit: 'inside' })
				.toColourspace('srgb')
				.removeAlpha()
				.raw({ depth: 'uchar' })
				.toBuffer();
			looks.push({ index, pixels: Uint8Array.from(pixels), detail: detailOf(pixels) });
		} catch {
			// A broken frame; others stand for it.
		}
	}
	return looks;
}

function detailOf(pixels: Uint8Array): number {
	const grey = new Float64Array(pixels.length / 3);
	for (let at = 0, to = 0; at < pixels.length; at += 3, to++) {
		grey[to] = ((pixels[at] ?? 0) + 2 * (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 4;
	}
	const mean = grey.reduce((sum, level) => sum + level, 0) / grey.length;
	return Math.sqrt(grey.reduce((sum, level) => sum + (level - mean) ** 2, 0) / grey.length);
}
