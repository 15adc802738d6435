import type { Attachment } from '../attachments/attachment.ts';
import type { Part } from '../client/request.ts';
import { imageParts } from './imageParts.ts';
import type { CoverageEvent } from './model.ts';
import { pdfParts } from './pdfParts.ts';

export interface AttachmentParts {
	readonly parts: readonly Part[];
	readonly coverage: readonly CoverageEvent[];
}

/** Attachments as parts of the first turn: each labelled, so that an answer can say which one it means. */
export async function attachmentParts(
	attachments: readonly Attachment[],
	signal: AbortSignal,
): Promise<AttachmentParts> {
	const results = await Promise.all(
		attachments.map(async (attachment, index) =>
			attachment.kind === 'image' ? imageParts(attachment, index + 1, signal) : pdfParts(attachment, index + 1),
		),
	);
	return {
		parts: results.flatMap(({ parts }) => parts),
		coverage: results.flatMap(({ coverage }) => coverage),
	};
}
