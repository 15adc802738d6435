import type { ChangedRange } from '@lezer/common';

/**
 * Where two texts differ, from the line before the first difference on: whether a paragraph ends there depends on the
 * line after it, which may be the delimiter row of a table.
 */
export function changedLines(before: string, after: string): ChangedRange {
	const shorter = Math.min(before.length, after.length);
	const same = sameLength(shorter, (length) => before.startsWith(after.slice(0, length)));
	const start = after.lastIndexOf('\n', after.lastIndexOf('\n', same - 1) - 1) + 1;
	const sameEnd = sameLength(shorter - same, (length) => length === 0 || before.endsWith(after.slice(-length)));
	return { fromA: start, toA: before.length - sameEnd, fromB: start, toB: after.length - sameEnd };
}

/** The greatest length for which two texts are the same, by halves: comparing whole stretches is what engines do best. */
function sameLength(most: number, isSame: (length: number) => boolean): number {
	let low = 0;
	let high = most;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (isSame(middle)) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return low;
}
