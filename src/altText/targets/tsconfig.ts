import { Uri, workspace } from 'vscode';
import type { Tsconfig } from './targetCandidates.ts';

const names = ['tsconfig.json', 'jsconfig.json'];

/** How many folders to look through, so that a document deep in no project costs little. */
const highest = 12;

/** What is being read, by folder: all images of a document ask at the same time. */
const running = new Map<string, Promise<Tsconfig | undefined>>();

/** The nearest TypeScript or JavaScript configuration above a file, inside its workspace folder. */
export function nearestTsconfig(file: Uri): Promise<Tsconfig | undefined> {
	const folder = Uri.joinPath(file, '..');
	const key = folder.toString();
	const search = running.get(key) ?? searchUpward(folder).finally(() => running.delete(key));
	running.set(key, search);
	return search;
}

async function searchUpward(start: Uri): Promise<Tsconfig | undefined> {
	const root = workspace.getWorkspaceFolder(start)?.uri;
	const { readTsconfig } = await import('./tsconfigChain.ts');
	let folder = start;
	for (let step = 0; root && step < highest && `${folder.path}/`.startsWith(`${root.path}/`); step++) {
		for (const name of names) {
			const found = await readTsconfig(Uri.joinPath(folder, name).path, (path) => readText(start.with({ path })));
			if (found) {
				return found;
			}
		}
		folder = Uri.joinPath(folder, '..');
	}
	return undefined;
}

async function readText(uri: Uri): Promise<string | undefined> {
	try {
		return new TextDecoder().decode(await workspace.fs.readFile(uri));
	} catch {
		return undefined;
	}
}
