import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { startModelServer } from '../modelServer.ts';
import { useModelServer } from './modelSettings.ts';
import { sampleFile } from './sampleDocuments.ts';

interface Manifest {
	readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
	it('gives every contributed command an implementation', async () => {
		const extension = extensions.getExtension('descry.descry');
		assert.ok(extension);
		await extension.activate();
		const { contributes } = extension.packageJSON as Manifest;
		const registered = new Set(await commands.getCommands(true));
		assert.deepEqual(
			contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
			[],
		);
	});

	it('leaves the dispatcher slots that other extensions use as they were, also after a request', async () => {
		const slots = (): unknown[] =>
			['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(
				(name) => (globalThis as Record<symbol, unknown>)[Symbol.for(name)],
			);
		const before = slots();
		const server = await startModelServer();
		try {
			await useModelServer(server);
			await commands.executeCommand('descry.describe', sampleFile('images/wave-rule.png'));
			assert.equal(server.requests.length, 1);
			assert.deepEqual(slots(), before);
		} finally {
			await server.close();
			await commands.executeCommand('workbench.action.closeAllEditors');
		}
	});
});
