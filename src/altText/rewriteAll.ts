import { Range, type TextDocument, workspace, WorkspaceEdit } from 'vscode';
import { type Place, placeNow } from './place.ts';

export interface NewAltText {
	readonly place: Place;
	readonly alt: string;
}

/**
 * Puts several alt texts into a document in one undo step, each proven; where the user typed meanwhile, at the same
 * images as they stand now. What is refused is left as it is. Returns the places that were written.
 */
export async function rewriteAll(
	document: TextDocument,
	news: readonly NewAltText[],
	tries = 3,
): Promise<readonly Place[]> {
	const { version } = document;
	const current = news.every(({ place }) => place.version === version) ? news : await movedTo(document, news);
	const edit = new WorkspaceEdit();
	const written = await collect(document, current, edit);
	// VS Code refuses an edit, too, where the user typed while it was on its way.
	if (document.version === version && (await workspace.applyEdit(edit))) {
		return written;
	}
	return tries > 1 ? rewriteAll(document, current, tries - 1) : [];
}

async function collect(
	document: TextDocument,
	news: readonly NewAltText[],
	edit: WorkspaceEdit,
): Promise<readonly Place[]> {
	const { findImages, rewriteAltText } = await import('../documents/index.ts');
	const options = { path: document.uri.path };
	const { languageId } = document;
	const written: Place[] = [];
	let text = document.getText();
	// From the last to the first: what was changed never moves what is still to change.
	for (const { place, alt } of [...news].sort((one, other) => other.place.image.start - one.place.image.start)) {
		const image = (await findImages(text, languageId, options)).find(({ start }) => start === place.image.start);
		const change = image && (await rewriteAltText(text, languageId, image, alt, options));
		if (change && !('refused' in change)) {
			const { start, end, newText } = change;
			edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText);
			text = text.slice(0, start) + newText + text.slice(end);
			written.unshift(place);
		}
	}
	return written;
}

async function movedTo(document: TextDocument, news: readonly NewAltText[]): Promise<readonly NewAltText[]> {
	const moved = await Promise.all(news.map(async ({ place, alt }) => ({ place: await placeNow(place), alt })));
	return moved.flatMap(({ place, alt }) => (place?.document === document ? [{ place, alt }] : []));
}
