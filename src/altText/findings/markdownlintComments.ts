/** markdownlint's names and tags of its rule on missing alt text. Without any name a comment means all rules. */
const names = /\b(?:MD045|no-alt-text|accessibility|images)\b/i;

const comments =
	/<!--\s*markdownlint-(disable-file|disable-next-line|disable-line|disable|enable)\b((?:\s+[\w-]+)*)\s*-->/gi;

/**
 * Tells at which offsets (UTF-16) of a Markdown document its author has told markdownlint that there is to be no alt
 * text: a decision that travels with the document, where `![](x)` alone says nothing.
 * https://github.com/DavidAnson/markdownlint#configuration
 */
export function silencedByComments(text: string): (offset: number) => boolean {
	const found = [...text.matchAll(comments)]
		.map(({ index, 1: verb = '', 2: rules = '' }) => ({ index, verb: verb.toLowerCase(), rules }))
		.filter(({ rules }) => rules.trim() === '' || names.test(rules));
	if (found.length === 0) {
		return () => false;
	}
	const lineEnds = [...text.matchAll(/\r\n?|\n/g)].map(({ index }) => index);
	const lineOf = (offset: number): number => countBelow(lineEnds, offset);
	const lines = found.map(({ index, verb }) => ({ line: lineOf(index), verb }));
	return (offset) => {
		const line = lineOf(offset);
		const last = lines.findLast(({ verb, line: at }) => at <= line && (verb === 'disable' || verb === 'enable'));
		return (
			last?.verb === 'disable' ||
			lines.some(
				({ verb, line: at }) =>
					verb === 'disable-file' ||
					(verb === 'disable-line' && at === line) ||
					(verb === 'disable-next-line' && at + 1 === line),
			)
		);
	};
}

/** How many of some rising numbers are below a bound. */
function countBelow(numbers: readonly number[], bound: number): number {
	let [low, high] = [0, numbers.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((numbers[middle] ?? bound) < bound) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}
