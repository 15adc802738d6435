import { FileType, l10n, type TextDocument, Uri, workspace } from 'vscode';
import type { Whereabouts } from '../../attachments/whereabouts.ts';
import { sameNameAs, type TargetCandidate, targetCandidates } from './targetCandidates.ts';
import { nearestTsconfig } from './tsconfig.ts';
import { whereaboutsOfFile } from '../../privacy/whereaboutsOfFile.ts';

/** What the target of an image comes to. */
export type Target =
	| { readonly kind: 'file'; readonly uri: Uri }
	| { readonly kind: 'data'; readonly name: string; readonly bytes: Uint8Array }
	/** The file is nowhere that its path could mean. */
	| { readonly kind: 'missing' }
	| { readonly kind: 'url'; readonly url: string }
	| { readonly kind: 'unknown' };

/**
 * Finds the image that a document's target refers to, as site generators and bundlers would. Outside the workspace it
 * looks only when the user asked for the image: whether a file exists there is nobody's business before.
 */
export async function findTarget(
	document: TextDocument,
	target: string,
	options: { readonly outside: boolean },
): Promise<Target> {
	const home = homeOf(document);
	const isScript = /script/.test(document.languageId) || document.languageId === 'mdx';
	const tsconfig = isScript ? await nearestTsconfig(document.uri) : undefined;
	const lookup = targetCandidates(target, {
		...(home.document ? { documentPath: home.document.path } : {}),
		workspaceRoots: home.roots.map(({ path }) => path),
		...(tsconfig ? { tsconfig } : {}),
	});
	switch (lookup.kind) {
		case 'file':
			return findFile(home.base, lookup.candidates, options.outside);
		case 'data':
			return { kind: 'data', name: l10n.t('embedded image'), bytes: lookup.bytes };
		case 'attachment':
			return notebookAttachment(document, lookup.name);
		case 'url':
		case 'unknown':
			return lookup;
	}
}

interface Home {
	/** Undefined for a document that was never saved. */
	readonly document: Uri | undefined;
	readonly roots: readonly Uri[];
	/** Whose scheme and authority the files have; undefined when there is no place to look. */
	readonly base: Uri | undefined;
}

function homeOf(document: TextDocument): Home {
	const folders = workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
	// A notebook's cell has a scheme of its own; its images lie beside the notebook.
	const own = document.uri.scheme === 'vscode-notebook-cell' ? notebookOf(document)?.uri : document.uri;
	const saved = document.isUntitled ? undefined : own;
	const base = saved ?? folders[0];
	const roots = folders.filter(({ scheme, authority }) => scheme === base?.scheme && authority === base.authority);
	return { document: saved, roots, base };
}

async function findFile(
	base: Uri | undefined,
	candidates: readonly TargetCandidate[],
	isOutsideAllowed: boolean,
): Promise<Target> {
	const allowed = candidates.filter(({ outside }) => isOutsideAllowed || !outside);
	const found = base && (await firstFile(base, allowed));
	// What lies outside only is neither there nor missing.
	return found ?? { kind: allowed.length > 0 || candidates.length === 0 ? 'missing' : 'unknown' };
}

async function firstFile(base: Uri, candidates: readonly TargetCandidate[]): Promise<Target | undefined> {
	for (const { path } of candidates) {
		const uri = base.with({ path, query: '', fragment: '' });
		if (await isFile(uri)) {
			return { kind: 'file', uri };
		}
	}
	// On file systems that tell letters apart, a reference that does not still means that file.
	for (const { path } of candidates.slice(0, 3)) {
		const uri = await inOtherLetters(base.with({ path }));
		if (uri) {
			return { kind: 'file', uri };
		}
	}
	return undefined;
}

async function isFile(uri: Uri): Promise<boolean> {
	try {
		return ((await workspace.fs.stat(uri)).type & FileType.File) !== 0;
	} catch {
		return false;
	}
}

async function inOtherLetters(uri: Uri): Promise<Uri | undefined> {
	const folder = Uri.joinPath(uri, '..');
	const wanted = uri.path.slice(uri.path.lastIndexOf('/') + 1);
	if (wanted === '') {
		return undefined;
	}
	const entries = await namesIn(folder);
	if (entries) {
		const name = sameNameAs(wanted, entries);
		return name === undefined ? undefined : Uri.joinPath(folder, name);
	}
	const parent = await inOtherLetters(folder);
	return parent && inOtherLetters(Uri.joinPath(parent, wanted));
}

/** Undefined where there is no such folder. */
async function namesIn(folder: Uri): Promise<readonly string[] | undefined> {
	try {
		return (await workspace.fs.readDirectory(folder)).map(([name]) => name);
	} catch {
		return undefined;
	}
}

function notebookOf(document: TextDocument): (typeof workspace.notebookDocuments)[number] | undefined {
	return workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

/** As the notebook extension of VS Code keeps them: base64 by media type, under the cell's metadata. */
function notebookAttachment(document: TextDocument, name: string): Target {
	const cell = notebookOf(document)
		?.getCells()
		.find((one) => one.document === document);
	const attachments = cell?.metadata['attachments'] as
		Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
	const [data] = Object.values(attachments?.[name] ?? {});
	return typeof data === 'string' ? { kind: 'data', name, bytes: Buffer.from(data, 'base64') } : { kind: 'missing' };
}

/** Where a file that a document refers to really is: a path may lead out of the workspace, and so may a link. */
export async function whereaboutsFor(document: TextDocument, file: Uri): Promise<Whereabouts> {
	const { document: own, roots } = homeOf(document);
	const isElsewhere = own && (await whereaboutsOfFile(own, roots)).kind !== 'inside';
	// The folder of a document that the user opened from elsewhere is theirs, too.
	return whereaboutsOfFile(file, isElsewhere ? [...roots, Uri.joinPath(own, '..')] : roots);
}
