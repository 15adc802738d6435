import type { PdfAttachment, PdfPage, Picture } from '../../../src/attachments/attachment.ts';

/** A picture in which exactly this is written. */
export function picture(text: string): Picture {
	return { mediaType: 'image/png', bytes: new TextEncoder().encode(text), width: 10, height: 10 };
}

export interface PlannedPage {
	readonly text: string;
	/** What is written in its picture; without it the page cannot be drawn. */
	readonly scan?: string;
	readonly label?: string;
	readonly shows?: PdfPage['shows'];
}

/** A PDF of pages whose text, and whose pictures' text, is known. */
export function pdf(pages: readonly PlannedPage[], more: Partial<PdfAttachment> = {}): PdfAttachment {
	return {
		kind: 'pdf',
		name: 'paper.pdf',
		bytes: new Uint8Array(),
		fileSize: 1_240_000,
		opensElsewhere: true,
		title: undefined,
		outline: [],
		pages: pages.map(({ text, label, shows }, index) => ({
			number: index + 1,
			label: label ?? String(index + 1),
			text,
			width: 612,
			height: 792,
			shows: shows ?? (text.trim() === '' ? 'picture' : 'text'),
		})),
		draw: (page) => {
			const scan = pages[page - 1]?.scan;
			return Promise.resolve(scan === undefined ? undefined : picture(scan));
		},
		lines: () => Promise.resolve([]),
		...more,
	};
}
