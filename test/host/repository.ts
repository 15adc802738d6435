import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, ending in a separator. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Node 24 from the npm package `node`: the server build needs it. */
export const node24 = join(
	repository,
	'node_modules',
	'node',
	'bin',
	process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Everything made here that is not committed. */
export const outFolder = join(repository, 'out');
