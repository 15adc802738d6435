import {
	type CancellationToken,
	CodeAction,
	CodeActionKind,
	type CodeActionProvider,
	type Disposable,
	l10n,
	languages,
	type Range,
	type TextDocument,
} from 'vscode';
import { imageAt } from './imageAt.ts';

/** Documents whose images can be rewritten; notebook cells and untitled documents included. */
export const documentSelector = [{ language: 'markdown' }];

const kinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

/** Offers *Write alt text* where the cursor is on an image: a fix where it has none, a rewrite where it has. */
const provider: CodeActionProvider = {
	async provideCodeActions(document: TextDocument, range: Range, _context, token: CancellationToken) {
		const offset = document.offsetAt(range.start);
		const image = await imageAt(document, offset);
		if (!image || token.isCancellationRequested) {
			return [];
		}
		const isMissing = image.alt.trim() === '';
		const title = isMissing ? l10n.t('Write alt text with Descry') : l10n.t('Write new alt text with Descry');
		const action = new CodeAction(title, isMissing ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite);
		action.command = { command: 'descry.writeAltText', title, arguments: [document.uri, image.start] };
		return [action];
	},
};

export function registerQuickFix(): Disposable {
	return languages.registerCodeActionsProvider(documentSelector, provider, { providedCodeActionKinds: kinds });
}
