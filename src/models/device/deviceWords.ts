import type { ImageAttachment, PdfAttachment, PdfPage } from '../../attachments/attachment.ts';

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
