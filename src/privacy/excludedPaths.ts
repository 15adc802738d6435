import { Minimatch, type MinimatchOptions } from 'minimatch';

/** A path as a URI has it, with the parts that globs may be written for. */
export interface GlobbedPath {
	/** With `/` in front and between names. */
	readonly path: string;
	/** The workspace folders that it may lie in, written likewise. */
	readonly folders: readonly string[];
}

/** Dots are no secret; nobody who writes `*.png` means to send `A.PNG`; and a `!` must not take anything out again. */
const rules: MinimatchOptions = { dot: true, nocase: true, nonegate: true, nocomment: true, matchBase: true };

/**
 * Whether one of some globs names a file, or a folder that it is in; relative to a workspace folder, or from the root.
 * A glob without a slash names files and folders wherever they are. One that cannot be read counts as naming all:
 * somebody meant to keep something back.
 */
export function isExcludedPath({ path, folders }: GlobbedPath, globs: readonly string[]): boolean {
	const tried = [path, ...folders.flatMap((folder) => relativeTo(folder, path))].flatMap(withFoldersAbove);
	return globs.map(tidy).some((glob) => glob !== '' && names(glob, tried));
}

function names(glob: string, paths: readonly string[]): boolean {
	try {
		const matcher = new Minimatch(glob, rules);
		return paths.some((path) => matcher.match(path));
	} catch {
		return true;
	}
}

/** As people write them: `./private/`, `C:\private`. */
function tidy(glob: string): string {
	const slashed = /^[a-z]:/i.test(glob) ? `/${glob.replaceAll('\\', '/')}` : glob;
	return slashed.trim().replace(/^\.\//, '').replace(/\/+$/, '');
}

function relativeTo(folder: string, path: string): readonly string[] {
	const start = folder.endsWith('/') ? folder : `${folder}/`;
	return path.startsWith(start) ? [path.slice(start.length)] : [];
}

function withFoldersAbove(path: string): readonly string[] {
	const names = path.split('/');
	return names.map((_, index) => names.slice(0, names.length - index).join('/')).filter((part) => part !== '');
}
