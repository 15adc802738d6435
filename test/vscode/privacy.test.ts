import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { commands, ConfigurationTarget, Uri, window, workspace } from 'vscode';
import { eventually } from '../eventually.ts';
import { type ModelServer } from '../modelServer.ts';
import { answeredByServer } from './modelSettings.ts';

describe('what may leave', () => {
	let server: ModelServer;
	let folder: Uri;
	let made = 0;

	answeredByServer(
		{ answer: () => JSON.stringify({ alt: 'A harbour at dusk', decorative: false }) },
		(started, root) => {
			server = started;
			folder = root;
		},
	);

	const image = (name: string): Uri => Uri.joinPath(folder, 'images', name);

	async function open(text: string): Promise<void> {
		const uri = Uri.joinPath(folder, `docs/privacy-${++made}.md`);
		await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		await window.showTextDocument(await workspace.openTextDocument(uri));
	}

	async function withExcluded(
		globs: readonly string[],
		target: ConfigurationTarget,
		work: () => Promise<void>,
	): Promise<void> {
		const settings = workspace.getConfiguration('descry.privacy');
		await settings.update('exclude', globs, target);
		try {
			await work();
		} finally {
			await settings.update('exclude', undefined, target);
		}
	}

	it('never sends what the user or the workspace excludes', async () => {
		await withExcluded(['images/wave-*'], ConfigurationTarget.Global, () =>
			withExcluded(['harbour.jpg'], ConfigurationTarget.Workspace, async () => {
				const count = server.requests.length;
				await commands.executeCommand('descry.describe', image('harbour.jpg'));
				await commands.executeCommand('descry.describe', image('wave-rule.png'));
				const link = image('link.jpg');
				await symlink('harbour.jpg', link.fsPath);
				await commands.executeCommand('descry.describe', link);
				await rm(link.fsPath);
				await open('![](../images/harbour.jpg)\n');
				void commands.executeCommand('descry.altTextInFile');
				void commands.executeCommand('descry.copyAltText', image('harbour.jpg'));
				await commands.executeCommand('descry.describe', image('ferry-flow.png'));
				await server.request(count);
				assert.equal(server.requests.length, count + 1);
			}),
		);
		const count = server.requests.length;
		await commands.executeCommand('descry.describe', image('harbour.jpg'));
		await eventually(() => assert.equal(server.requests.length, count + 1));
	});
});
