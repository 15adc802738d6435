import { l10n } from 'vscode';
import type { DeviceWords } from './deviceWords.ts';
import { formatBytes } from '../formatBytes.ts';

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

/** What the reader on this device says, in the language of VS Code. */
export const localDeviceWords: DeviceWords = {
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
