import { type TextDocument, workspace } from 'vscode';

/** Documents whose content no file system keeps. */
const unsavedSchemes: ReadonlySet<string> = new Set(['untitled', 'vscode-notebook-cell']);

/** Whether a document can never be changed, such as the old side of a comparison or what another extension only shows. */
export function isReadOnly({ uri: { scheme } }: TextDocument): boolean {
	return !unsavedSchemes.has(scheme) && workspace.fs.isWritableFileSystem(scheme) !== true;
}
