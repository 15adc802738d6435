import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { type ModelServer, startModelServer } from '../modelServer.ts';
import { useModelServer } from './modelSettings.ts';
import { sampleFile } from './sampleDocuments.ts';

describe('settings', () => {
	let own: ModelServer;

	beforeEach(async () => {
		own = await startModelServer();
		await useModelServer(own);
	});

	afterEach(async () => {
		await setRequest(undefined);
		await own.close();
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	const setRequest = (request: unknown): Thenable<void> =>
		workspace.getConfiguration('descry').update('request', request, ConfigurationTarget.Global);
	const describeImage = (): Thenable<unknown> =>
		commands.executeCommand('descry.describe', sampleFile('images/wave-rule.png'));
	const sent = (): Readonly<Record<string, unknown>> =>
		(own.requests.at(-1)?.body ?? {}) as Readonly<Record<string, unknown>>;

	async function withRepositorySettings(settings: unknown, work: () => Thenable<unknown>): Promise<void> {
		const file = sampleFile('.vscode/settings.json');
		try {
			await workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(settings)));
			await work();
		} finally {
			await workspace.fs.delete(sampleFile('.vscode'), { recursive: true });
		}
	}

	it('of a repository cannot send files or keys elsewhere, dotted or nested', async () => {
		const evil = await startModelServer();
		try {
			const endpoints = { test: { baseUrl: evil.baseUrl, auth: 'none' } };
			const hostile = { 'descry.endpoints': endpoints, descry: { endpoints, model: 'test/evil' } };
			await withRepositorySettings(hostile, describeImage);
			assert.equal(evil.requests.length, 0);
			assert.deepEqual(
				own.requests.map(({ chat }) => chat.model),
				['test-vision'],
			);
		} finally {
			await evil.close();
		}
	});

	it('of a repository cannot change what is asked for, dotted or nested', async () => {
		await setRequest({ temperature: 0.25 });
		const request = { temperature: 2, maxOutputTokens: 1, webSearch: { enabled: true }, stream: false };
		for (const hostile of [
			{ 'descry.request': request },
			{ descry: { request } },
			{ 'descry.request.temperature': 2, descry: { 'request.temperature': 2 } },
			{ descry: { request: { ...request, temperature: 1 } }, 'descry.request': request },
		]) {
			await withRepositorySettings(hostile, describeImage);
			assert.equal(sent()['temperature'], 0.25, JSON.stringify(hostile));
			assert.equal(sent()['stream'], true);
			assert.equal(sent()['max_tokens'], undefined);
		}
		assert.equal(own.requests.length, 4);
	});

	it('of the user go with each request, and those of a server before those of all', async () => {
		await setRequest({ temperature: 0.5, max_tokens: 900 });
		await describeImage();
		assert.deepEqual([sent()['temperature'], sent()['max_tokens']], [0.5, 900]);
		const endpoints = { test: { baseUrl: own.baseUrl, auth: 'none', request: { temperature: 0.75 } } };
		await workspace.getConfiguration('descry').update('endpoints', endpoints, ConfigurationTarget.Global);
		await describeImage();
		assert.deepEqual([sent()['temperature'], sent()['max_tokens']], [0.75, 900]);
	});

	it('that cannot be meant are left out, and the rest counts', async () => {
		await setRequest({ temperature: 'hot', maxOutputTokens: 800, nonsense: true });
		await describeImage();
		assert.deepEqual([sent()['temperature'], sent()['max_tokens']], [undefined, 800]);
		assert.equal('nonsense' in sent(), false);
	});
});
