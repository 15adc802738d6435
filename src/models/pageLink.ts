/** A page of one of a conversation's files; both from 1. */
export interface PageAddress {
	readonly file: number;
	readonly page: number;
}

/** Words of an answer, in Markdown, that lead to a page in the panel; elsewhere they are words. */
export function pageLink(words: string, { file, page }: PageAddress): string {
	return `[${words}](page:${file}/${page})`;
}

/** Undefined for what is no address of a page. */
export function readPageAddress(address: string): PageAddress | undefined {
	const [, file, page] = /^page:(\d{1,6})\/(\d{1,9})$/.exec(address) ?? [];
	return file === undefined ? undefined : { file: Number(file), page: Number(page) };
}

/** An answer for where no panel follows its links. */
export function withoutPageLinks(markdown: string): string {
	return markdown.replace(/\[(\([^[\]]*\))\]\(page:\d+\/\d+\)/g, '$1');
}
