import { l10n } from 'vscode';
import type { CoverageEvent, FramesEvent } from '../models/model.ts';
import { pageRanges } from '../models/parts/pageRanges.ts';

/** Says exactly what of a PDF was read, how, and what was not. */
export function coverageSentence(event: CoverageEvent): string {
	const { pageCount, textPages, partPages, picturePages, recognisedPages, damagedPages, whole } = event;
	const read = whole
		? Array.from({ length: pageCount }, (_, index) => index + 1).filter((page) => !damagedPages.includes(page))
		: [...new Set([...textPages, ...picturePages, ...recognisedPages])].sort((one, other) => one - other);
	const parts = partPages.filter((page) => !read.includes(page));
	const unread = pageCount - read.length - parts.length - damagedPages.length;
	const notes: readonly (readonly [pages: readonly number[], say: (pages: string) => string])[] = [
		[parts, (pages) => l10n.t('Passages of {0}.', pages)],
		[picturePages, (pages) => l10n.t('As pictures: {0}.', pages)],
		[recognisedPages, (pages) => l10n.t('Text recognised on this device, possibly with errors: {0}.', pages)],
		[damagedPages, (pages) => l10n.t('Damaged and not readable: {0}.', pages)],
	];
	return [
		beginning(event, read),
		...notes.flatMap(([pages, say]) => (pages.length === 0 ? [] : [say(named(pages))])),
		...(unread > 0 ? [l10n.t('The rest was not read.')] : []),
	].join(' ');
}

/** Says how many frames of a moving picture were sent, and from when to when. */
export function framesSentence({ name, frameCount, times }: FramesEvent): string {
	const seconds = (time: number | undefined): string => ((time ?? 0) / 1000).toFixed(1);
	return times
		? l10n.t(
				'{0}: {1} of {2} frames were sent, from {3} s to {4} s.',
				...[name, times.length, frameCount, seconds(times[0]), seconds(times.at(-1))],
			)
		: l10n.t('{0}: 1 of {1} frames was sent.', name, frameCount);
}

function beginning({ name, pageCount, whole }: CoverageEvent, read: readonly number[]): string {
	if (whole) {
		return pageCount === 1
			? l10n.t('{0}: the whole file was sent, 1 page.', name)
			: l10n.t('{0}: the whole file was sent, {1} pages.', name, pageCount);
	}
	if (read.length === pageCount) {
		return pageCount === 1 ? l10n.t('{0}: read its page.', name) : l10n.t('{0}: read all {1} pages.', name, pageCount);
	}
	return read.length === 0
		? l10n.t('{0}: read no page of {1} as a whole.', name, pageCount)
		: l10n.t('{0}: read {1} of {2}.', name, named(read), pageCount);
}

function named(pages: readonly number[]): string {
	return pages.length === 1 ? l10n.t('page {0}', pageRanges(pages)) : l10n.t('pages {0}', pageRanges(pages));
}
