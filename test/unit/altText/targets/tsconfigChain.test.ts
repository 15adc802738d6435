import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { array, assert as holds, asyncProperty, constantFrom, option, record } from 'fast-check';
import typescript from 'typescript';
import type { Tsconfig } from '../../../../src/altText/targets/targetCandidates.ts';
import { readTsconfig } from '../../../../src/altText/targets/tsconfigChain.ts';

type Files = Readonly<Record<string, unknown>>;

describe('readTsconfig', () => {
	let root: string;

	before(async () => {
		root = await realpath(await mkdtemp(join(tmpdir(), 'descry-tsconfig-')));
	});

	after(() => rm(root, { recursive: true }));

	/** The configuration of `app/tsconfig.json`, the root folder left out of its paths; text is written as it is. */
	async function read(files: Files): Promise<Tsconfig | undefined> {
		await write(files);
		const found = await readTsconfig(join(root, 'app/tsconfig.json'), readText);
		return found && withoutRoot(found);
	}

	async function write(files: Files): Promise<void> {
		await rm(root, { recursive: true });
		await mkdir(join(root, 'app'), { recursive: true });
		for (const [path, content] of Object.entries(files)) {
			await mkdir(dirname(join(root, path)), { recursive: true });
			await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
		}
	}

	function withoutRoot(config: Tsconfig): Tsconfig {
		return JSON.parse(JSON.stringify(config).replaceAll(root, '')) as Tsconfig;
	}

	const readText = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

	const everyOther = Array.from({ length: 12 }, (_, index) => `./part${index}`);
	const lib = { compilerOptions: { paths: { '@/*': ['lib/*'] } } };

	for (const [what, files, expected] of [
		['nothing where there is no file', {}, undefined],
		['a file that says nothing', { 'app/tsconfig.json': '{}' }, {}],
		[
			'what is no JSON as far as it goes',
			{ 'app/tsconfig.json': '{"compilerOptions": {"baseUrl": "src"' },
			{ baseUrl: '/app/src' },
		],
		['a list where an object belongs', { 'app/tsconfig.json': '[1]' }, undefined],
		['nesting without end', { 'app/tsconfig.json': '{"a":'.repeat(100_000) }, undefined],
		[
			'comments and trailing commas',
			{ 'app/tsconfig.json': '\ufeff{ // a\n"extends": "../base.json", /* b */ }', 'base.json': lib },
			{ paths: { '@/*': ['/lib/*'] } },
		],
		['a circle', { 'app/tsconfig.json': { extends: './tsconfig.json', ...lib } }, { paths: { '@/*': ['/app/lib/*'] } }],
		[
			'a longer circle',
			{ 'app/tsconfig.json': { extends: '../base' }, 'base.json': { extends: './app/tsconfig', ...lib } },
			{ paths: { '@/*': ['/lib/*'] } },
		],
		[
			'a circle that is come into at two places',
			{
				'app/tsconfig.json': { extends: ['../two', './own', '../one'] },
				'app/own.json': { compilerOptions: { paths: { '@/*': ['own/*'] } } },
				'one.json': { extends: './two' },
				'two.json': { extends: './one', ...lib },
			},
			{ paths: { '@/*': ['/lib/*'] } },
		],
		[
			'configurations of which each extends all',
			{
				'app/tsconfig.json': { extends: everyOther },
				...Object.fromEntries(everyOther.map((name) => [`app/${name}.json`, { extends: everyOther, ...lib }])),
			},
			{ paths: { '@/*': ['/app/lib/*'] } },
		],
		[
			'paths of a project it refers to, as templates of Vite have it',
			{
				'app/tsconfig.json': { files: [], references: [{ path: './node' }, { path: './tsconfig.app.json' }] },
				'app/tsconfig.app.json': lib,
			},
			{ paths: { '@/*': ['/app/lib/*'] } },
		],
		[
			'a package that exports its configurations',
			{
				'app/tsconfig.json': { extends: ['@team/config/strict'] },
				'node_modules/@team/config/package.json': { exports: { './*': { default: './configs/*.json' } } },
				'node_modules/@team/config/configs/strict.json': lib,
			},
			{ paths: { '@/*': ['/node_modules/@team/config/configs/lib/*'] } },
		],
	] as readonly (readonly [what: string, files: Files, expected: Tsconfig | undefined])[]) {
		it(`reads ${what}`, async () => {
			assert.deepEqual(await read(files), expected);
		});
	}

	it('reads many configurations that extend one another many times over in a moment', async () => {
		const names = Array.from({ length: 40 }, (_, index) => `app/c${index}.json`);
		const chain = names.map((name, index) => [name, { extends: Array(9).fill(`./c${index + 1}.json`) }] as const);
		const files = { ...Object.fromEntries(chain), 'app/c40.json': lib, 'app/tsconfig.json': { extends: './c0' } };
		assert.deepEqual(await read(files), { paths: { '@/*': ['/app/lib/*'] } });
	});

	/** What the compiler makes of it. */
	function compilerReads(): Tsconfig {
		const path = join(root, 'app/tsconfig.json');
		const json: unknown = typescript.readConfigFile(path, (file) => typescript.sys.readFile(file)).config;
		const { options } = typescript.parseJsonConfigFileContent(json, typescript.sys, dirname(path), undefined, path);
		// Deprecated, and read as long as people have it.
		const { baseUrl, paths, pathsBasePath } = options as Tsconfig & { readonly pathsBasePath?: string };
		const base = baseUrl ?? pathsBasePath ?? '';
		return withoutRoot({
			...(baseUrl === undefined ? {} : { baseUrl }),
			...(paths === undefined
				? {}
				: {
						paths: Object.fromEntries(
							Object.entries(paths).map(([name, list]) => [name, list.map((path) => resolve(base, path))]),
						),
					}),
		});
	}

	it('reads what the compiler reads', async () => {
		const folders = ['app', 'base', 'node_modules/pack', 'app/node_modules/@a/b'];
		const target = constantFrom(
			...['./one', './one.json', '../base/one', '../base/two.json', '../base/tsconfig.json', './nowhere', 'pack'],
			...[
				'pack/one',
				'pack/two.json',
				'pack/tsconfig.json',
				'@a/b',
				'@a/b/one',
				'@a/b/two.json',
				'missing',
				'..\\base\\one',
			],
		);
		const path = constantFrom('./x/*', 'y/*', '../z/*', '*', '${configDir}/v/*', '${configDir}', './.././w/*');
		const config = record(
			{
				extends: constantFrom('none').chain(() => option(array(target, { maxLength: 3 }), { nil: undefined })),
				baseUrl: option(constantFrom('.', './src', '..', '../base', '${configDir}/src', null), { nil: undefined }),
				paths: option(
					record(
						{ '@/*': array(path, { minLength: 1, maxLength: 2 }), '~': array(path, { minLength: 1, maxLength: 1 }) },
						{ requiredKeys: [] },
					),
					{ nil: undefined },
				),
			},
			{ requiredKeys: [] },
		);
		const files = record(
			Object.fromEntries(
				folders.flatMap((folder) => ['one', 'two', 'tsconfig'].map((name) => [`${folder}/${name}.json`, config])),
			),
		);
		await holds(
			asyncProperty(files, async (configs) => {
				const written = Object.entries(configs).map(([name, { extends: bases, baseUrl, paths }]) => [
					name,
					{ ...(bases && { extends: bases.length === 1 ? bases[0] : bases }), compilerOptions: { baseUrl, paths } },
				]);
				const found = await read(Object.fromEntries(written) as Files);
				assert.deepEqual(found, compilerReads());
			}),
			{ numRuns: 300 },
		);
	}).timeout(60_000);
});
