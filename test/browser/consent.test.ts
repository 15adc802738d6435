import assert from 'node:assert/strict';
import type { Workbench } from '../host/workbench.ts';
import { inSession, type Session, startSession } from './session.ts';

/** Names that no resolver knows (RFC 6761): what would be sent there goes nowhere. */
const remote = 'https://models.invalid/v1';
const unencrypted = 'http://models.invalid/v1';

describe('the question before files leave', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		() =>
			startSession({
				settings: {
					'descry.endpoints': { remote: { baseUrl: remote }, plain: { baseUrl: unencrypted } },
					'descry.model': 'remote/some-model',
				},
			}),
		(at) => ({ session, workbench } = at),
	);

	it('names the file, its size and the host; no means that nothing is sent', async () => {
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.waitFor();
		assert.match(await dialog.innerText(), /Send harbour\.jpg \(302 KB\) to models\.invalid\?/);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		const failure = workbench.panel().locator('.failure');
		await failure.waitFor();
		assert.match(await failure.innerText(), /^Nothing was sent\./);
	});

	it('is not asked again after a yes', async () => {
		const dialog = workbench.page.locator('.monaco-dialog-box');
		const failure = workbench.panel().locator('.failure', { hasText: 'models.invalid was not found' });
		await workbench.panel().getByRole('button', { name: 'Try again' }).click();
		await dialog.getByRole('button', { name: 'Send' }).click();
		await failure.waitFor();
		await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
		await workbench.panel().locator('.attachment-name', { hasText: 'wave-rule.png' }).waitFor();
		await failure.waitFor();
		assert.equal(await dialog.count(), 0);
	});

	it('says that a connection is not encrypted, even when hosts are not to be confirmed', async () => {
		await session.configure(workbench, {
			'descry.endpoints': { plain: { baseUrl: unencrypted } },
			'descry.model': 'plain/some-model',
			'descry.privacy.confirmHosts': false,
		});
		await workbench.panel().getByRole('button', { name: 'Try again' }).click();
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.waitFor();
		assert.match(await dialog.innerText(), /not encrypted/);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		await workbench.panel().locator('.failure', { hasText: 'Nothing was sent.' }).waitFor();
	});
});
