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

/** Files of their own, replaceable by other builds of the same library (LGPL); by what a worker imports. */
const bindings = [
	{
		imported: /^\.\/sharp\.mjs$/,
		// sharp looks for a native binding first, whatever the machine has; here it gets this one and no choice.
		entry: '@img/sharp-wasm32/lib/sharp-wasm32-0.35.5.node.js',
		// It starts its threads from its own file name.
		file: 'sharp-wasm32.cjs',
	},
	{
		imported: /^libheif-js\/libheif-wasm\/libheif\.js$/,
		entry: 'libheif-js/libheif-wasm/libheif.js',
		file: 'libheif.cjs',
	},
];

/** What each worker reads at run time, beside it. */
const workerAssets = [
	'@img/sharp-wasm32/lib/sharp-wasm32-0.35.5.node.wasm',
	'libheif-js/libheif-wasm/libheif.wasm',
	'@resvg/resvg-wasm/index_bg.wasm',
	...['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono'].map((font) => `dejavu-fonts-ttf/ttf/${font}.ttf`),
	'@embedpdf/pdfium/dist/pdfium.wasm',
	'tesseract.js-core/tesseract-core-simd-lstm.wasm',
	'@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz',
];

/** @type {import('esbuild').Plugin} */
const bindingsBeside = {
	name: 'bindings-beside',
	setup(build) {
		for (const { imported, file } of bindings) {
			build.onResolve({ filter: imported }, () => ({ path: `./${file}`, external: true }));
		}
	},
};

/** @type {import('esbuild').BuildOptions} */
const workers = {
	...nodeModule,
	entryPoints: Object.fromEntries(
		['images/imageWorker', 'images/heicWorker', 'images/svgWorker', 'pdf/pdfWorker', 'text/textWorker'].map((path) => [
			path.slice(path.indexOf('/') + 1),
			`src/attachments/${path}.ts`,
		]),
	),
	outdir: 'dist/workers',
	banner: { js: `${requireBanner} ${filenameBanner}` },
	plugins: [bindingsBeside],
};

/** @type {readonly import('esbuild').BuildOptions[]} */
const bindingBuilds = bindings.map(({ entry, file }) => ({
	...shared,
	entryPoints: [`node_modules/${entry}`],
	outfile: `dist/workers/${file}`,
	platform: 'node',
	target: 'node22',
	format: 'cjs',
	sourcemap: false,
}));

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

const builds = [host, workers, ...bindingBuilds, webviews];

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
