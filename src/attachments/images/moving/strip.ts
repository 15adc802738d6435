import type { Sharp } from 'sharp';
import type { Size } from '../../attachment.ts';
import { flatten, type Pixels } from '../pixels.ts';
import { type Animation, startsOf } from './animation.ts';
import { drawLabel, labelHeight, labelOf, labelWidth } from './label.ts';
import { gap, type StripLayout, stripSize } from './stripLayout.ts';
import { tellingFrames } from './tellingFrames.ts';

export interface Strip {
	readonly pixels: Pixels;
	/** When its frames appear, ms from the beginning. */
	readonly times: readonly number[];
}

/**
 * Several frames of a moving picture as one picture, each under its label. Undefined where fewer than two differ.
 * @param layouts For two frames, three and so on.
 * @param decode A frame's pixels in a size.
 */
export async function drawStrip(
	animation: Animation,
	layouts: readonly StripLayout[],
	decode: (image: Sharp, size: Size) => Promise<Pixels>,
): Promise<Strip | undefined> {
	const indexes = await tellingFrames(animation);
	const layout = layouts[indexes.length - 2];
	if (!layout) {
		return undefined;
	}
	const frames: Pixels[] = [];
	for await (const { image } of animation.show(indexes)) {
		// A decoder may give some frames alpha and others none.
		frames.push(await decode(image.ensureAlpha(), layout.frame));
	}
	const starts = startsOf(animation.frames);
	const times = indexes.map((index) => starts[index] ?? 0);
	const labels = times.map((time, place) => labelOf(place + 1, times.length, time));
	return { pixels: compose(onOneGround(frames), labels, layout), times };
}

/** Opaque, all on the same ground: what shows through is no part of what happens. */
function onOneGround(frames: readonly Pixels[]): readonly Pixels[] {
	const [first] = frames;
	if (!first) {
		return [];
	}
	const { width, height, channels } = first;
	const all = flatten({
		bytes: Buffer.concat(frames.map(({ bytes }) => bytes)),
		width,
		height: height * frames.length,
		channels,
	});
	const length = width * height * all.channels;
	return frames.map((_, place) => ({
		...all,
		height,
		bytes: all.bytes.subarray(place * length, (place + 1) * length),
	}));
}

function compose(frames: readonly Pixels[], labels: readonly string[], layout: StripLayout): Pixels {
	const { columns, cell } = layout;
	const size = stripSize(layout);
	const bytes = new Uint8Array(size.width * size.height * 3);
	const put = (row: Uint8Array, left: number, top: number): void => bytes.set(row, (top * size.width + left) * 3);
	frames.forEach((frame, place) => {
		const left = (place % columns) * (cell.width + gap);
		const top = Math.floor(place / columns) * (cell.height + gap);
		const label = labels[place] ?? '';
		const band = drawLabel(label);
		const bandWidth = labelWidth(label);
		for (let row = 0; row < labelHeight; row++) {
			put(inColour(band.subarray(row * bandWidth, (row + 1) * bandWidth)), left, top + row);
		}
		for (let row = 0; row < frame.height; row++) {
			put(frame.bytes.subarray(row * frame.width * 3, (row + 1) * frame.width * 3), left, top + labelHeight + row);
		}
	});
	return { bytes, ...size, channels: 3 };
}

function inColour(grey: Uint8Array): Uint8Array {
	return Uint8Array.from({ length: grey.length * 3 }, (_, at) => grey[Math.floor(at / 3)] ?? 0);
}
