import { Uri, workspace, type TextDocument } from 'vscode';

/** Where the image of a document lies; undefined for what is no file that can be read from here. */
export function targetUri(document: TextDocument, target: string): Uri | undefined {
	const path = decoded(target.replace(/[?#].*$/s, ''));
	if (path === '' || path.startsWith('//') || /^[a-z][a-z0-9+.-]+:/i.test(path)) {
		return undefined;
	}
	const folder = workspace.getWorkspaceFolder(document.uri)?.uri ?? workspace.workspaceFolders?.[0]?.uri;
	if (path.startsWith('/')) {
		return folder && Uri.joinPath(folder, path);
	}
	const base = document.isUntitled ? folder : Uri.joinPath(document.uri, '..');
	return base && Uri.joinPath(base, path);
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		// A lone percent sign: the name as it stands.
		return path;
	}
}
