import type { ChangedRange } from '@lezer/common';

/**
 * The lines in which two texts differ and the one before them: whether a paragraph ends there depends on the line
 * after it, which may be the delimiter row of a table. Lines count as a whole since indentation decides what they are.
 */
export function changedLines(before: string, after: string): ChangedRange {
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) {
		start++;
	}
	let rest = 0;
	while (
		rest < most - start &&
		before.charCodeAt(before.length - rest - 1) === after.charCodeAt(after.length - rest - 1)
	) {
		rest++;
	}
	const from = lineStart(after, lineStart(after, start) - 1);
	const lineEnd = after.indexOf('\n', after.length - rest);
	const sameLines = lineEnd === -1 ? 0 : after.length - lineEnd - 1;
	return { fromA: from, toA: before.length - sameLines, fromB: from, toB: after.length - sameLines };
}

function lineStart(text: string, offset: number): number {
	return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
