import { isObject, type Json, objectIn, stringsIn } from './jsonWithComments.ts';
import { absolutePath, parentOf } from './uriPaths.ts';

/** The text of the file at the path of a URI; undefined where there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Where an extended configuration may be, the likeliest first. */
export async function extendedPaths(name: string, folder: string, read: ReadText): Promise<readonly string[]> {
	if (/^(?:\.\.?(?:[\\/]|$)|[\\/]|[a-z]:)/i.test(name)) {
		const path = absolutePath(name, folder);
		return path.endsWith('.json') ? [path] : [path, `${path}.json`];
	}
	const [, packageName, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(name) ?? [];
	if (packageName === undefined) {
		return [];
	}
	const paths: string[] = [];
	for (let home = folder; ; home = parentOf(home)) {
		const inside = `${home}/node_modules/${packageName}`;
		const manifest = objectIn(await read(`${inside}/package.json`));
		paths.push(...namesInPackage(manifest, rest).map((inner) => absolutePath(`./${inner}`, inside)));
		if (home === '') {
			return paths;
		}
	}
}

function namesInPackage(manifest: Json | undefined, rest: string): readonly string[] {
	const exported = exportOf(manifest?.['exports'], rest === '' ? '.' : `./${rest}`);
	return rest === ''
		? [...exported, ...stringsIn(manifest?.['tsconfig']), 'tsconfig.json']
		: [...exported, rest, `${rest}.json`, `${rest}/tsconfig.json`];
}

/** As far as configurations are exported in practice: https://nodejs.org/api/packages.html#exports, one `*` at most. */
function exportOf(exports: unknown, key: string): readonly string[] {
	if (!isObject(exports) || !Object.keys(exports).some((name) => name.startsWith('.'))) {
		return key === '.' ? filesOf(exports) : [];
	}
	return Object.entries(exports).flatMap(([pattern, target]) => {
		const [before = '', after] = pattern.split('*');
		if (after === undefined) {
			return pattern === key ? filesOf(target) : [];
		}
		const middle = key.slice(before.length, key.length - after.length);
		const isMatch = key.length >= before.length + after.length && key.startsWith(before) && key.endsWith(after);
		return isMatch ? filesOf(target).map((file) => file.replaceAll('*', () => middle)) : [];
	});
}

/** Of all conditions: which one holds does not matter for a file of settings. */
function filesOf(target: unknown): readonly string[] {
	return isObject(target) ? Object.values(target).flatMap(filesOf) : stringsIn(target);
}
