import type { ImageAttachment } from '../attachments/attachment.ts';
import { deviceTarget } from '../attachments/fit.ts';
import type { AttachmentParts } from './attachmentParts.ts';

/** An image under a label with its number, so that an answer can say which one it means. */
export async function imageParts(
	image: ImageAttachment,
	number: number,
	signal: AbortSignal,
): Promise<AttachmentParts> {
	const picture = await image.pictureFor(deviceTarget, signal);
	return {
		parts: [
			{ kind: 'text', text: `File ${number}: image ${JSON.stringify(image.name)}` },
			{ kind: 'image', mediaType: picture.mediaType, content: picture.bytes },
		],
		coverage: [],
	};
}
