import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { node24 } from './repository.ts';
import { finish, run } from './run.ts';

const version = '4.139.1';

/** What the two native modules of the server build are compiled with. */
const toolchain = ['g++', 'make', 'python3'];

/** The folder of VS Code's server build (code-server), outside every checkout; installed when it is missing. */
export async function vscodeServer(): Promise<string> {
	const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'descry');
	const folder = join(cache, `code-server-${version}`);
	const server = join(folder, 'node_modules', 'code-server');
	if (existsSync(join(folder, 'complete'))) {
		return server;
	}
	console.log(`Installing VS Code's server build ${version}, once per machine ...`);
	await checkToolchain();
	const partial = join(cache, `partial-${randomUUID()}`);
	await mkdir(partial, { recursive: true });
	try {
		await install(partial);
		await writeFile(join(partial, 'complete'), version);
		await rename(partial, folder).catch((error: unknown) => {
			// Another start finished first; its copy is as good.
			if (!existsSync(join(folder, 'complete'))) {
				throw error;
			}
		});
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
	return server;
}

async function checkToolchain(): Promise<void> {
	const missing = [];
	for (const tool of toolchain) {
		if (!(await finish(tool, ['--version']).catch(() => undefined))) {
			missing.push(tool);
		}
	}
	if (missing.length > 0) {
		throw new Error(`Missing: ${missing.join(', ')}. VS Code's server build is compiled with them.`);
	}
}

async function install(folder: string): Promise<void> {
	await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
	const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
	const env = { ...process.env, PATH: [dirname(node24), process.env['PATH'] ?? ''].join(delimiter) };
	await run('npm', ['install', `code-server@${version}`, '--ignore-scripts', '--omit=dev', ...quiet], {
		cwd: folder,
		env,
	});
	const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
	await run('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], { cwd: vscode, env });
	// The package's own step also builds kerberos, which wants a system library and two minutes; these two are enough.
	await run('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', ...quiet], {
		cwd: vscode,
		env: { ...env, ...installedHeaders() },
	});
	if (!existsSync(join(vscode, 'node_modules', '@vscode', 'spdlog', 'build', 'Release', 'spdlog.node'))) {
		throw new Error('@vscode/spdlog, a native module of the server build, could not be compiled.');
	}
}

/** The modules are N-API, so any Node's headers build them; those on the machine save a download. */
function installedHeaders(): NodeJS.ProcessEnv {
	const prefixes = [process.env['DESCRY_NODE_PREFIX'] ?? '/usr/local', '/usr'];
	const prefix = prefixes.find((one) => existsSync(join(one, 'include', 'node', 'node_api.h')));
	return process.env['npm_config_nodedir'] === undefined && prefix ? { npm_config_nodedir: prefix } : {};
}
