import type { PdfAttachment, PdfPage } from '../attachments/attachment.ts';
import type { Part } from '../client/request.ts';
import type { AttachmentParts } from './attachmentParts.ts';

/**
 * Characters of page text sent for one PDF: about 50,000 tokens, which every model of the presets takes.
 * What lies beyond is named in the coverage.
 */
const pdfTextLimit = 200_000;

/** The text of a PDF by page, then the pictures of its first pages, each under a label. */
export function pdfParts(pdf: PdfAttachment, number: number): AttachmentParts {
	const textPages = pagesWithinLimit(pdf.pages);
	const pictures = pdf.pages.flatMap((page) => (page.picture ? [{ number: page.number, picture: page.picture }] : []));
	const head = `File ${number}: PDF ${JSON.stringify(pdf.name)}, ${pdf.pages.length} pages.`;
	const text = textPages.map((page) => `[page ${page.number}]\n${page.text.trim() || '(no text layer)'}`).join('\n\n');
	return {
		parts: [
			{ kind: 'text', text: `${head} Text by page:\n\n${text}` },
			...pictures.flatMap(({ number: page, picture }): Part[] => [
				{ kind: 'text', text: `Picture of page ${page} of file ${number}:` },
				{ kind: 'image', mediaType: picture.mediaType, content: picture.bytes },
			]),
		],
		coverage: [
			{
				kind: 'coverage',
				name: pdf.name,
				pageCount: pdf.pages.length,
				textPages: textPages.filter((page) => page.text.trim() !== '').map((page) => page.number),
				picturePages: pictures.map((page) => page.number),
			},
		],
	};
}

function pagesWithinLimit(pages: readonly PdfPage[]): readonly PdfPage[] {
	let length = 0;
	const end = pages.findIndex((page) => (length += page.text.length) > pdfTextLimit);
	return end === -1 ? pages : pages.slice(0, Math.max(1, end));
}
