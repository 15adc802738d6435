import type { TextDocument } from 'vscode';
import type { ImageReference } from '../documents/imageReference.ts';

/** The image reference around a UTF-16 offset of a document; the innermost, where an image's alt text holds another. */
export async function imageAt(document: TextDocument, offset: number): Promise<ImageReference | undefined> {
	const { findImages } = await import('../documents/index.ts');
	const images = await findImages(document.getText(), document.languageId);
	return images
		.filter(({ start, end }) => start <= offset && offset <= end)
		.sort((one, other) => one.end - one.start - (other.end - other.start))[0];
}
