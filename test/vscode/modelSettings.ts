import { commands, ConfigurationTarget, workspace } from 'vscode';
import { type ModelServer, type ModelServerOptions, startModelServer } from '../modelServer.ts';

/** Lets a server of the tests answer, as a user's own endpoint. */
export async function useModelServer(server: ModelServer): Promise<void> {
	const endpoints = { test: { baseUrl: server.baseUrl, auth: 'none' } };
	await workspace.getConfiguration('descry').update('endpoints', endpoints, ConfigurationTarget.Global);
	await workspace.getConfiguration('descry').update('model', 'test/test-vision', ConfigurationTarget.Global);
}

/** Has a server of its own answer the tests of a block; no editor is left from test to test. */
export function answeredByServer(options: ModelServerOptions, started: (server: ModelServer) => void): void {
	let server: ModelServer | undefined;
	before(async () => {
		server = await startModelServer(options);
		await useModelServer(server);
		started(server);
	});
	afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));
	after(() => server?.close());
}
