import type { ImageAttachment } from '../attachments/attachment.ts';
import type { AttachmentParts } from './attachmentParts.ts';

/** An image under a label with its number, so that an answer can say which one it means. */
export function imageParts({ name, picture }: ImageAttachment, number: number): AttachmentParts {
	return {
		parts: [
			{ kind: 'text', text: `File ${number}: image ${JSON.stringify(name)}` },
			{ kind: 'image', mediaType: picture.mediaType, content: picture.bytes },
		],
		coverage: () => [],
	};
}
