import { percentDecoded, withoutQuery } from '../../documents/targetPath.ts';
import { readDataUrl } from './dataUrl.ts';
import { parentOf } from './uriPaths.ts';

/** Paths are those of URIs: `/` between folders and in front, also `/c:/` on Windows; nothing is percent-encoded. */
export interface TargetPlace {
	/** Of the notebook for a cell of one; undefined for a document that was never saved. */
	readonly documentPath?: string;
	/** Folders of the workspace that lie where the document does: same scheme, same authority. */
	readonly workspaceRoots: readonly string[];
	/** The nearest `tsconfig.json` or `jsconfig.json` with what it extends. */
	readonly tsconfig?: Tsconfig;
	/** What a `data:` URL may hold; 20 MiB unless told. In bytes. */
	readonly dataLimit?: number;
}

/** Where modules are; all paths are absolute. */
export interface Tsconfig {
	readonly baseUrl?: string;
	/** By pattern, with at most one `*` each. */
	readonly paths?: Readonly<Record<string, readonly string[]>>;
}

/** What the target of an image refers to. `unknown`: nothing that can be read. */
export type TargetLookup =
	| { readonly kind: 'file'; readonly candidates: readonly TargetCandidate[] }
	| { readonly kind: 'url'; readonly url: string }
	| { readonly kind: 'data'; readonly mediaType: string; readonly bytes: Uint8Array }
	| { readonly kind: 'attachment'; readonly name: string }
	| { readonly kind: 'unknown' };

/** A path where the file may be. */
export interface TargetCandidate {
	readonly path: string;
	/** It is not in the workspace: nothing there is read before the user agrees. */
	readonly outside?: true;
}

const unknown: TargetLookup = { kind: 'unknown' };

/** The first candidate that exists is the image. */
export function targetCandidates(target: string, place: TargetPlace): TargetLookup {
	const written = target.trim();
	const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(written) ?? [];
	if (scheme !== undefined) {
		return schemes.get(scheme.toLowerCase())?.(written, place) ?? unknown;
	}
	return written.startsWith('//') ? (urlOf(`https:${written}`) ?? unknown) : fileOf(written, place);
}

type ReadScheme = (target: string, place: TargetPlace) => TargetLookup | undefined;

const schemes: ReadonlyMap<string, ReadScheme> = new Map(
	Object.entries<ReadScheme>({
		http: urlOf,
		https: urlOf,
		data: (target, { dataLimit = 20 * 2 ** 20 }) => {
			const data = readDataUrl(target, dataLimit);
			return data && { kind: 'data', ...data };
		},
		attachment: (target) => {
			const name = percentDecoded(withoutQuery(target.slice('attachment:'.length)));
			return name === '' ? undefined : { kind: 'attachment', name };
		},
		file: (target, place) => {
			const [, path] = /^file:(?:\/\/(?:localhost)?)?(\/(?!\/).*)$/is.exec(target) ?? [];
			return path === undefined ? undefined : files([percentDecoded(withoutQuery(path))], place);
		},
	}),
);

function urlOf(target: string): TargetLookup | undefined {
	const url = URL.parse(target);
	return url === null ? undefined : { kind: 'url', url: url.href };
}

