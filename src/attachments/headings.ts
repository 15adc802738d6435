import type { OutlineEntry } from './attachment.ts';

/** Of a stretch of a page's text, by its offsets: the headings of the outline it stands under, the outermost first. */
type HeadingsOfStretch = (start: number, end: number) => { readonly headings?: string };

/** @returns For a page from 1 and its text, as it is searched, the headings of its stretches. */
export function headingsOf(outline: readonly OutlineEntry[]): (page: number, text: string) => HeadingsOfStretch {
	const entries = outline
		.flatMap(({ title, page, depth }) => (page === undefined ? [] : [{ title, page, depth }]))
		.sort((one, other) => one.page - other.page);
	return (page, text) => {
		const before = entries.filter((entry) => entry.page < page);
		const lower = text.toLowerCase();
		// Where a heading stands on its page; one that is not found there counts from the page's beginning.
		let from = 0;
		const here = entries
			.filter((entry) => entry.page === page)
			.map((entry) => {
				const found = lower.indexOf(entry.title.replace(/\s+/g, ' ').toLowerCase(), from);
				from = Math.max(from, found);
				return { ...entry, at: Math.max(0, found) };
			});
		return (_start, end) => {
			const path: { readonly title: string; readonly depth: number }[] = [];
			for (const entry of [...before, ...here.filter(({ at }) => at < end)]) {
				while ((path.at(-1)?.depth ?? -1) >= entry.depth) {
					path.pop();
				}
				path.push(entry);
			}
			return path.length === 0 ? {} : { headings: path.map(({ title }) => title).join(' ') };
		};
	};
}
