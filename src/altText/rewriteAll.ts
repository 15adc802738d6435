import { Range, workspace, WorkspaceEdit } from 'vscode';
import { isCurrent, type Place, placeNow } from './place.ts';

export interface NewAltText {
	readonly place: Place;
	readonly alt: string;
}

/**
 * Puts several alt texts into one document in one undo step, each proven; where the user typed meanwhile, at the same
 * images as they stand now. What is refused is left as it is. Returns the places that were written.
 */
export async function rewriteAll(news: readonly NewAltText[], tries = 3): Promise<readonly Place[]> {
	const current = news.every(({ place }) => isCurrent(place)) ? news : await movedTo(news);
	const [first] = current;
	if (!first) {
		return [];
	}
	const edit = new WorkspaceEdit();
	const written = await collect(first.place, current, edit);
	// VS Code refuses an edit, too, where the user typed while it was on its way.
	if (current.every(({ place }) => isCurrent(place)) && (await workspace.applyEdit(edit))) {
		return written;
	}
	return tries > 1 ? rewriteAll(current, tries - 1) : [];
}

async function collect(
	{ document, text }: Place,
	news: readonly NewAltText[],
	edit: WorkspaceEdit,
): Promise<readonly Place[]> {
	const { rewriteAltTexts } = await import('../documents/index.ts');
	const { languageId, uri } = document;
	const wanted = news.map(({ place, alt }) => ({ image: place.image, altText: alt }));
	const rewrites = await rewriteAltTexts(text, languageId, wanted, { path: uri.path });
	return news.flatMap(({ place }, index) => {
		const rewrite = rewrites[index];
		if (rewrite === undefined || 'refused' in rewrite) {
			return [];
		}
		edit.replace(uri, new Range(document.positionAt(rewrite.start), document.positionAt(rewrite.end)), rewrite.newText);
		return [place];
	});
}

async function movedTo(news: readonly NewAltText[]): Promise<readonly NewAltText[]> {
	const moved = await Promise.all(news.map(async ({ place, alt }) => ({ place: await placeNow(place), alt })));
	return moved.flatMap(({ place, alt }) => (place ? [{ place, alt }] : []));
}
