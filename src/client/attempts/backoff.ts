/** ms */
const first = 1_000;
const longest = 30_000;

/**
 * ms to wait after so many failures in a row: anything up to a bound that doubles, so that clients which failed
 * together do not come back together.
 */
export function backoff(failures: number, random: () => number): number {
	return Math.round(random() * Math.min(longest, first * 2 ** (failures - 1)));
}
