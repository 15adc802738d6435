import { type TextDocument, Uri, window, workspace } from 'vscode';
import type { ImageReference } from '../documents/index.ts';
import { imagesIn, type ReadDocument } from './imagesIn.ts';
import { sameImage } from './sameImage.ts';

/** An image in a document as it was when the user asked. */
export interface Place extends ReadDocument {
	readonly image: ImageReference;
}

/** All images of a document as it is now, in the order of its text. */
export async function placesIn(document: TextDocument): Promise<readonly Place[]> {
	const read = await imagesIn(document);
	return read.images.map((image) => ({ ...read, image }));
}

/** The image around a UTF-16 offset of a document; the innermost, where an image's alt text holds another. */
export async function placeAt(document: TextDocument, offset: number): Promise<Place | undefined> {
	const read = await imagesIn(document);
	const [image] = read.images
		.filter(({ start, end }) => start <= offset && offset <= end)
		.sort((one, other) => one.end - one.start - (other.end - other.start));
	return image && { ...read, image };
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

/** Whether the document is as the place has it. One that was closed may be back, or on the disk, with another text. */
export function isCurrent({ document, version }: Pick<Place, 'document' | 'version'>): boolean {
	return !document.isClosed && document.version === version;
}

/** The same image in the document as it is now; undefined where it is gone, or the document is. */
export async function placeNow(place: Place): Promise<Place | undefined> {
	const document = await openedAgain(place.document);
	const read = document && (await imagesIn(document));
	const image = read && sameImage(place, read);
	return image && { ...read, image };
}

async function openedAgain(document: TextDocument): Promise<TextDocument | undefined> {
	if (!document.isClosed) {
		return document;
	}
	if (document.isUntitled) {
		return undefined;
	}
	try {
		return await workspace.openTextDocument(document.uri);
	} catch {
		return undefined;
	}
}
