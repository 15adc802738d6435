import { realpath } from 'node:fs/promises';
import { Uri, workspace } from 'vscode';

/**
 * Whether `descry.privacy.exclude` names a file, by its own path or by the one that its symbolic links lead to. The
 * lists of the user and of the workspace are united: a repository may only add.
 */
export async function isExcluded(uri: Uri): Promise<boolean> {
	const globs = excludeSetting(uri);
	if (globs.length === 0) {
		return false;
	}
	const { isExcludedPath } = await import('./excludedPaths.ts');
	const folders = await Promise.all((workspace.workspaceFolders ?? []).map((folder) => pathsOf(folder.uri)));
	const paths = await pathsOf(uri);
	return paths.some((path) => isExcludedPath({ path, folders: folders.flat() }, globs));
}

function excludeSetting(uri: Uri): readonly string[] {
	const values = workspace.getConfiguration('descry.privacy', uri).inspect<unknown>('exclude');
	return [values?.defaultValue, values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue]
		.flatMap((value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []))
		.filter((glob) => typeof glob === 'string');
}

async function pathsOf(uri: Uri): Promise<readonly string[]> {
	if (uri.scheme !== 'file') {
		return [uri.path];
	}
	const real = await realpath(uri.fsPath).catch(() => uri.fsPath);
	return [...new Set([uri.path, Uri.file(real).path])];
}
