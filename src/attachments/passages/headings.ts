import type { OutlineEntry } from '../attachment.ts';

/** Of what ends there in a page's text, as an offset: the headings of the outline it stands under, the outermost first. */
type HeadingsOfStretch = (end: number) => { readonly headings?: string };

/** @returns For a page from 1 and its text, as it is searched, the headings of its stretches. */
export function headingsOf(outline: readonly OutlineEntry[]): (page: number, text: string) => HeadingsOfStretch {
	const entries = outline
		.flatMap(({ title, page, depth }) => (page === undefined ? [] : [{ title, page, depth }]))
		.sort((one, other) => one.page - other.page);
	return (page, text) => {
		const before = pathOf(entries.filter((entry) => entry.page < page));
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
		return (end) => {
			const path = pathOf([...before, ...here.filter(({ at }) => at < end)]);
			return path.length === 0 ? {} : { headings: path.map(({ title }) => title).join(' ') };
		};
	};
}

interface Heading {
	readonly title: string;
	readonly depth: number;
}

/** Of headings in order, those that still hold after the last. */
function pathOf(headings: readonly Heading[]): readonly Heading[] {
	const path: Heading[] = [];
	for (const heading of headings) {
		while ((path.at(-1)?.depth ?? -1) >= heading.depth) {
			path.pop();
		}
		path.push(heading);
	}
	return path;
}
