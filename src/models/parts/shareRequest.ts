import type { Attachment, ImageAttachment, PdfAttachment } from '../../attachments/attachment.ts';
import type { Sight } from './sight.ts';

/** More images than the endpoint takes in one request: what is beyond would be refused, or left out without a word. */
export class TooManyImages extends Error {
	override readonly name = 'TooManyImages';
	/** How many it takes. */
	readonly most: number;

	constructor(most: number) {
		super(`At most ${most} images at once`);
		this.most = most;
	}
}

/** What each PDF of a request may take of it. */
export interface PdfShare {
	/** Among how many files the room is divided; all images together count as one. */
	readonly files: number;
	/** How many pictures of its pages it may add to the images; `Infinity` where nobody counts. */
	readonly pictures: number;
	/** How large those may be together, bytes. */
	readonly pictureBytes: number;
}

/** The room of one request, divided among all that goes with it. */
export interface RequestShares {
	readonly images: readonly ImageAttachment[];
	readonly pdfs: readonly PdfAttachment[];
	readonly share: PdfShare;
}

/** Fails with `TooManyImages`. */
export function shareRequest(
	attachments: readonly Attachment[],
	{ maxImages, requestBytes }: Pick<Sight, 'maxImages' | 'requestBytes'>,
): RequestShares {
	const images = attachments.filter((attachment) => attachment.kind === 'image');
	const pdfs = attachments.filter((attachment) => attachment.kind === 'pdf');
	if (images.length > maxImages) {
		throw new TooManyImages(maxImages);
	}
	const files = pdfs.length + Math.min(1, images.length);
	return {
		images,
		pdfs,
		share: {
			files,
			pictures: (maxImages - images.length) / Math.max(1, pdfs.length),
			pictureBytes: requestBytes / Math.max(1, files),
		},
	};
}
