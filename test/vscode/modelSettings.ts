import { ConfigurationTarget, workspace } from 'vscode';
import type { ModelServer } from '../modelServer.ts';

/** Lets a server of the tests answer, as a user's own endpoint. */
export async function useModelServer(server: ModelServer): Promise<void> {
	const endpoints = { test: { baseUrl: server.baseUrl, auth: 'none' } };
	await workspace.getConfiguration('descry').update('endpoints', endpoints, ConfigurationTarget.Global);
	await workspace.getConfiguration('descry').update('model', 'test/test-vision', ConfigurationTarget.Global);
}
