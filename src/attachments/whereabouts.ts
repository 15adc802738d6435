import platformPath, { type PlatformPath, posix } from 'node:path';

/** A file system, by what it tells of symbolic links. Both fail where there is no file. */
export type Tree =
	/** It follows all of them, in the way of this machine. */
	| { readonly realPath: (path: string) => Promise<string> }
	/** It only knows whether the file or folder at a path is one; its paths have `/` between names. */
	| { readonly isLink: (path: string) => Promise<boolean> };

export type Whereabouts =
	| { readonly kind: 'inside' }
	/** `realPath`: where it is. */
	| { readonly kind: 'outside'; readonly realPath: string }
	/** There is a symbolic link on the way, and nobody says where it leads. */
	| { readonly kind: 'unknown' };

/**
 * Whether a file is in one of the folders that the user works with, once its symbolic links are followed: a link in a
 * repository may lead to any file of the machine. What cannot be looked at counts as unknown.
 */
export async function whereaboutsOf(path: string, homes: readonly string[], tree: Tree): Promise<Whereabouts> {
	try {
		if ('realPath' in tree) {
			const { realPath } = tree;
			const real = await realPath(path);
			// The user may have opened a folder by a link; one of several may be gone.
			const realHomes = await Promise.all(homes.map((home) => realPath(home).catch(() => home)));
			const isInside = realHomes.some((home) => isWithin(real, home, platformPath));
			return isInside ? { kind: 'inside' } : { kind: 'outside', realPath: real };
		}
		const home = homes.find((one) => isWithin(path, one, posix));
		return home === undefined
			? { kind: 'outside', realPath: path }
			: { kind: (await isLinkOnTheWay(path, home, tree.isLink)) ? 'unknown' : 'inside' };
	} catch {
		return { kind: 'unknown' };
	}
}

/** From the file up to the folder that the user opened. */
async function isLinkOnTheWay(
	path: string,
	home: string,
	isLink: (path: string) => Promise<boolean>,
): Promise<boolean> {
	for (let part = path; posix.relative(home, part) !== ''; part = posix.dirname(part)) {
		if (await isLink(part)) {
			return true;
		}
	}
	return false;
}

function isWithin(path: string, folder: string, rules: PlatformPath): boolean {
	const way = rules.relative(folder, path);
	return way !== '..' && !way.startsWith(`..${rules.sep}`) && !rules.isAbsolute(way);
}
