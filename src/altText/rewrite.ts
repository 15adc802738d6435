import { l10n, Range, type TextDocument, workspace, WorkspaceEdit } from 'vscode';
import type { RefusalReason } from '../documents/index.ts';
import { isCurrent, type Place } from './place.ts';

export type Written =
	| { readonly kind: 'written' }
	/** The document is no longer as the place has it. */
	| { readonly kind: 'changed' }
	| { readonly kind: 'refused'; readonly sentence: string };

const refusals: Readonly<Record<RefusalReason, () => string>> = {
	'unknown-language': () => l10n.t('Descry cannot write alt text in this kind of document.'),
	stale: () => l10n.t('The document no longer holds that image.'),
	computed: () => l10n.t('The alt text of this image is computed by code; change it there.'),
	invalid: () => l10n.t('The document has a syntax error, so nothing was written.'),
	unproven: () => l10n.t('No way was found to write this text without touching anything else, so nothing was written.'),
};

/** Puts alt text into a document in one undo step, proven first. The document must be as the place has it. */
export async function rewrite(place: Place, alt: string): Promise<Written> {
	const { document, text, image } = place;
	const { rewriteAltText } = await import('../documents/index.ts');
	const edit = await rewriteAltText(text, document.languageId, image, alt, { path: document.uri.path });
	if ('refused' in edit) {
		return { kind: 'refused', sentence: refusals[edit.refused]() };
	}
	// Typing while the rewrite was being proven.
	if (!isCurrent(place)) {
		return { kind: 'changed' };
	}
	// VS Code refuses it where the user typed while the edit was on its way.
	return { kind: (await replace(document, edit.start, edit.end, edit.newText)) ? 'written' : 'changed' };
}

async function replace(document: TextDocument, start: number, end: number, newText: string): Promise<boolean> {
	const edit = new WorkspaceEdit();
	edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText);
	return workspace.applyEdit(edit);
}
