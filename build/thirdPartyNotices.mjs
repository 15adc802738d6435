import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What compiled packages hold that no package of npm names: libraries inside the image codec, trained data.
 * Versions are those of the package's own versions.json.
 */
const insideOthers = [
	{
		inside: 'node_modules/@img/sharp-wasm32',
		text: [
			'@img/sharp-wasm32 holds these libraries, compiled to WebAssembly:',
			'aom (BSD-2-Clause and Alliance for Open Media Patent License 1.0), cgif (MIT), emscripten (MIT),',
			'expat (MIT), libexif (LGPL-2.1-or-later), libffi (MIT), glib (LGPL-2.1-or-later), libheif (LGPL-3.0),',
			'highway (Apache-2.0), imagequant fork (BSD-2-Clause), lcms (MIT), mozjpeg (zlib and IJG), libpng (libpng),',
			'resvg (Apache-2.0 or MIT), libtiff (libtiff), libultrahdr (Apache-2.0), libvips (LGPL-2.1-or-later),',
			'libwebp (BSD-3-Clause), zlib-ng (zlib).',
			'Their sources: https://github.com/lovell/sharp/tree/main/npm/wasm32 and the projects named.',
			'The library stands in files of its own, dist/workers/sharp-wasm32.cjs and its .wasm, which may be replaced by',
			'another build of it. The texts of the LGPL 3.0 and the GPL 3.0 stand at the end of this file.',
		],
	},
	{
		inside: 'node_modules/libheif-js',
		text: [
			'libheif-js holds libheif (LGPL-3.0) and libde265 (LGPL-3.0), compiled to WebAssembly.',
			'Their sources: https://github.com/strukturag/libheif and https://github.com/strukturag/libde265;',
			'the build: https://github.com/catdad-experiments/libheif-emscripten. The library stands in files of its own,',
			'dist/workers/libheif.cjs and its .wasm, which may be replaced by another build of it.',
			'The texts of the LGPL 3.0 and the GPL 3.0 stand at the end of this file.',
		],
	},
	{
		inside: 'node_modules/@resvg/resvg-wasm',
		text: [
			'Copyright (c) 2021-present yisibl. Its source: https://github.com/yisibl/resvg-js. It holds these libraries,',
			'compiled to WebAssembly: resvg, usvg and tiny-skia (MPL-2.0 or, from later versions on, Apache-2.0 or MIT;',
			'tiny-skia BSD-3-Clause), https://github.com/linebender/resvg. The text of the MPL 2.0 stands at the end of this',
			'file.',
		],
	},
	{
		inside: 'node_modules/@tesseract.js-data/eng',
		text: [
			'eng.traineddata: trained data for English of the Tesseract project,',
			'https://github.com/tesseract-ocr/tessdata_best, Apache License 2.0 (text under tesseract.js-core).',
		],
	},
];

/**
 * The licences of everything in the VSIX that is not ours.
 * @param {readonly string[]} packages Folders of npm packages, relative to the checkout.
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices(packages) {
	const entries = await Promise.all(packages.map(noticeOf));
	const texts = await Promise.all(
		['LGPL-3.0', 'GPL-3.0', 'MPL-2.0'].map((name) => readFile(join('build', 'licences', `${name}.txt`), 'utf8')),
	);
	const head = 'Descry ships these packages, whole or in part. Each is under the licence given with it.';
	return [head, ...entries, ...texts.map((text) => text.trimEnd())].join(`\n\n${'-'.repeat(78)}\n\n`) + '\n';
}

/** @param {string} folder */
async function noticeOf(folder) {
	/** @type {{ name: string, version: string, license?: string }} */
	const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const { name, version, license } = manifest;
	const files = (await readdir(folder))
		.filter((file) => /^(licen[cs]e|notice|copying|copyrightnotice)/i.test(file))
		.sort();
	const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
	const more = insideOthers.filter(({ inside }) => inside === folder).map(({ text }) => text.join('\n'));
	return [`${name} ${version} (${license ?? 'see below'})`, ...more, ...texts.map((text) => text.trim())]
		.join('\n\n')
		.replaceAll('\r\n', '\n');
}
