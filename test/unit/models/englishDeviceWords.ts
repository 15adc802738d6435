import type { DeviceWords } from '../../../src/models/device/deviceWords.ts';

/** As the host says it in English; the host's own is bound to VS Code. */
export const englishDeviceWords: DeviceWords = {
	name: () => 'Text reader',
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
	recognisedOnPage: ({ label }) => `Text recognised on page ${label}, possibly with errors:`,
	noTextOnPage: ({ label }) => `No text was found on page ${label}.`,
	page: ({ number, label }) => (label === String(number) ? `(p. ${label})` : `(p. ${label}, PDF page ${number})`),
	recognisedPage: ({ number, label }) =>
		label === String(number) ? `(p. ${label}, recognised)` : `(p. ${label}, PDF page ${number}, recognised)`,
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
