import { type TextDocument, Uri, window, workspace } from 'vscode';
import type { ImageReference } from '../documents/index.ts';
import { imagesIn } from './imagesIn.ts';

/** An image in a document as it was when the user asked. */
export interface Place {
	readonly document: TextDocument;
	readonly version: number;
	/** The whole document then. */
	readonly text: string;
	readonly image: ImageReference;
}

/** All images of a document as it is now, in the order of its text. */
export async function placesIn(document: TextDocument): Promise<readonly Place[]> {
	const { version } = document;
	const text = document.getText();
	const images = await imagesIn(document);
	return images.map((image) => ({ document, version, text, image }));
}

/** The image around a UTF-16 offset of a document; the innermost, where an image's alt text holds another. */
export async function placeAt(document: TextDocument, offset: number): Promise<Place | undefined> {
	return (await placesIn(document))
		.filter(({ image }) => image.start <= offset && offset <= image.end)
		.sort((one, other) => one.image.end - one.image.start - (other.image.end - other.image.start))[0];
}

/** The place that a command is for: that of its arguments, else that at the cursor. */
export async function commandPlace(uri: unknown, offset: unknown): Promise<Place | undefined> {
	const editor = window.activeTextEditor;
	const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : editor?.document;
	if (!document) {
		return undefined;
	}
	const cursor = editor?.document === document ? document.offsetAt(editor.selection.active) : undefined;
	const at = typeof offset === 'number' ? offset : cursor;
	return at === undefined ? undefined : placeAt(document, at);
}

/** The same image in the document as it is now: the one of its target and alt text nearest to where it was. */
export async function placeNow({ document, image }: Place): Promise<Place | undefined> {
	const distance = (place: Place): number =>
		Math.abs(place.image.start - image.start) + (place.image.alt === image.alt ? 0 : document.getText().length);
	return (await placesIn(document))
		.filter((place) => place.image.target === image.target && place.image.syntax === image.syntax)
		.sort((one, other) => distance(one) - distance(other))[0];
}
