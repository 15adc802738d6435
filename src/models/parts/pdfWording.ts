import type { PdfAttachment, PdfPage } from '../../attachments/attachment.ts';
import type { Passage } from '../../attachments/passages/passages.ts';
import type { CoverageEvent } from '../model.ts';
import { pageRanges } from './pageRanges.ts';
import { tokensOf } from './readingLimits.ts';

/** Which of the files it is, and how its pages are numbered. */
export function pdfHead(pdf: PdfAttachment, number: number): string {
	const labels = labelled(pdf);
	return [
		`File ${number}: PDF ${JSON.stringify(pdf.name)}, ${pdf.pages.length} ${pdf.pages.length === 1 ? 'page' : 'pages'}.`,
		...(labels === ''
			? []
			: [
					`The numbers printed on pages are not their places in the file: ${labels}. Name pages by their place in the file.`,
				]),
	].join(' ');
}

/** `1–4 are i–iv, 5–90 are 1–86`: runs of pages whose labels count on together. */
function labelled({ pages }: PdfAttachment): string {
	if (pages.every(({ number, label }) => label === String(number))) {
		return '';
	}
	const runs: { first: PdfPage; last: PdfPage }[] = [];
	for (const page of pages) {
		const run = runs.at(-1);
		if (run && continues(run.last.label, page.label)) {
			run.last = page;
		} else {
			runs.push({ first: page, last: page });
		}
	}
	return runs
		.map(({ first, last }) =>
			first === last
				? `${first.number} is ${first.label}`
				: `${first.number}–${last.number} are ${first.label}–${last.label}`,
		)
		.join(', ');
}

function continues(last: string, label: string): boolean {
	const [, style = '', number = ''] = /^(.*?)(\d*)$/.exec(label) ?? [];
	const [, lastStyle = '', lastNumber = ''] = /^(.*?)(\d*)$/.exec(last) ?? [];
	return number === ''
		? lastNumber === '' && roman.test(style) && roman.test(lastStyle)
		: lastNumber !== '' && style === lastStyle && Number(number) === Number(lastNumber) + 1;
}

const roman = /^(?:[ivxlcdm]+|[IVXLCDM]+)$/;

/** @param room In tokens; the deeper ranks are left out where there is none for them. */
export function outlineText({ outline }: PdfAttachment, room: number): string {
	const lines: string[] = [];
	let taken = 0;
	// The upper ranks first where there is no room for all.
	const deepest = [0, 1, 2, 3, Infinity].findLast(
		(depth) =>
			tokensOf(
				outline
					.filter((entry) => entry.depth <= depth)
					.map(({ title }) => `- ${title} 000`)
					.join('\n'),
			) <= room,
	);
	for (const { title, page, depth } of outline.filter((entry) => entry.depth <= (deepest ?? 0))) {
		const line = `${'  '.repeat(depth)}- ${title}${page === undefined ? '' : ` (p. ${page})`}`;
		taken += tokensOf(line);
		if (taken > room) {
			break;
		}
		lines.push(line);
	}
	return lines.length === 0 ? '' : `Its outline:\n${lines.join('\n')}`;
}

/** The text of whole pages, and passages of others, each under the number of its page. */
export function textByPage(
	pages: readonly PdfPage[],
	wholePages: readonly number[],
	passages: readonly Passage[],
	recognised: ReadonlyMap<number, string>,
): string {
	const blocks = pages.flatMap((page) => {
		const own = passages.filter((passage) => passage.page === page.number);
		if (wholePages.includes(page.number)) {
			return `${mark(page, recognised.has(page.number) ? ', recognised, possibly with errors' : '')}\n${page.text.trim()}`;
		}
		return own.length === 0 ? [] : `${mark(page, ', in part')}\n${own.map(({ text }) => text).join('\n[…]\n')}`;
	});
	return blocks.length === 0 ? '' : `Text by page:\n\n${blocks.join('\n\n')}`;
}

function mark({ number, label }: PdfPage, more: string): string {
	return `[page ${number}${label === String(number) ? '' : `, printed ${JSON.stringify(label)}`}${more}]`;
}

/** Tells the model what it did not get: a guess about the rest would read like knowledge. */
export function leftOut(coverage: CoverageEvent): string {
	const { textPages, picturePages, recognisedPages, partPages, damagedPages, pageCount } = coverage;
	const read = new Set([...textPages, ...picturePages, ...recognisedPages, ...damagedPages]);
	const missing = Array.from({ length: pageCount }, (_, index) => index + 1).filter((page) => !read.has(page));
	return [
		missing.length === 0
			? ''
			: `Of this file, pages ${pageRanges(missing)} are not given${partPages.length > 0 ? ' or only in part' : ''}. Say so where the answer may stand there.`,
		damagedPages.length === 0 ? '' : `Pages ${pageRanges(damagedPages)} are damaged and cannot be read.`,
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}
