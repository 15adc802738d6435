/** Text from a file as Markdown that shows it as it is: nothing in it becomes a heading, a link or an image. */
export function inert(text: string): string {
	return text
		.replace(/[\\`*_{}[\]<>#|~$&!]/g, '\\$&')
		.replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/gm, (_, space: string, mark: string) =>
			/\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
		);
}

/** A paragraph of quotation. */
export function quotation(text: string, reference: string): string {
	return `> ${inert(text)} ${reference}`;
}

/** Lines in the order and shape they have. The fence is longer than any in the text. */
export function verbatim(text: string): string {
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}text\n${text}\n${fence}`;
}
