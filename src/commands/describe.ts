import type { Uri } from 'vscode';
import { l10n, TabInputCustom, TabInputText, window } from 'vscode';
import type { ConversationPanels } from '../conversation/panels.ts';

/** Endings offered in menus and pickers; what a file really is, its bytes decide. */
const readable = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif', 'tif', 'tiff', 'pdf'];

/**
 * Describes files: the Explorer's selection, else the active tab's file, else what the user picks.
 * Of several, those whose names are no image's or PDF's are skipped, and that is said.
 */
export async function describe(
	panels: ConversationPanels,
	clicked: Uri | undefined,
	selected: readonly Uri[] | undefined,
	options: { readonly newPanel: boolean },
): Promise<void> {
	const given = givenFiles(clicked, selected);
	const uris = given.length > 0 ? given : await pickFiles();
	const fitting = uris.length === 1 ? uris : uris.filter(isReadable);
	if (fitting.length < uris.length) {
		void window.showInformationMessage(skippedSentence(uris.length - fitting.length, fitting.length));
	}
	if (fitting.length > 0) {
		await panels.describe(fitting, options);
	}
}

function givenFiles(clicked: Uri | undefined, selected: readonly Uri[] | undefined): readonly Uri[] {
	if (selected && selected.length > 0) {
		return selected;
	}
	const active = clicked ?? activeFile();
	return active ? [active] : [];
}

function activeFile(): Uri | undefined {
	const input = window.tabGroups.activeTabGroup.activeTab?.input;
	const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
	return uri && isReadable(uri) ? uri : undefined;
}

async function pickFiles(): Promise<readonly Uri[]> {
	const picked = await window.showOpenDialog({
		canSelectMany: true,
		openLabel: l10n.t('Describe'),
		filters: { [l10n.t('Images and PDFs')]: readable.flatMap((ending) => [ending, ending.toUpperCase()]) },
	});
	return picked ?? [];
}

function isReadable(uri: Uri): boolean {
	return readable.includes(uri.path.slice(uri.path.lastIndexOf('.') + 1).toLowerCase());
}

function skippedSentence(skipped: number, left: number): string {
	if (left === 0) {
		return l10n.t('None of the selected files is an image or PDF that Descry can read.');
	}
	return skipped === 1
		? l10n.t('One selected file was skipped: it is no image or PDF that Descry can read.')
		: l10n.t('{0} selected files were skipped: they are no images or PDFs that Descry can read.', skipped);
}
