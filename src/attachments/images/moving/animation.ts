import type { Sharp } from 'sharp';
import type { Motion } from '../../attachment.ts';

/** One frame, as its file tells of it before anything is decoded. */
export interface Frame {
	/** How long it shows, ms. */
	readonly duration: number;
	/** Whether it can be drawn without the frames before it. */
	readonly standsAlone: boolean;
	/** About how long it takes to decode, ms. */
	readonly work: number;
}

/** A moving picture, or what is left of one. */
export interface Animation {
	/** Those that are in the file whole; at least one. */
	readonly frames: readonly Frame[];
	/**
	 * Frames as they look on the screen, by their indexes, which ascend. Each is to be used before the next is asked
	 * for. Ends early where a frame is broken that the rest build on.
	 */
	readonly show: (indexes: readonly number[]) => AsyncGenerator<ShownFrame, void, undefined>;
}

export interface ShownFrame {
	readonly index: number;
	/** Fails when it is used, if the frame is broken. */
	readonly image: Sharp;
}

/** Frames that take longer to get at than this, by `work`, ms, are not looked at: of some films only the beginning is. */
const longestWork = 1_200;

/** Undefined where nothing moves. */
export function motionOf({ frames }: Animation): Motion | undefined {
	return frames.length < 2
		? undefined
		: { frameCount: frames.length, duration: frames.reduce((sum, { duration }) => sum + duration, 0) };
}

/** When each frame appears, ms from the beginning. */
export function startsOf(frames: readonly Frame[]): readonly number[] {
	let time = 0;
	return frames.map(({ duration }) => {
		const start = time;
		time += duration;
		return start;
	});
}

/** The indexes of the frames that can be shown in a time that people wait; the first always. */
export function withinReach(frames: readonly Frame[]): readonly number[] {
	let work = 0;
	return frames.flatMap((frame, index) => {
		work = frame.standsAlone ? frame.work : work + frame.work;
		return index === 0 || work <= longestWork ? [index] : [];
	});
}

/** The frame from which on one is drawn. */
export function firstNeeded(frames: readonly Frame[], index: number): number {
	const first = frames.findLastIndex(({ standsAlone }, place) => place <= index && standsAlone);
	return Math.max(0, first);
}

/** How long frames show for which a file says next to nothing, in every browser, ms. */
export function shownFor(milliseconds: number): number {
	return milliseconds <= 10 ? 100 : milliseconds;
}
