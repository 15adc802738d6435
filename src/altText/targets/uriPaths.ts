/** Paths as those of URIs: `/` in front and between names, `/c:/` on Windows, no `/` at the end; the root is empty. */

export function parentOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A path as people write it, absolute or relative to a folder. */
export function absolutePath(path: string, folder: string): string {
	const slashed = path.replaceAll('\\', '/');
	const full = /^[a-z]:/i.test(slashed) ? `/${slashed}` : slashed.startsWith('/') ? slashed : `${folder}/${slashed}`;
	const names: string[] = [];
	for (const name of full.split('/')) {
		if (name === '..') {
			names.pop();
		} else if (name !== '' && name !== '.') {
			names.push(name);
		}
	}
	return names.map((name) => `/${name}`).join('');
}
