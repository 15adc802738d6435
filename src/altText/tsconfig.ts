import { Uri, workspace } from 'vscode';
import type { Tsconfig } from './targetCandidates.ts';

const names = ['tsconfig.json', 'jsconfig.json'];

/** How many folders to look through, so that a document deep in no project costs little. */
const highest = 12;

/** The nearest TypeScript or JavaScript configuration above a file, inside its workspace folder. */
export async function nearestTsconfig(file: Uri): Promise<Tsconfig | undefined> {
	const root = workspace.getWorkspaceFolder(file)?.uri;
	let folder = Uri.joinPath(file, '..');
	for (let step = 0; root && step < highest && `${folder.path}/`.startsWith(`${root.path}/`); step++) {
		for (const name of names) {
			const found = await read(Uri.joinPath(folder, name));
			if (found) {
				return { folder: folder.path, ...found };
			}
		}
		folder = Uri.joinPath(folder, '..');
	}
	return undefined;
}

/** Undefined where there is none, or none that says where modules are. */
async function read(uri: Uri): Promise<Omit<Tsconfig, 'folder'> | undefined> {
	let text: string;
	try {
		text = new TextDecoder().decode(await workspace.fs.readFile(uri));
	} catch {
		return undefined;
	}
	const { parse } = await import('jsonc-parser');
	const config = parse(text) as
		{ readonly compilerOptions?: { readonly baseUrl?: unknown; readonly paths?: unknown } } | undefined;
	const { baseUrl, paths } = config?.compilerOptions ?? {};
	return {
		...(typeof baseUrl === 'string' ? { baseUrl } : {}),
		...(isPaths(paths) ? { paths } : {}),
	};
}

function isPaths(value: unknown): value is Readonly<Record<string, readonly string[]>> {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.values(value).every((list) => Array.isArray(list) && list.every((item) => typeof item === 'string'))
	);
}
