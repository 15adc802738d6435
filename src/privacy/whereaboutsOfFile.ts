import { realpath } from 'node:fs/promises';
import { FileType, type Uri, workspace } from 'vscode';
import { type Whereabouts, whereaboutsOf } from '../attachments/whereabouts.ts';

/** Whether a file is really in one of some folders; folders of other file systems do not hold it. */
export async function whereaboutsOfFile(file: Uri, folders: readonly Uri[]): Promise<Whereabouts> {
	const isLink = async (uri: Uri): Promise<boolean> =>
		((await workspace.fs.stat(uri)).type & FileType.SymbolicLink) !== 0;
	const homes = folders.filter(({ scheme, authority }) => scheme === file.scheme && authority === file.authority);
	return file.scheme === 'file'
		? whereaboutsOf(
				file.fsPath,
				homes.map(({ fsPath }) => fsPath),
				{ realPath: realpath },
			)
		: whereaboutsOf(
				file.path,
				homes.map(({ path }) => path),
				{ isLink: (path) => isLink(file.with({ path })) },
			);
}
