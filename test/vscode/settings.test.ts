import assert from 'node:assert/strict';
import { commands, Uri, workspace } from 'vscode';
import { startModelServer } from '../modelServer.ts';
import { useModelServer } from './modelSettings.ts';

describe('settings of a repository', () => {
	it('cannot send files or keys elsewhere, dotted or nested', async () => {
		const folder = workspace.workspaceFolders?.[0]?.uri;
		assert.ok(folder);
		const [own, evil] = await Promise.all([startModelServer(), startModelServer()]);
		const settings = Uri.joinPath(folder, '.vscode/settings.json');
		try {
			await useModelServer(own);
			const endpoints = { test: { baseUrl: evil.baseUrl, auth: 'none' } };
			const hostile = { 'descry.endpoints': endpoints, descry: { endpoints, model: 'test/evil' } };
			await workspace.fs.writeFile(settings, new TextEncoder().encode(JSON.stringify(hostile)));
			await commands.executeCommand('descry.describe', Uri.joinPath(folder, 'images/wave-rule.png'));
			assert.equal(evil.requests.length, 0);
			assert.deepEqual(
				own.requests.map(({ chat }) => chat.model),
				['test-vision'],
			);
		} finally {
			await workspace.fs.delete(Uri.joinPath(folder, '.vscode'), { recursive: true });
			await Promise.all([own.close(), evil.close()]);
			await commands.executeCommand('workbench.action.closeAllEditors');
		}
	});
});
