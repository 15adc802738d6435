import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder } from './repository.ts';
import { run } from './run.ts';

/** Builds and packages the extension; the path of the VSIX. */
export async function packageExtension(): Promise<string> {
	console.log('Building and packaging ...');
	await mkdir(outFolder, { recursive: true });
	await run('npm', ['run', 'package', '--silent']);
	const vsix = join(outFolder, 'descry.vsix');
	const { size } = await stat(vsix);
	console.log(`Packaged descry.vsix, ${(size / 1e6).toFixed(1)} MB.`);
	return vsix;
}
