import type { Attachment } from '../../attachments/attachment.ts';
import type { Parameters, Part } from '../../client/request.ts';
import { Failure } from '../../client/failure/failure.ts';
import { imageParts, picturesOf } from './imageParts.ts';
import type { CoverageEvent } from '../model.ts';
import { pdfParts, type PdfReading } from './pdfParts.ts';
import { sightOf } from './sight.ts';

export interface AttachmentParts {
	readonly parts: readonly Part[];
	/** Of the PDFs, as far as is known now; see `PdfParts`. */
	readonly coverage: () => readonly CoverageEvent[];
}

/** Who gets the attachments, and what for. */
export interface Reading extends Omit<PdfReading, 'files'> {
	readonly parameters?: Parameters;
	/** Whether images that need no change keep what their cameras wrote into them. */
	readonly keepsMetadata?: boolean;
}

/**
 * Attachments as parts of the first turn: each labelled, so that an answer can say which one it means, and images as
 * this model at this endpoint takes and sees them. Fails with `AttachmentFailure`, with a `Failure` where the model is
 * known to see no images, or with the signal's reason.
 */
export async function attachmentParts(
	attachments: readonly Attachment[],
	reading: Reading,
	signal: AbortSignal,
): Promise<AttachmentParts> {
	const sight = { ...sightOf(reading), keepsMetadata: reading.keepsMetadata === true };
	const images = attachments.filter((attachment) => attachment.kind === 'image');
	if (images.length > 0 && reading.sees === 'no') {
		throw new Failure({ kind: 'image-rejected', code: 'sees-no-images' });
	}
	const files = attachments.length - images.length;
	const pictures = await picturesOf(images, sight, signal);
	const results: AttachmentParts[] = [];
	for (const [index, attachment] of attachments.entries()) {
		if (attachment.kind === 'pdf') {
			const { parts, coverage } = await pdfParts(attachment, index + 1, { ...reading, files }, signal);
			results.push({ parts, coverage: () => [coverage()] });
			continue;
		}
		const picture = pictures[images.indexOf(attachment)];
		results.push({
			parts: picture ? imageParts(attachment, picture, index + 1, sight, signal) : [],
			coverage: () => [],
		});
	}
	return {
		parts: results.flatMap(({ parts }) => parts),
		coverage: () => results.flatMap(({ coverage }) => coverage()),
	};
}
