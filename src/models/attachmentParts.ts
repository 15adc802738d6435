import type { Attachment } from '../attachments/attachment.ts';
import type { Part } from '../client/request.ts';
import { imageParts } from './imageParts.ts';
import type { CoverageEvent } from './model.ts';
import { pdfParts, type PdfReading } from './pdfParts.ts';

export interface AttachmentParts {
	readonly parts: readonly Part[];
	/** Of the PDFs, as far as is known now; see `PdfParts`. */
	readonly coverage: () => readonly CoverageEvent[];
}

/** Attachments as parts of the first turn: each labelled, so that an answer can say which one it means. */
export async function attachmentParts(
	attachments: readonly Attachment[],
	reading: Omit<PdfReading, 'files'>,
	signal: AbortSignal,
): Promise<AttachmentParts> {
	const files = attachments.filter(({ kind }) => kind === 'pdf').length;
	const results: AttachmentParts[] = [];
	for (const [index, attachment] of attachments.entries()) {
		if (attachment.kind === 'image') {
			results.push(imageParts(attachment, index + 1));
		} else {
			const { parts, coverage } = await pdfParts(attachment, index + 1, { ...reading, files }, signal);
			results.push({ parts, coverage: () => [coverage()] });
		}
	}
	return {
		parts: results.flatMap(({ parts }) => parts),
		coverage: () => results.flatMap(({ coverage }) => coverage()),
	};
}
