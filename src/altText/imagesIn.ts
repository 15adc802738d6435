import type { TextDocument } from 'vscode';
import type { Finder, ImageReference } from '../documents/index.ts';

/** One version of a document, and all its images in the order of its text. */
export interface ReadDocument {
	readonly document: TextDocument;
	readonly version: number;
	readonly text: string;
	readonly images: readonly ImageReference[];
}

/** What was read last of a document. */
interface Reading {
	readonly version: number;
	readonly languageId: string;
	readonly finder: Promise<Finder>;
	readonly read: Promise<ReadDocument>;
}

const last = new WeakMap<TextDocument, Reading>();

/**
 * A document as it is now, with its images. However many ask, each version is read once, and only where it differs from
 * the one before.
 */
export function imagesIn(document: TextDocument): Promise<ReadDocument> {
	const { version, languageId } = document;
	const known = last.get(document);
	const sameLanguage = known?.languageId === languageId ? known : undefined;
	if (sameLanguage?.version === version) {
		return sameLanguage.read;
	}
	const text = document.getText();
	const finder = sameLanguage?.finder ?? finderFor(document);
	const read = finder.then(async (find) => ({ document, version, text, images: await find(text) }));
	last.set(document, { version, languageId, finder, read });
	return read;
}

async function finderFor({ languageId, uri }: TextDocument): Promise<Finder> {
	const { createFinder } = await import('../documents/index.ts');
	return createFinder(languageId, { path: uri.path });
}
