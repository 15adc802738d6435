import type { PdfAttachment, Picture } from '../../attachments/attachment.ts';
import type { RecognisedText } from '../../attachments/text/recognisedText.ts';

export type ReadText = (picture: Picture, signal: AbortSignal) => Promise<RecognisedText>;

/** Longest side, px: 150 dots per inch of an A4 page, at which recognition is best (media.md "OCR"). */
const recognitionSide = 1_800;

/** A page takes one to three seconds; what is beyond is left out, and said to be. */
const recognisedAtMost = 20;

/** By PDF, then by page: read once for all questions, with every model. */
const known = new WeakMap<PdfAttachment['pages'], Map<number, string>>();

/** The pages of a PDF that have no text layer, as a scanner makes them; from 1. */
export function scannedPages({ pages }: PdfAttachment): readonly number[] {
	return pages.filter(({ shows }) => shows === 'picture').map(({ number }) => number);
}

/**
 * The text in the pictures of pages, recognised on this device.
 * @param wanted Pages from 1, the most wanted first; those already known cost nothing and are all given.
 * @returns By page; an empty text where none was found. A page that cannot be drawn has none.
 */
export async function recognisePages(
	pdf: PdfAttachment,
	wanted: readonly number[],
	readText: ReadText,
	signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
	const texts = known.get(pdf.pages) ?? new Map<number, string>();
	known.set(pdf.pages, texts);
	const unread = wanted.filter((page) => !texts.has(page)).slice(0, recognisedAtMost);
	for (const page of unread) {
		const picture = await pdf.draw(page, recognitionSide, signal);
		if (picture) {
			texts.set(page, (await readText(picture, signal)).text);
		}
	}
	return new Map([...texts].filter(([page]) => wanted.includes(page)));
}

/** The PDF with recognised text where it has none of its own. */
export function withRecognised(pdf: PdfAttachment, recognised: ReadonlyMap<number, string>): PdfAttachment {
	return recognised.size === 0
		? pdf
		: { ...pdf, pages: pdf.pages.map((page) => ({ ...page, text: recognised.get(page.number) ?? page.text })) };
}
