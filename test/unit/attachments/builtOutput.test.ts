import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { open, readdir, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { assets } from './fixtures.ts';

const dist = new URL('../', assets);

describe('The built output', function () {
	this.timeout(20_000);

	it('holds no native code', async () => {
		const files = await readdir(dist, { recursive: true, withFileTypes: true });
		assert.ok(files.length > 10);
		for (const file of files.filter((entry) => entry.isFile())) {
			assert.doesNotMatch(file.name, /\.(?:node|so|dylib|dll)(?:\.|$)(?!wasm$|js$|cjs$)/);
			const handle = await open(`${file.parentPath}/${file.name}`);
			const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
			await handle.close();
			// ELF, PE, Mach-O in its three shapes
			assert.doesNotMatch(buffer.toString('latin1'), /^(?:\x7fELF|MZ|\xcf\xfa\xed\xfe|\xfe\xed\xfa|\xca\xfe\xba\xbe)/);
		}
	});

	it('reads images with WebAssembly, though a native sharp may be installed', async () => {
		const script = new URL('./workers/loadedLibraries.ts', import.meta.url);
		const { stdout } = await promisify(execFile)(process.execPath, [script.pathname]);
		const { mediaType, libraries } = JSON.parse(stdout) as { mediaType: string; libraries: readonly string[] };
		assert.equal(mediaType, 'image/png');
		assert.ok(libraries.length > 0);
		assert.deepEqual(
			libraries.filter((library) => /\.node$|vips|sharp/.test(library)),
			[],
		);
	});

	it('is small', async () => {
		const sizes = await Promise.all(
			(await readdir(assets))
				.filter((name) => !name.endsWith('.map'))
				.map(async (name) => (await stat(new URL(name, assets))).size),
		);
		assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 27_000_000);
	});
});
