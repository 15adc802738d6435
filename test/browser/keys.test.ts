import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../host/workbench.ts';
import { eventually } from '../eventually.ts';
import { inSession, type Session, startSession } from './session.ts';

const rightKey = 'sk-right-5f0c2d7a91';
const wrongKey = 'sk-wrong-c41e08b2d6';

describe('API keys', () => {
	let session: Session;
	let workbench: Workbench;
	let host: string;

	inSession(
		() => startSession({ server: { requireKey: rightKey } }),
		(at) => {
			({ session, workbench } = at);
			host = new URL(session.server.baseUrl).host;
		},
		() => workbench.tidy(),
	);

	const failure = (sentence: string): Locator => workbench.panel().locator('.failure', { hasText: sentence });
	const refused = (): Locator => failure(`${host} did not accept the API key.`);
	const missing = (): Locator => failure(`${host} needs an API key, and none is set.`);
	const box = (): Locator => workbench.page.locator('.quick-input-widget:visible', { hasText: `API key for ${host}` });

	async function asked(): Promise<void> {
		await box().waitFor();
		await workbench.quickInput.waitFor();
	}

	async function describeHarbour(): Promise<void> {
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
	}

	async function type(key: string): Promise<void> {
		await asked();
		await workbench.quickInput.fill(key);
		await workbench.page.keyboard.press('Enter');
	}

	/** Types a key where the failure's button asks for it. */
	async function typeAtFailure(key: string): Promise<void> {
		await workbench.panel().getByRole('button', { name: 'Set API key' }).click();
		await type(key);
	}

	async function setKey(key: string): Promise<void> {
		await workbench.runCommand('Descry: Set API Key…');
		await workbench.quickRow(/^test/).click();
		await type(key);
		await box().waitFor({ state: 'hidden' });
	}

	/** Whether there was one. */
	async function removeKey(): Promise<boolean> {
		await workbench.runCommand('Notifications: Clear All Notifications');
		await workbench.runCommand('Descry: Remove API Key…');
		const entry = workbench.quickRow(host);
		const none = workbench.notification('There is no stored API key.');
		await entry.or(none).first().waitFor();
		if (await none.isVisible()) {
			return false;
		}
		await entry.click();
		await workbench.notification(`The API key for ${host} is removed.`).waitFor();
		return true;
	}

	it('are asked for by a server that needs one, which is no error', async () => {
		await removeKey();
		await describeHarbour();
		await missing().waitFor();
		assert.deepEqual(await missing().getByRole('button').allInnerTexts(), [
			'Set API key',
			'Choose another model',
			'Show log',
		]);
		assert.equal(session.server.requests.at(-1)?.headers.authorization, undefined);
		assert.equal(await workbench.page.locator('.notification-toast .codicon-error').count(), 0);
	});

	it('may be wrong, again and again, and leaving the box leaves the ways out', async () => {
		await removeKey();
		await describeHarbour();
		await typeAtFailure(wrongKey);
		await refused().waitFor();
		const count = session.server.requests.length;
		await typeAtFailure(`${wrongKey}-again`);
		await session.server.request(count);
		await refused().waitFor();
		assert.equal(session.server.requests.at(-1)?.headers.authorization, `Bearer ${wrongKey}-again`);
		for (const key of ['Escape', 'Enter']) {
			await workbench.panel().getByRole('button', { name: 'Set API key' }).click();
			await asked();
			await workbench.page.keyboard.press(key);
			await box().waitFor({ state: 'hidden' });
			assert.equal(await refused().getByRole('button').count(), 3);
		}
		assert.equal(session.server.requests.length, count + 1);
		assert.equal(await workbench.panel().locator('article.turn').count(), 1);
	});

	it('are taken as pasted, and the question is asked again by itself', async () => {
		await setKey(wrongKey);
		await describeHarbour();
		await refused().waitFor();
		session.server.next({ text: 'A harbour.' });
		await typeAtFailure(`  Bearer "${rightKey}" `);
		await workbench.panel().locator('.answer', { hasText: 'A harbour.' }).waitFor();
		const turn = await workbench.finishedTurn();
		assert.equal(await turn.locator('.failure').count(), 0);
		assert.equal(session.server.requests.at(-1)?.headers.authorization, `Bearer ${rightKey}`);
	});

	it('are refused in the box when they can be none', async () => {
		await workbench.runCommand('Descry: Set API Key…');
		await workbench.quickRow(/^test/).click();
		await type('two words');
		await box().getByText('A key is one word without spaces.').waitFor();
		assert.equal(await workbench.quickInput.getAttribute('type'), 'password');
		await workbench.page.keyboard.press('Escape');
	});

	it('show nowhere: not in the panel, the log, messages or any file', async () => {
		await setKey(rightKey);
		await describeHarbour();
		await workbench.finishedTurn();
		const echo = { error: { message: `Key ${rightKey}, as Bearer ${rightKey}, is of no use.`, code: 'server_error' } };
		session.server.next({ status: 500, headers: { 'x-should-retry': 'false' }, body: JSON.stringify(echo) });
		await workbench.panel().getByRole('button', { name: 'Retry' }).click();
		await failure('is of no use').waitFor();
		assert.doesNotMatch(await workbench.panel().locator('html').innerHTML(), /5f0c2d7a91/);
		await failure('is of no use').getByRole('button', { name: 'Show log' }).click();
		const log = workbench.page.locator('.part.panel .view-lines');
		await eventually(async () => assert.match(await log.innerText(), /is.of.no.use/));
		assert.doesNotMatch(await workbench.page.locator('body').innerText(), /5f0c2d7a91/);
		const files = [
			...(await filesWith(rightKey, session.editor.userData)),
			...(await filesWith(rightKey, session.workspace.folder)),
		];
		assert.deepEqual(files, []);
		await workbench.runCommand('View: Hide Panel');
	});

	it('can be removed, and are then asked for again', async () => {
		await setKey(rightKey);
		await describeHarbour();
		await workbench.panel().locator('.answer', { hasText: 'I see one image.' }).waitFor();
		assert.equal(await removeKey(), true);
		await workbench.panel().getByRole('button', { name: 'Retry' }).click();
		await missing().waitFor();
		assert.equal(session.server.requests.at(-1)?.headers.authorization, undefined);
		assert.equal(await removeKey(), false);
	});
});

async function filesWith(text: string, folder: string): Promise<readonly string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	const found = [];
	for (const file of files) {
		// VS Code removes some of its files at any time.
		const bytes = await readFile(file).catch(() => Buffer.alloc(0));
		if (bytes.includes(text)) {
			found.push(file);
		}
	}
	return found;
}
