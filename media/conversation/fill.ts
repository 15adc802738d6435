/** Puts values into a sentence's places, `{0}` and on. */
export function fill(sentence: string, ...values: readonly string[]): string {
	return sentence.replace(/\{(\d)\}/g, (place, index: string) => values[Number(index)] ?? place);
}
