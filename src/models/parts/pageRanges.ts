/** Numbers in order as `1–4, 9`. */
export function pageRanges(numbers: readonly number[]): string {
	const runs: { first: number; last: number }[] = [];
	for (const number of numbers) {
		const run = runs.at(-1);
		if (run?.last === number - 1) {
			run.last = number;
		} else {
			runs.push({ first: number, last: number });
		}
	}
	return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
