import type { ImageAttachment, PdfAttachment } from '../attachments/attachment.ts';

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
