import type { ImageAttachment, PdfAttachment } from '../attachments/attachment.ts';

/** What the reader on this device says, as plain text. The host may give it in the user's language. */
export interface DeviceWords {
	readonly imageFacts: (image: Omit<ImageAttachment, 'picture'>) => string;
	readonly recognisedInImage: () => string;
	readonly noTextInImage: () => string;
	readonly pdfFacts: (facts: { readonly pages: number; readonly fileSize: PdfAttachment['fileSize'] }) => string;
	readonly title: (title: string) => string;
	readonly outline: () => string;
	readonly moreInOutline: (entries: number) => string;
	readonly beginning: () => string;
	/** Of all pages, how many are pictures without a text layer. */
	readonly scannedPages: (scanned: number, pages: number) => string;
	readonly recognisedOnPage: (page: number) => string;
	readonly noTextOnPage: (page: number) => string;
	/** After a quotation. */
	readonly page: (page: number) => string;
	/** After a quotation of text that was recognised, and may be wrong. */
	readonly recognisedPage: (page: number) => string;
	readonly passagesFound: () => string;
	readonly linesFound: () => string;
	readonly nothingFound: () => string;
}

export const englishDeviceWords: DeviceWords = {
	imageFacts: ({ fileType, width, height, fileSize }) =>
		`${typeNames[fileType] ?? fileType} image, ${count(width)} × ${count(height)} px, ${shape(width, height)}, ${size(fileSize)}.`,
	recognisedInImage: () => 'Text recognised in the image, possibly with errors:',
	noTextInImage: () => 'No text was found in the image.',
	pdfFacts: ({ pages, fileSize }) => `PDF, ${pages === 1 ? '1 page' : `${count(pages)} pages`}, ${size(fileSize)}.`,
	title: (title) => `Title: ${title}`,
	outline: () => 'Contents:',
	moreInOutline: (entries) => `and ${count(entries)} more`,
	beginning: () => 'It begins:',
	scannedPages: (scanned, pages) =>
		scanned === pages
			? 'Its pages are pictures without a text layer, as a scanner makes them.'
			: `${count(scanned)} of its ${count(pages)} pages ${scanned === 1 ? 'is a picture' : 'are pictures'} without a text layer.`,
	recognisedOnPage: (page) => `Text recognised on page ${page}, possibly with errors:`,
	noTextOnPage: (page) => `No text was found on page ${page}.`,
	page: (page) => `(p. ${page})`,
	recognisedPage: (page) => `(p. ${page}, recognised)`,
	passagesFound: () => 'The passages nearest to the question:',
	linesFound: () => 'Lines with words of the question, recognised in the image:',
	nothingFound: () => 'No text with words of the question was found.',
};

const typeNames: Readonly<Record<string, string>> = {
	'image/png': 'PNG',
	'image/jpeg': 'JPEG',
	'image/gif': 'GIF',
	'image/webp': 'WebP',
	'image/avif': 'AVIF',
	'image/tiff': 'TIFF',
};

function shape(width: number, height: number): string {
	return width === height ? 'square' : width > height ? 'landscape' : 'portrait';
}

const numbers = new Intl.NumberFormat('en', { maximumSignificantDigits: 15 });

function count(number: number): string {
	return numbers.format(number);
}

const units = ['byte', 'kilobyte', 'megabyte'] as const;

function size(bytes: number): string {
	const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
	const unit = units[step];
	return new Intl.NumberFormat('en', {
		style: 'unit',
		unit,
		unitDisplay: step === 0 ? 'long' : 'short',
		maximumFractionDigits: step === 2 ? 1 : 0,
	}).format(bytes / 1000 ** step);
}
