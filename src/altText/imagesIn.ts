import type { TextDocument } from 'vscode';
import type { Finder, ImageReference } from '../documents/index.ts';

/** What was found last in a document. */
interface Found {
	readonly version: number;
	readonly languageId: string;
	readonly finder: Promise<Finder>;
	readonly images: Promise<readonly ImageReference[]>;
}

const last = new WeakMap<TextDocument, Found>();

/**
 * All images of a document as it is now, in the order of its text. However many ask, each version is read once,
 * and only where it differs from the one before.
 */
export function imagesIn(document: TextDocument): Promise<readonly ImageReference[]> {
	const { version, languageId } = document;
	const known = last.get(document);
	const sameLanguage = known?.languageId === languageId ? known : undefined;
	if (sameLanguage?.version === version) {
		return sameLanguage.images;
	}
	const text = document.getText();
	const finder = sameLanguage?.finder ?? finderFor(document);
	const images = finder.then((find) => find(text));
	last.set(document, { version, languageId, finder, images });
	return images;
}

async function finderFor({ languageId, uri }: TextDocument): Promise<Finder> {
	const { createFinder } = await import('../documents/index.ts');
	return createFinder(languageId, { path: uri.path });
}
