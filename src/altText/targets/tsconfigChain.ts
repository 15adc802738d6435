import { extendedPaths, type ReadText } from './extendedPaths.ts';
import { isObject, type Json, objectIn, stringsIn } from './jsonWithComments.ts';
import type { Tsconfig } from './targetCandidates.ts';
import { absolutePath, parentOf } from './uriPaths.ts';

/** What a configuration and those it extends say about where modules are, not yet put together. */
interface Options {
	readonly baseUrl?: string | undefined;
	readonly paths?: Paths | undefined;
	/** Of the configuration that has the paths. */
	readonly pathsFolder?: string;
}

type Paths = Readonly<Record<string, readonly string[]>>;

interface Config {
	readonly options: Options;
	/** Paths of projects that it only refers to, as templates of bundlers do. */
	readonly references: readonly string[];
}

/**
 * Reads a TypeScript or JavaScript configuration with all that it extends:
 * https://www.typescriptlang.org/tsconfig/#extends. Undefined where there is none.
 */
export async function readTsconfig(path: string, read: ReadText): Promise<Tsconfig | undefined> {
	const load = createLoader(read);
	const config = await load(path);
	if (!config) {
		return undefined;
	}
	const own = withAbsolutePaths(config.options, parentOf(path));
	if (own.baseUrl !== undefined || own.paths !== undefined) {
		return own;
	}
	for (const reference of config.references) {
		const { options } = (await load(reference)) ?? {};
		if (options?.paths) {
			return withAbsolutePaths(options, parentOf(reference));
		}
	}
	return own;
}

/** Beyond so many a file means what it meant before, wherever it is extended from. */
const mostReadings = 500;

/**
 * A repository may have configurations extend one another many times over, or in circles. As to the compiler, one that
 * comes back to itself adds nothing there; what was found on such a way holds for that way only.
 */
function createLoader(read: ReadText): (path: string) => Promise<Config | undefined> {
	const loaded = new Map<string, Config | undefined>();
	const underWay = new Set<string>();
	let circles = 0;
	let readings = 0;
	const load = async (path: string): Promise<Config | undefined> => {
		if (loaded.has(path)) {
			return loaded.get(path);
		}
		if (underWay.has(path)) {
			circles++;
			return undefined;
		}
		readings++;
		underWay.add(path);
		const before = circles;
		const config = await loadAnew(path);
		underWay.delete(path);
		if (circles === before || readings > mostReadings) {
			loaded.set(path, config);
		}
		return config;
	};
	const loadAnew = async (path: string): Promise<Config | undefined> => {
		const json = objectIn(await read(path));
		if (!json) {
			return undefined;
		}
		const folder = parentOf(path);
		let options: Options = {};
		for (const name of stringsIn(json['extends'])) {
			const base = await firstOf(await extendedPaths(name, folder, read), load);
			// The last one wins.
			options = { ...options, ...base?.options };
		}
		return { options: { ...options, ...ownOptions(json, folder) }, references: referencesIn(json, folder) };
	};
	return load;
}

async function firstOf<Result>(
	paths: readonly string[],
	load: (path: string) => Promise<Result | undefined>,
): Promise<Result | undefined> {
	for (const path of paths) {
		const found = await load(path);
		if (found) {
			return found;
		}
	}
	return undefined;
}

/** `null` takes back what was inherited. */
function ownOptions(json: Json, folder: string): Options {
	const { baseUrl, paths } = isObject(json['compilerOptions']) ? json['compilerOptions'] : {};
	return {
		...(typeof baseUrl === 'string' ? { baseUrl: withFolder(baseUrl, folder) } : {}),
		...(baseUrl === null ? { baseUrl: undefined } : {}),
		...(isPaths(paths) ? { paths, pathsFolder: folder } : {}),
		...(paths === null ? { paths: undefined } : {}),
	};
}

function referencesIn(json: Json, folder: string): readonly string[] {
	const references = Array.isArray(json['references']) ? (json['references'] as readonly unknown[]) : [];
	return references
		.flatMap((reference) => (isObject(reference) ? stringsIn(reference['path']) : []))
		.map((path) => absolutePath(path, folder))
		.map((path) => (path.endsWith('.json') ? path : `${path}/tsconfig.json`));
}

/** `home`: the folder of the configuration that the compiler is given. */
function withAbsolutePaths({ baseUrl, paths, pathsFolder = '' }: Options, home: string): Tsconfig {
	const base = baseUrl === undefined ? pathsFolder : withHome(baseUrl, home);
	return {
		...(baseUrl === undefined ? {} : { baseUrl: base }),
		...(paths === undefined
			? {}
			: {
					paths: Object.fromEntries(
						Object.entries(paths).map(([name, substitutes]) => [
							name,
							substitutes.map((path) => absolutePath(withHome(path, home), base)),
						]),
					),
				}),
	};
}

/** Stands for the folder of the configuration that the compiler is given, since TypeScript 5.5. */
const configDir = '${configDir}';

function withFolder(path: string, folder: string): string {
	return path.startsWith(configDir) ? path : absolutePath(path, folder);
}

function withHome(path: string, home: string): string {
	return path.startsWith(configDir) ? home + path.slice(configDir.length) : path;
}

function isPaths(value: unknown): value is Paths {
	return (
		isObject(value) &&
		Object.values(value).every((list) => Array.isArray(list) && list.every((item) => typeof item === 'string'))
	);
}
