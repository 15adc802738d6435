import type { Attachment } from '../attachments/attachment.ts';
import type { Part } from '../client/request.ts';
import { imageParts, picturesOf } from './imageParts.ts';
import type { CoverageEvent } from './model.ts';
import { pdfParts } from './pdfParts.ts';
import { sightOf, type Viewer } from './sight.ts';

export interface AttachmentParts {
	readonly parts: readonly Part[];
	readonly coverage: readonly CoverageEvent[];
}

/**
 * Attachments as parts of the first turn: each labelled, so that an answer can say which one it means, and images as
 * this model at this endpoint takes and sees them. Fails with `AttachmentFailure`, or the signal's reason.
 * @param keepsMetadata Whether files that go as they are keep what their cameras wrote into them.
 */
export async function attachmentParts(
	attachments: readonly Attachment[],
	viewer: Viewer & { readonly keepsMetadata?: boolean },
	signal: AbortSignal,
): Promise<AttachmentParts> {
	const sight = { ...sightOf(viewer), keepsMetadata: viewer.keepsMetadata === true };
	const images = attachments.filter((attachment) => attachment.kind === 'image');
	const pictures = await picturesOf(images, sight, signal);
	const results = attachments.map((attachment, index): AttachmentParts => {
		if (attachment.kind === 'pdf') {
			return pdfParts(attachment, index + 1);
		}
		const picture = pictures[images.indexOf(attachment)];
		return { parts: picture ? imageParts(attachment, picture, index + 1, sight, signal) : [], coverage: [] };
	});
	return {
		parts: results.flatMap(({ parts }) => parts),
		coverage: results.flatMap(({ coverage }) => coverage),
	};
}
