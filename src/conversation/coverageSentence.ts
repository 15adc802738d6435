import { l10n } from 'vscode';
import type { CoverageEvent } from '../models/model.ts';
import { pageRanges } from '../models/pageRanges.ts';

/** Says exactly what of a PDF was read, how, and what was not. */
export function coverageSentence(event: CoverageEvent): string {
	const { name, pageCount, textPages, partPages, picturePages, recognisedPages, damagedPages } = event;
	const damage =
		damagedPages.length === 0 ? [] : [l10n.t('Damaged and not readable: pages {0}.', pageRanges(damagedPages))];
	if (event.whole) {
		return [l10n.t('{0}: the whole file was sent, {1} pages.', name, pageCount), ...damage].join(' ');
	}
	const read = [...new Set([...textPages, ...picturePages, ...recognisedPages])].sort((one, other) => one - other);
	const parts = partPages.filter((page) => !read.includes(page));
	const unread = pageCount - read.length - parts.length - damagedPages.length;
	return [
		read.length === pageCount
			? l10n.t('{0}: read all {1} pages.', name, pageCount)
			: l10n.t('{0}: read pages {1} of {2}.', name, pageRanges(read) || '–', pageCount),
		...(parts.length === 0 ? [] : [l10n.t('Passages of pages {0}.', pageRanges(parts))]),
		...(picturePages.length === 0 ? [] : [l10n.t('As pictures: pages {0}.', pageRanges(picturePages))]),
		...(recognisedPages.length === 0
			? []
			: [l10n.t('Text recognised on this device, possibly with errors: pages {0}.', pageRanges(recognisedPages))]),
		...damage,
		...(unread > 0 ? [l10n.t('The rest was not read.')] : []),
	].join(' ');
}
