/**
 * The Markdown of a document for parsers that take every character for Markdown, at the same offsets:
 * byte order mark and front matter are blank.
 */
export function withoutFrontMatter(text: string): string {
	const [head = ''] = /^\uFEFF?(?:(---|\+\+\+)[ \t]*\r?\n(?:[^]*?\n)??\1[ \t]*(?=[\r\n]|$)|)/.exec(text) ?? [];
	return head === '' ? text : head.replace(/[^\r\n]/g, ' ').replace(/^ /, '\n') + text.slice(head.length);
}

/** For parsers that end a line at line feeds only. The space before one means as little as the carriage return. */
export function withLineFeeds(text: string): string {
	return text.includes('\r') ? text.replace(/\r\n/g, ' \n').replace(/\r/g, '\n') : text;
}

/**
 * `@lezer/markdown` wants a table's delimiter row to end with its last bar, GitHub allows white space after it:
 * the two change places.
 */
export function withBarsAtLineEnds(text: string): string {
	return text.replace(/^([ \t>|:-]*)\|([ \t]+)$/gm, '$1$2|');
}
