import { type Animation, startsOf, withinReach } from './animation.ts';
import { type Look, lookAt } from './look.ts';
import { mostInStrip } from './stripLayout.ts';

/** How many frames are looked at, at most. */
const mostLooks = 9;

/** Of the richest frame's detail: with less, a frame is as good as blank. */
const leastDetail = 0.1;

/** Levels of 255 between two small pixels; compression alone makes fewer. */
const leastDifference = 12;

/**
 * The indexes of up to four frames that tell what happens in a moving picture: none blank, none like another, the
 * first and the last such and what lies between, evenly in time. Fewer where fewer differ.
 */
export async function tellingFrames(animation: Animation): Promise<readonly number[]> {
	const looks = await lookAt(animation, spread(animation));
	const most = Math.max(...looks.map(({ detail }) => detail));
	const distinct: Look[] = [];
	for (const look of looks) {
		if (look.detail >= leastDetail * most && !distinct.some((other) => isAlike(look, other))) {
			distinct.push(look);
		}
	}
	return evenly(
		distinct.map(({ index }) => index),
		startsOf(animation.frames),
	);
}

/** The first, the last and those nearest to the times between. */
function evenly(indexes: readonly number[], starts: readonly number[]): readonly number[] {
	const timeOf = (index: number | undefined): number => (index === undefined ? 0 : (starts[index] ?? 0));
	const [from, to] = [timeOf(indexes[0]), timeOf(indexes.at(-1))];
	const chosen = new Set<number>();
	const count = Math.min(mostInStrip, indexes.length);
	for (let place = 0; place < count; place++) {
		const time = from + (place * (to - from)) / Math.max(1, count - 1);
		const distance = (index: number): number => Math.abs(timeOf(index) - time);
		const left = indexes.filter((index) => !chosen.has(index));
		chosen.add(left.reduce((best, index) => (distance(index) < distance(best) ? index : best)));
	}
	return [...chosen].sort((one, other) => one - other);
}

/** Frames within reach, evenly in time from the first to the last. */
function spread({ frames }: Animation): readonly number[] {
	const reach = withinReach(frames);
	if (reach.length <= mostLooks) {
		return reach;
	}
	const startsOfAll = startsOf(frames);
	const starts = reach.map((index) => startsOfAll[index] ?? 0);
	const end = starts.at(-1) ?? 0;
	const places = Array.from({ length: mostLooks }, (_, place) => (place * end) / (mostLooks - 1));
	return [...new Set(places.map((time) => reach[starts.findLastIndex((start) => start <= time)] ?? 0))];
}

function isAlike(one: Look, other: Look): boolean {
	return one.pixels.every((level, at) => Math.abs(level - (other.pixels[at] ?? 0)) < leastDifference);
}
