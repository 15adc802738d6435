import { join } from 'node:path';
import { freePort } from './freePort.ts';
import { type LongProcess, startProcess } from './longProcess.ts';
import { createProfile } from './profile.ts';
import { node24 } from './repository.ts';
import { run } from './run.ts';
import { untilAnswers } from './untilAnswers.ts';
import { vscodeServer } from './vscodeServer.ts';

/** A running VS Code, shown by a browser at its address. */
export interface Editor {
	readonly address: string;
	readonly process: LongProcess;
	/** Where VS Code keeps settings, state and logs. */
	readonly userData: string;
	/** Writes the user's settings; a window has them after a reload. */
	settings(settings: Readonly<Record<string, unknown>>): Promise<void>;
	/** Ends it and removes its profile. */
	end(): Promise<void>;
}

export interface EditorOptions {
	readonly folder: string;
	readonly vsix: string;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly port?: number | undefined;
	readonly env?: NodeJS.ProcessEnv;
}

/** Opens a folder in VS Code's server build with a packaged extension installed, as a user gets it. */
export async function startEditor({ folder, vsix, settings, port, env }: EditorOptions): Promise<Editor> {
	const server = await vscodeServer();
	const profile = await createProfile(settings);
	const entry = join(server, 'out', 'node', 'entry.js');
	const folders = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
	const environment = serverEnvironment(env);
	await run(node24, [entry, ...folders, '--install-extension', vsix, '--force'], { env: environment });
	const chosen = port ?? (await freePort());
	const options = [
		'--auth',
		'none',
		'--bind-addr',
		`127.0.0.1:${chosen}`,
		'--disable-telemetry',
		'--disable-update-check',
	];
	const process = startProcess(node24, [entry, ...options, '--disable-workspace-trust', ...folders, folder], {
		env: environment,
	});
	const address = `http://127.0.0.1:${chosen}/`;
	await untilAnswers(`${address}healthz`, process).catch(async (error: unknown) => {
		await process.end();
		await profile.remove();
		throw error;
	});
	return {
		address,
		process,
		userData: profile.userData,
		settings: (values) => profile.settings(values),
		async end() {
			await process.end();
			await profile.remove();
		},
	};
}

/** Without what an outer VS Code or code-server would tell an inner one. */
export function serverEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(env).filter(
			([name]) => !/^(VSCODE_|CODE_SERVER_|ELECTRON_|PORT$|PASSWORD$|HASHED_PASSWORD$)/.test(name),
		),
	);
}
