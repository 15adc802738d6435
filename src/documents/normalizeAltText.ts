/**
 * One line without characters that act on the text around them: control characters, line separators,
 * halves of surrogate pairs and overrides of the writing direction. No-break spaces stay.
 */
export function normalizeAltText(altText: string): string {
	return altText
		.replace(/[\t\n\f\r \u0085\u2028\u2029]+/g, ' ')
		.replace(/^ | $|[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '');
}