/** What Liquid, Jinja, Hugo, EJS, PHP and scripts fill in. */
const template = /\{\{|\{%|<[%?]|\$\{/;

/** Where a site is served from: https://create-react-app.dev/docs/using-the-public-folder */
const publicUrl = /^%(?:PUBLIC_URL|BASE_URL)%(?=\/)/;

function fileOf(target: string, place: TargetPlace): TargetLookup {
	if (template.test(target)) {
		return unknown;
	}
	const path = withoutQuery(target).replace(publicUrl, '');
	// A name may hold what looks like an escape: imports in scripts are not percent-encoded.
	const spellings = [...new Set([percentDecoded(path), path])].map((spelling) => spelling.replaceAll('\\', '/'));
	return path === '' || spellings.some((spelling) => spelling.startsWith('//'))
		? unknown
		: files(
				spellings.flatMap((spelling) => pathsOf(spelling, place)),
				place,
			);
}

function files(paths: readonly string[], place: TargetPlace): TargetLookup {
	const homes = homesOf(place);
	const candidates = [...new Set(paths.flatMap((path) => normalized(path) ?? []))].map((path): TargetCandidate =>
		homes.some((home) => isWithin(path, home)) ? { path } : { path, outside: true },
	);
	return candidates.length === 0 ? unknown : { kind: 'file', candidates };
}

/** Where a site generator or bundler keeps what it serves from its root. */
const servedFolders = ['public', 'static', 'docs', 'assets', 'src', '.'];

interface Alias {
	readonly prefix: RegExp;
	/** Relative to a folder that may be the project's. */
	readonly folders: readonly string[];
}

const aliases: readonly Alias[] = [
	// https://docusaurus.io/docs/markdown-features/assets
	{ prefix: /^@site\//, folders: ['.'] },
	// Vue CLI, Vite and Next.js templates: `src`. Nuxt: the project, since version 4 `app`.
	// A `~` in front is that of webpack's style sheets: https://webpack.js.org/loaders/css-loader/#url
	{ prefix: /^~?(?:@|~)\//, folders: ['src', '.', 'app'] },
];

function pathsOf(path: string, place: TargetPlace): readonly string[] {
	const { documentPath, workspaceRoots, tsconfig } = place;
	const folder = documentPath === undefined ? undefined : parentOf(documentPath);
	const bases = folder === undefined ? workspaceRoots : [folder];
	if (/^[a-z]:\//i.test(path)) {
		return [`/${path}`];
	}
	if (path.startsWith('/')) {
		const roots = rootsOf(place);
		return [
			...roots.map((root) => root + path),
			...foldersUpward(place).flatMap((upward) => servedFolders.map((served) => `${upward}/${served}${path}`)),
			path,
		];
	}
	const aliased = aliases.flatMap(({ prefix, folders }) =>
		prefix.test(path)
			? foldersUpward(place).flatMap((upward) =>
					folders.map((inner) => `${upward}/${inner}/${path.replace(prefix, '')}`),
				)
			: [],
	);
	const relative = bases.map((base) => `${base}/${path}`);
	const configured = tsconfig === undefined || /^\.\.?(?:\/|$)/.test(path) ? [] : configuredPaths(path, tsconfig);
	return /^[@~#]/.test(path) ? [...configured, ...aliased, ...relative] : [...relative, ...configured];
}

/** As TypeScript resolves names: https://www.typescriptlang.org/tsconfig/#paths. The longest prefix wins. */
function configuredPaths(name: string, { baseUrl, paths = {} }: Tsconfig): readonly string[] {
	const [best] = Object.entries(paths)
		.flatMap(([pattern, substitutes]) => {
			const [prefix = '', suffix] = pattern.split('*');
			if (suffix === undefined) {
				return name === pattern ? [{ rank: Infinity, found: substitutes }] : [];
			}
			const isMatch = name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
			const middle = name.slice(prefix.length, name.length - suffix.length);
			return isMatch
				? [{ rank: prefix.length, found: substitutes.map((path) => path.replace('*', () => middle)) }]
				: [];
		})
		.sort((one, other) => other.rank - one.rank);
	return [...(best?.found ?? []), ...(baseUrl === undefined ? [] : [`${baseUrl}/${name}`])];
}

/** From the document's folder up to the workspace folder that holds it; the roots for a document in none. */
function foldersUpward(place: TargetPlace): readonly string[] {
	const { documentPath } = place;
	const [root] = rootsOf(place);
	if (documentPath === undefined || root === undefined || !isWithin(documentPath, root)) {
		return rootsOf(place);
	}
	const folders: string[] = [];
	for (let folder = parentOf(documentPath); isWithin(folder, root); folder = parentOf(folder)) {
		folders.push(folder);
		if (folder === '') {
			break;
		}
	}
	return folders;
}

/** The innermost workspace folder that holds the document; all of them when none does. */
function rootsOf({ documentPath, workspaceRoots }: TargetPlace): readonly string[] {
	const roots = workspaceRoots.map(withoutLastSlash);
	const [holder] = roots
		.filter((root) => documentPath !== undefined && isWithin(documentPath, root))
		.sort((one, other) => other.length - one.length);
	return holder === undefined ? roots : [holder];
}

/** Folders whose files the user works with; that of a document from elsewhere is one. */
function homesOf({ documentPath, workspaceRoots }: TargetPlace): readonly string[] {
	const roots = workspaceRoots.map(withoutLastSlash);
	return documentPath === undefined || roots.some((root) => isWithin(documentPath, root))
		? roots
		: [...roots, parentOf(documentPath)];
}

function isWithin(path: string, folder: string): boolean {
	return `${withLowerDrive(path)}/`.startsWith(`${withLowerDrive(folder)}/`);
}

/** VS Code writes drive letters in lower case, people do not. */
function withLowerDrive(path: string): string {
	return path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}

function withoutLastSlash(path: string): string {
	return path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Undefined for what a file system could take for another path than it is. A back-slash parts names, as on Windows. */
function normalized(path: string): string | undefined {
	const folders: string[] = [];
	for (const folder of path.split(/[\\/]/)) {
		if (folder === '..') {
			folders.pop();
		} else if (/^\.[. ]+$|\0/.test(folder)) {
			// Windows drops dots and spaces at the end of names, so that `.. ` may be the folder above.
			return undefined;
		} else if (folder !== '' && folder !== '.') {
			folders.push(folder);
		}
	}
	return `/${folders.join('/')}`;
}

/**
 * The entry of a folder that a name refers to where letters of both cases and both ways to compose accents are the
 * same, as on macOS and Windows. Undefined when there is none, or more than one that is equally close.
 */
export function sameNameAs(name: string, entries: readonly string[]): string | undefined {
	for (const key of likenesses) {
		const [entry, ...others] = entries.filter((one) => key(one) === key(name));
		if (entry !== undefined) {
			return others.length === 0 ? entry : undefined;
		}
	}
	return undefined;
}

/** The closest first. */
const likenesses: readonly ((name: string) => string)[] = [
	(name) => name,
	(name) => name.normalize('NFC'),
	(name) => name.normalize('NFC').toLowerCase(),
];
