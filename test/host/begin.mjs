// Runs on any Node from 20 on, before anything is installed: installs what the lock file names, then hands over to
// Node 24 of the npm package `node`.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const scripts = new Map([
	['start', 'test/host/start.ts'],
	['test', 'test/host/test.ts'],
	['bench', 'test/bench/bench.ts'],
]);

if (Number(process.versions.node.split('.')[0]) < 20) {
	fail(`Node 20 or later is needed; this is ${process.version}.`);
}
const [task = '', ...rest] = process.argv.slice(2);
const script = scripts.get(task);
if (script === undefined) {
	fail(`There is no task "${task}".`);
}
install();
handOver(script);

/** `npm ci` when the lock file changed since it last ran here. */
function install() {
	const lock = createHash('sha256')
		.update(readFileSync(join(repository, 'package-lock.json')))
		.digest('hex');
	const stamp = join(repository, 'node_modules', '.descry-lock');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
		return;
	}
	console.log('Installing packages ...');
	const { status } = spawnSync('npm', ['ci', '--loglevel=error'], {
		cwd: repository,
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	if (status !== 0) {
		fail('npm ci failed; see above.');
	}
	writeFileSync(stamp, lock);
}

/** @param {string} script */
function handOver(script) {
	const bin = join(repository, 'node_modules', '.bin');
	const node = join(repository, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const child = spawn(node, [join(repository, script), ...rest], {
		cwd: repository,
		stdio: 'inherit',
		env: {
			...process.env,
			// Its headers serve to compile the server build's native modules.
			DESCRY_NODE_PREFIX: dirname(dirname(process.execPath)),
			PATH: [bin, dirname(node), process.env['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':'),
		},
	});
	// Ctrl+C reaches the child by itself and ends it in its own way; other signals come here alone.
	process.on('SIGINT', () => undefined);
	for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => child.kill(signal));
	}
	child.on('close', (code, signal) => {
		process.exitCode = code ?? (signal === null ? 0 : 1);
	});
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
