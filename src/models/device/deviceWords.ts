import type { ImageAttachment, PdfAttachment, PdfPage } from '../../attachments/attachment.ts';
import { formatBytes } from '../formatBytes.ts';

/** As VS Code's `l10n`. */
export interface Localization {
	t(message: string, ...values: readonly (string | number)[]): string;
}

export type PageName = Pick<PdfPage, 'number' | 'label'>;

/** What the reader on this device says, as plain text in the user's language. */
export interface DeviceWords {
	/** Of the reader, where a model's name stands. */
	readonly name: () => string;
	readonly imageFacts: (image: Omit<ImageAttachment, 'pictureFor'>) => string;
	readonly recognisedInImage: () => string;
	readonly noTextInImage: () => string;
	readonly pdfFacts: (facts: { readonly pages: number; readonly fileSize: PdfAttachment['fileSize'] }) => string;
	readonly title: (title: string) => string;
	readonly outline: () => string;
	readonly moreInOutline: (entries: number) => string;
	readonly beginning: () => string;
	/** Of all pages, how many are pictures without a text layer. */
	readonly scannedPages: (scanned: number, pages: number) => string;
	readonly recognisedOnPage: (page: PageName) => string;
	readonly noTextOnPage: (page: PageName) => string;
	/** After a quotation: the page's printed number, and its place in the file where that is another. */
	readonly page: (page: PageName) => string;
	/** After a quotation of text that was recognised, and may be wrong. */
	readonly recognisedPage: (page: PageName) => string;
	readonly passagesFound: () => string;
	readonly linesFound: () => string;
	readonly nothingFound: () => string;
}

const typeNames: Readonly<Record<string, string>> = {
	'image/png': 'PNG',
	'image/jpeg': 'JPEG',
	'image/gif': 'GIF',
	'image/webp': 'WebP',
	'image/avif': 'AVIF',
	'image/tiff': 'TIFF',
	'image/bmp': 'BMP',
	'image/x-icon': 'ICO',
	'image/heic': 'HEIC',
	'image/svg+xml': 'SVG',
};

/** What the reader says, in the language that `l10n` has the sentences of. */
export function deviceWords(l10n: Localization): DeviceWords {
	return {
		name: () => l10n.t('Text reader'),
		imageFacts: ({ fileType, width, height, fileSize }) =>
			l10n.t('{0} image, {1} × {2} px, {3}.', typeNames[fileType] ?? fileType, width, height, formatBytes(fileSize)),
		recognisedInImage: () => l10n.t('Text recognised in the image, possibly with errors:'),
		noTextInImage: () => l10n.t('No text was found in the image.'),
		pdfFacts: ({ pages, fileSize }) =>
			pages === 1
				? l10n.t('PDF, 1 page, {0}.', formatBytes(fileSize))
				: l10n.t('PDF, {0} pages, {1}.', pages, formatBytes(fileSize)),
		title: (title) => l10n.t('Title: {0}', title),
		outline: () => l10n.t('Contents:'),
		moreInOutline: (entries) => l10n.t('and {0} more', entries),
		beginning: () => l10n.t('It begins:'),
		scannedPages: (scanned, pages) =>
			scanned === pages
				? l10n.t('Its pages are pictures without a text layer, as a scanner makes them.')
				: scanned === 1
					? l10n.t('1 of its {0} pages is a picture without a text layer.', pages)
					: l10n.t('{0} of its {1} pages are pictures without a text layer.', scanned, pages),
		recognisedOnPage: ({ label }) => l10n.t('Text recognised on page {0}, possibly with errors:', label),
		noTextOnPage: ({ label }) => l10n.t('No text was found on page {0}.', label),
		page: ({ number, label }) =>
			label === String(number) ? l10n.t('(p. {0})', label) : l10n.t('(p. {0}, PDF page {1})', label, number),
		recognisedPage: ({ number, label }) =>
			label === String(number)
				? l10n.t('(p. {0}, recognised)', label)
				: l10n.t('(p. {0}, PDF page {1}, recognised)', label, number),
		passagesFound: () => l10n.t('The passages nearest to the question:'),
		linesFound: () => l10n.t('Lines with words of the question, recognised in the image:'),
		nothingFound: () => l10n.t('No text with words of the question was found.'),
	};
}
