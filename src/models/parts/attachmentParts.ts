import type { Attachment } from '../../attachments/attachment.ts';
import type { Parameters, Part } from '../../client/request.ts';
import { Failure } from '../../client/failure/failure.ts';
import { firstPages, framesIn, imageParts, picturesOf } from './imageParts.ts';
import type { CoverageEvent, FramesEvent } from '../model.ts';
import { type PdfParts, pdfParts, type PdfReading } from './pdfParts.ts';
import { type PdfShare, shareRequest } from './shareRequest.ts';
import { sightOf } from './sight.ts';

export interface AttachmentParts {
	readonly parts: readonly Part[];
	/** Of the PDFs, as far as is known now, see `PdfParts`, and of moving pictures. */
	readonly coverage: () => readonly (CoverageEvent | FramesEvent)[];
}

/** Who gets the attachments, and what for. */
export interface Reading extends Omit<PdfReading, keyof PdfShare> {
	readonly parameters?: Parameters;
	/** Whether images that need no change keep what their cameras wrote into them. */
	readonly keepsMetadata?: boolean;
}

/**
 * Attachments as parts of the first turn: each labelled, so that an answer can say which one it means, and images as
 * this model at this endpoint takes and sees them. Fails with `TooManyImages`, `AttachmentFailure`, with a `Failure`
 * where the model is known to see no images, or with the signal's reason.
 */
export async function attachmentParts(
	attachments: readonly Attachment[],
	reading: Reading,
	signal: AbortSignal,
): Promise<AttachmentParts> {
	const sight = { ...sightOf(reading), keepsMetadata: reading.keepsMetadata === true };
	if (reading.sees === 'no' && attachments.some(({ kind }) => kind === 'image')) {
		throw new Failure({ kind: 'image-rejected', code: 'sees-no-images' });
	}
	const { images, share } = shareRequest(attachments, sight);
	const read = new Map<Attachment, PdfParts>();
	for (const [index, attachment] of attachments.entries()) {
		if (attachment.kind === 'pdf') {
			const number = attachment.number ?? index + 1;
			read.set(attachment, await pdfParts(attachment, number, { ...reading, ...share }, signal));
		}
	}
	const taken = [...read.values()].flatMap(({ parts }) => parts).reduce((sum, part) => sum + bytesOf(part), 0);
	const rest = {
		...sight,
		requestBytes: Math.max(sight.requestBytes - taken, sight.requestBytes / attachments.length),
	};
	const pictures = await picturesOf(images, rest, signal);
	return {
		parts: attachments.flatMap((attachment, index) => {
			if (attachment.kind === 'pdf') {
				return read.get(attachment)?.parts ?? [];
			}
			const picture = pictures[images.indexOf(attachment)];
			return picture ? imageParts(attachment, picture, attachment.number ?? index + 1, sight, signal) : [];
		}),
		coverage: () => [
			...[...read.values()].map(({ coverage }) => coverage()),
			...framesIn(images, pictures),
			...firstPages(images, 'picturePages'),
		],
	};
}

function bytesOf(part: Part): number {
	return part.kind !== 'text' && part.content instanceof Uint8Array ? part.content.length : 0;
}
