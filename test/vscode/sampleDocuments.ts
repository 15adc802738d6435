import assert from 'node:assert/strict';
import { Selection, type TextEditor, Uri, ViewColumn, window, workspace } from 'vscode';

let made = 0;

/** Path relative to the sample workspace, with `/`. */
export function sampleFile(path: string): Uri {
	const folder = workspace.workspaceFolders?.[0]?.uri;
	assert.ok(folder);
	return Uri.joinPath(folder, path);
}

/** A file of its own, beside the documents of the sample workspace. */
export async function writeDocument(text: string, extension = 'md'): Promise<Uri> {
	const uri = sampleFile(`docs/case-${++made}.${extension}`);
	await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
	return uri;
}

/** Shows a new document, with the cursor before the first `cursor` in it. */
export async function open(text: string, cursor = '', extension = 'md'): Promise<TextEditor> {
	const document = await workspace.openTextDocument(await writeDocument(text, extension));
	const editor = await window.showTextDocument(document, ViewColumn.One);
	putCursor(editor, cursor);
	return editor;
}

export function putCursor(editor: TextEditor, before: string): void {
	const position = editor.document.positionAt(editor.document.getText().indexOf(before));
	editor.selection = new Selection(position, position);
}
