import { l10n, type Uri, workspace } from 'vscode';
import { isOnWeb } from '../attachments/web/onWeb.ts';
import type { Whereabouts } from '../attachments/whereabouts.ts';
import { whereaboutsOfFile } from './whereaboutsOfFile.ts';

/**
 * A line for each file that is not in a workspace folder, or may not be, that says where it is. What is on the web is in
 * no folder: the user named its address.
 */
export async function filesOutside(files: readonly Uri[]): Promise<readonly string[]> {
	const folders = workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
	const local = files.filter(({ scheme }) => !isOnWeb(`${scheme}:`));
	const lines = await Promise.all(local.map(async (file) => lineFor(file, await whereaboutsOfFile(file, folders))));
	return lines.filter((line) => line !== undefined);
}

function lineFor(file: Uri, whereabouts: Whereabouts): string | undefined {
	const path = file.scheme === 'file' ? file.fsPath : file.path;
	switch (whereabouts.kind) {
		case 'inside':
			return undefined;
		case 'outside':
			return whereabouts.realPath === path
				? l10n.t('Outside the workspace: {0}', path)
				: l10n.t('Outside the workspace: {0}, by the link {1}', whereabouts.realPath, path);
		case 'unknown':
			return l10n.t('By a link that may lead out of the workspace: {0}', path);
	}
}

/** A dialog has room for so many; the others are counted. */
const mostLines = 10;

/** The lines as one text for a dialog. */
export function linesOf(lines: readonly string[]): string {
	const others = lines.length - mostLines;
	return [...lines.slice(0, mostLines), ...(others > 0 ? [l10n.t('and {0} more', others)] : [])].join('\n');
}
