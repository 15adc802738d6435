import { l10n, type TextEditor, type Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { type AltTextServices, altTextFor, surroundingsOf } from '../altText/ask.ts';
import { isDocumentLanguage } from '../altText/documentLanguages.ts';
import { imageMarkup, type InsertionDocument, relativeAddress, webAddress, withImage } from '../altText/insertion.ts';
import { withProgress } from '../altText/progress.ts';
import { reportFailure } from '../altText/report.ts';
import type { LastTextEditor } from '../conversation/lastTextEditor.ts';
import { nameOfUri, textOfUri } from '../attachments/open.ts';
import { isOnWeb } from '../attachments/web/onWeb.ts';
import { clickedOrActiveFile } from './clickedFile.ts';

/** Writes an image with its alt text at the cursor of the document used last, in that document's syntax. */
export async function insertImage(
	services: AltTextServices,
	lastTextEditor: LastTextEditor,
	clicked?: unknown,
): Promise<void> {
	const file = clickedOrActiveFile(clicked);
	const editor = file && (await lastTextEditor.show());
	if (!file || !editor || !isDocumentLanguage(editor.document.languageId)) {
		void window.showInformationMessage(
			l10n.t('Open the Markdown, HTML, MDX or JSX document that the image is for, and put the cursor where it goes.'),
		);
		return;
	}
	const address = addressIn(editor, file);
	if (address === undefined) {
		void window.showWarningMessage(
			l10n.t('The image and the document are in different places; copy it beside the document first.'),
		);
		return;
	}
	const model = await services.models.current('images');
	if (!model) {
		return;
	}
	try {
		const there = await withImage(documentOf(editor), offsetIn(editor), address);
		if (!there) {
			void window.showWarningMessage(l10n.t('No image can stand where the cursor is.'));
			return;
		}
		const { document } = editor;
		await services.files.refuseExcludedDocument(document.uri);
		const opened = await withProgress(l10n.t('Reading {0}', nameOfUri(file)), (signal) =>
			services.files.open(textOfUri(file), signal),
		);
		// Its alt text is empty only because it is still to be written; that decides nothing about its role.
		const image = { ...there.image, altKind: 'absent' } as const;
		const place = { ...there, document, version: document.version, image };
		const alt = await altTextFor(services, model, await surroundingsOf(place), { ...opened, uri: file });
		if (alt !== undefined) {
			await insertAt(editor, address, alt);
		}
	} catch (error) {
		if (await reportFailure(services, error, model, file.path)) {
			await insertImage(services, lastTextEditor, file);
		}
	}
}

/** At the cursor as it is now, or as it was left: the user may have gone on typing, or to another document. */
async function insertAt(editor: TextEditor, address: string, alt: string): Promise<void> {
	const markup = await imageMarkup(documentOf(editor), offsetIn(editor), address, alt);
	if (markup === undefined) {
		void window.showWarningMessage(l10n.t('No image can stand where the cursor is.'));
		return;
	}
	const edit = new WorkspaceEdit();
	edit.insert(editor.document.uri, editor.selection.active, markup);
	await workspace.applyEdit(edit);
}

function documentOf({ document }: TextEditor): InsertionDocument {
	return { text: document.getText(), languageId: document.languageId, path: document.uri.path };
}

function offsetIn({ document, selection }: TextEditor): number {
	return document.offsetAt(selection.active);
}

function addressIn({ document }: TextEditor, image: Uri): string | undefined {
	const text = textOfUri(image);
	if (isOnWeb(text)) {
		return webAddress(text);
	}
	const isBeside = document.uri.scheme === image.scheme && document.uri.authority === image.authority;
	return isBeside ? relativeAddress(document.uri.path, image.path) : undefined;
}
