import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { serverEnvironment } from './editor.ts';
import { freePort } from './freePort.ts';
import { startProcess } from './longProcess.ts';
import { createProfile } from './profile.ts';
import { node24, repository } from './repository.ts';
import { untilAnswers } from './untilAnswers.ts';
import { vscodeServer } from './vscodeServer.ts';
import { startBrowser } from './workbench.ts';

/** Another extension, which brings models to VS Code. */
const fakeModels = join(repository, 'test', 'vscode', 'fakeModels');

/**
 * Runs a tests module (CommonJS, exporting `run()`) in the extension host of a real VS Code that has this checkout's
 * build as its extension under development. Settles when `finished` does; fails when VS Code ends before.
 */
export async function inDevelopmentHost(options: {
	readonly folder: string;
	readonly testsModule: string;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly finished: Promise<void>;
}): Promise<void> {
	const server = join(await vscodeServer(), 'lib', 'vscode', 'out', 'server-main.js');
	const profile = await createProfile(options.settings);
	// A second one under development would take the first one's place.
	await cp(fakeModels, join(profile.extensions, 'descry-test.fake-models-0.0.1'), { recursive: true });
	const port = await freePort();
	const address = `http://127.0.0.1:${port}/`;
	const process = startProcess(
		node24,
		[
			server,
			...['--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token', '--accept-server-license-terms'],
			// Only with it does a built workbench honour the payload below.
			'--enable-smoke-test-driver',
			...['--user-data-dir', profile.userData, '--server-data-dir', profile.serverData],
			...['--extensions-dir', profile.extensions, '--telemetry-level', 'off', '--disable-workspace-trust'],
			'--start-server',
		],
		{ env: serverEnvironment() },
	);
	try {
		await untilAnswers(`${address}version`, process);
		const browser = await startBrowser();
		try {
			const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
			const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
			const payload = [
				['extensionDevelopmentPath', remote(repository.replace(/\/$/, ''))],
				['extensionTestsPath', remote(options.testsModule)],
			];
			const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
			await page.goto(`${address}?${query.toString()}`);
			const ended = process.ended.then(() => {
				throw new Error(`VS Code ended before the tests did.\n${process.output()}`);
			});
			await Promise.race([options.finished, ended]);
		} finally {
			await browser.close();
		}
	} finally {
		await process.end();
		await profile.remove();
	}
}
