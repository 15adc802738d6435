import sharp from 'sharp';
import { type Animation, firstNeeded, type Frame } from './animation.ts';

/** A frame and its place in the file. */
export interface StoredFrame extends Frame {
	/** Offsets of its first byte and behind its last. */
	readonly from: number;
	readonly to: number;
}

/**
 * An animation that the decoder composes itself, from the first frame on. It gets only the frames that it needs: of a
 * long film those since the last one that stands alone, of a file that is cut off those that are whole.
 * Undefined where there is but one frame, unless more is cut off.
 * @param excerpt A file with these frames alone, the second index being that of the last.
 */
export function excerptedAnimation(
	bytes: Uint8Array,
	frames: readonly StoredFrame[],
	isWhole: boolean,
	excerpt: (first: number, last: number) => Uint8Array,
): Animation | undefined {
	return frames.length < (isWhole ? 2 : 1)
		? undefined
		: {
				frames,
				async *show(indexes) {
					for (const index of indexes) {
						const first = firstNeeded(frames, index);
						const file = isWhole && first === 0 ? bytes : excerpt(first, index);
						const options = {
							page: index - first,
							failOn: 'error',
							limitInputPixels: false,
							sequentialRead: true,
						} as const;
						yield { index, image: sharp(file, options) };
						// One after the other, as a generator of what is drawn elsewhere.
						await Promise.resolve();
					}
				},
			};
}
