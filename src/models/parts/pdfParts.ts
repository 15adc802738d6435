import type { PdfAttachment } from '../../attachments/attachment.ts';
import type { Part } from '../../client/request.ts';
import type { CoverageEvent } from '../model.ts';
import { damaged, type PdfReader, type PdfReading, readPages } from './pdfPages.ts';
import { pdfHead } from './pdfWording.ts';
import { nativePdf, readingLimits, tokensOf } from './readingLimits.ts';

export type { PdfReading } from './pdfPages.ts';

export interface PdfParts {
	readonly parts: readonly Part[];
	/** What the model got to read, as far as is known now: a server may yet refuse the file and get its pages. */
	readonly coverage: () => CoverageEvent;
}

/**
 * A PDF in the best form that the server takes: the file itself; else the text of its pages, with pictures of those
 * that are more than text; else text alone, recognised where there is none. What is too long is cut down to what the
 * question is about.
 */
export async function pdfParts(
	pdf: PdfAttachment,
	number: number,
	reading: PdfReading,
	signal: AbortSignal,
): Promise<PdfParts> {
	if (!takesFile(pdf, reading)) {
		const { parts, coverage } = await readPages(pdf, number, reading, signal);
		return { parts, coverage: () => coverage };
	}
	let coverage = wholeFile(pdf);
	return {
		parts: [
			{ kind: 'text', text: pdfHead(pdf, number) },
			{
				kind: 'pdf',
				name: pdf.name,
				content: pdf.bytes,
				instead: async () => {
					const pages = await readPages(pdf, number, reading, signal);
					coverage = pages.coverage;
					return pages.parts;
				},
			},
		],
		coverage: () => coverage,
	};
}

/** Whether a PDF goes as the file that it is. */
export function takesFile(pdf: PdfAttachment, reading: PdfReader): boolean {
	const limits = nativePdf(reading.endpoint, reading.model);
	if (!limits || !pdf.opensElsewhere || (reading.sees === 'no' && !limits.forBlindModels)) {
		return false;
	}
	const text = limits.textIsCharged ? pdf.pages.reduce((sum, page) => sum + tokensOf(page.text), 0) : 0;
	const { tokens } = readingLimits(reading.endpoint, reading.model, reading.contextTokens);
	return (
		pdf.fileSize <= limits.bytes / reading.files &&
		pdf.pages.length <= limits.pages / reading.files &&
		pdf.pages.length * limits.pageTokens + text <= tokens / reading.files
	);
}

function wholeFile({ name, pages }: PdfAttachment): CoverageEvent {
	return {
		kind: 'coverage',
		name,
		pageCount: pages.length,
		whole: true,
		textPages: [],
		partPages: [],
		picturePages: [],
		recognisedPages: [],
		damagedPages: damaged(pages),
	};
}
