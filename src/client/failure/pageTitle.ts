/** The title of an HTML page, e.g. of a proxy's error. */
export function pageTitle(page: string): string | undefined {
	const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.replace(/\s+/g, ' ').trim();
	return title === '' ? undefined : title;
}
