import { l10n, Uri, window } from 'vscode';
import { endingOf, readableEndings } from '../attachments/fileEndings.ts';
import { nameOfUri, textOfUri } from '../attachments/open.ts';
import { isOnWeb } from '../attachments/web/onWeb.ts';
import type { ConversationPanels } from '../conversation/panels.ts';
import { clickedOrActiveFile } from './clickedFile.ts';

/**
 * Describes files, or what is on the web by https: the Explorer's selection, else the active tab's file, else what the user picks.
 * Of several, those whose names are no image's or PDF's are skipped, and that is said.
 */
export async function describe(
	panels: ConversationPanels,
	clicked: unknown,
	selected: unknown,
	options: { readonly newPanel: boolean },
): Promise<void> {
	const given = givenFiles(clicked, selected);
	const uris = given.length > 0 ? given : await pickFiles();
	const fitting = uris.length === 1 ? uris : uris.filter(isReadable);
	if (fitting.length < uris.length) {
		void window.showInformationMessage(skippedSentence(uris.length - fitting.length, fitting.length));
	}
	if (fitting.length > 0) {
		const files = fitting.map((uri) => ({ uri: textOfUri(uri), name: nameOfUri(uri) }));
		await panels.describe(files, options);
	}
}

function givenFiles(clicked: unknown, selected: unknown): readonly Uri[] {
	if (Array.isArray(selected) && selected.length > 0) {
		return selected.filter((uri) => uri instanceof Uri);
	}
	const file = clickedOrActiveFile(clicked);
	return file && (clicked || isReadable(file)) ? [file] : [];
}

async function pickFiles(): Promise<readonly Uri[]> {
	const picked = await window.showOpenDialog({
		canSelectMany: true,
		openLabel: l10n.t('Describe'),
		filters: { [l10n.t('Images and PDFs')]: readableEndings.flatMap((ending) => [ending, ending.toUpperCase()]) },
	});
	return picked ?? [];
}

function isReadable(uri: Uri): boolean {
	return isOnWeb(textOfUri(uri)) || readableEndings.includes(endingOf(uri.path));
}

function skippedSentence(skipped: number, left: number): string {
	if (left === 0) {
		return l10n.t('None of the selected files is an image or PDF that Descry can read.');
	}
	return skipped === 1
		? l10n.t('One selected file was skipped: it is no image or PDF that Descry can read.')
		: l10n.t('{0} selected files were skipped: they are no images or PDFs that Descry can read.', skipped);
}
