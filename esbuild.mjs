import { build, context } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { argv } from 'node:process';
import { thirdPartyNotices } from './build/thirdPartyNotices.mjs';

const production = argv.includes('--production');
const watch = argv.includes('--watch');

/** The host's first chunk is parsed on every activation (design.md "Bundles"). */
const firstChunkLimit = 60 * 1024;

/** @type {import('esbuild').BuildOptions} */
const shared = { bundle: true, minify: production, sourcemap: !production, logLevel: 'warning', metafile: true };

// CommonJS packages bundled as ESM still ask for these.
const requireBanner =
	"import { createRequire as descryRequire } from 'node:module'; const require = descryRequire(import.meta.url);";
const filenameBanner = 'const { filename: __filename, dirname: __dirname } = import.meta;';

/** @type {import('esbuild').BuildOptions} */
const nodeModule = {
	...shared,
	platform: 'node',
	target: 'node22',
	format: 'esm',
	banner: { js: requireBanner },
};

/** @type {import('esbuild').BuildOptions} */
const host = {
	...nodeModule,
	entryPoints: { extension: 'src/extension.ts' },
	outdir: 'dist',
	splitting: true,
	chunkNames: 'chunks/[name]-[hash]',
	external: ['vscode'],
	// Its main file asks for its parts in a way that only Node understands.
	alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};

const sharpBinding = 'sharp-wasm32.cjs';

/** What each worker reads at run time, beside it. */
const workerAssets = [
	'@img/sharp-wasm32/lib/sharp-wasm32-0.35.5.node.wasm',
	'@embedpdf/pdfium/dist/pdfium.wasm',
	'tesseract.js-core/tesseract-core-simd-lstm.wasm',
	'@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
];

/**
 * sharp looks for a native binding first, whatever the machine has; here it gets the WebAssembly one and no choice.
 * @type {import('esbuild').Plugin}
 */
const sharpOnWasm = {
	name: 'sharp-on-wasm',
	setup(build) {
		build.onResolve({ filter: /^\.\/sharp\.mjs$/ }, () => ({ path: `./${sharpBinding}`, external: true }));
	},
};

/** @type {import('esbuild').BuildOptions} */
const workers = {
	...nodeModule,
	entryPoints: ['imageWorker', 'pdfWorker', 'textWorker'].map((name) => `src/attachments/${name}.ts`),
	outdir: 'dist/workers',
	banner: { js: `${requireBanner} ${filenameBanner}` },
	plugins: [sharpOnWasm],
};

/**
 * A file of its own, because it starts its threads from its own file name.
 * @type {import('esbuild').BuildOptions}
 */
const binding = {
	...shared,
	entryPoints: ['node_modules/@img/sharp-wasm32/lib/sharp-wasm32-0.35.5.node.js'],
	outfile: `dist/workers/${sharpBinding}`,
	platform: 'node',
	target: 'node22',
	format: 'cjs',
	sourcemap: false,
};

/** @type {import('esbuild').BuildOptions} */
const webviews = {
	...shared,
	entryPoints: { conversation: 'media/conversation/main.ts' },
	outdir: 'dist/media',
	platform: 'browser',
	target: 'chrome130',
	format: 'iife',
	loader: { '.ttf': 'file' },
};

const builds = [host, workers, binding, webviews];

/**
 * Fails when the first chunk, with what it imports at once, grows or holds a package.
 * @param {import('esbuild').Metafile} metafile
 */
function checkFirstChunk(metafile) {
	/** @type {Set<string>} */
	const chunks = new Set(['dist/extension.js']);
	for (const chunk of chunks) {
		for (const { path, kind } of metafile.outputs[chunk]?.imports ?? []) {
			if (kind === 'import-statement' && metafile.outputs[path]) {
				chunks.add(path);
			}
		}
	}
	const packages = [...chunks].flatMap((chunk) =>
		Object.keys(metafile.outputs[chunk]?.inputs ?? {}).filter((input) => input.includes('node_modules')),
	);
	const bytes = [...chunks].reduce((sum, chunk) => sum + (metafile.outputs[chunk]?.bytes ?? 0), 0);
	if (packages.length > 0) {
		throw new Error(`The first chunk holds packages: ${packages.join(', ')}. Put them behind await import().`);
	}
	if (production && bytes > firstChunkLimit) {
		throw new Error(`The first chunk is ${bytes} bytes; the limit is ${firstChunkLimit}.`);
	}
	console.log(`First chunk: ${(bytes / 1024).toFixed(1)} KB.`);
}

/**
 * The npm packages of which anything is in dist, in the order of their names.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 */
function shippedPackages(metafiles) {
	const files = metafiles.flatMap(({ outputs }) =>
		Object.values(outputs).flatMap(({ inputs }) =>
			Object.entries(inputs)
				.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
				.map(([path]) => path),
		),
	);
	const copied = workerAssets.map((asset) => `node_modules/${asset}`);
	const folders = [...files, ...copied].flatMap((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
	return [...new Set(folders)].sort();
}

async function copyAssets() {
	await mkdir('dist/workers', { recursive: true });
	await Promise.all(workerAssets.map((asset) => cp(`node_modules/${asset}`, `dist/workers/${basename(asset)}`)));
}

if (watch) {
	await copyAssets();
	for (const options of builds) {
		await (await context(options)).watch();
	}
} else {
	await rm('dist', { recursive: true, force: true });
	await copyAssets();
	const metafiles = (await Promise.all(builds.map((options) => build(options)))).map((result) => {
		if (!result.metafile) {
			throw new Error('esbuild wrote no metafile.');
		}
		return result.metafile;
	});
	const [hostMetafile] = metafiles;
	if (hostMetafile) {
		checkFirstChunk(hostMetafile);
	}
	await mkdir('out', { recursive: true });
	const packages = shippedPackages(metafiles);
	if (production) {
		await writeFile('ThirdPartyNotices.txt', await thirdPartyNotices(packages));
	}
}
