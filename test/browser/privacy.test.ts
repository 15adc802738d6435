import assert from 'node:assert/strict';
import { copyFile, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reply } from '../altTextReply.ts';
import type { Workbench } from '../host/workbench.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('the question about files outside the workspace', () => {
	let session: Session;
	let workbench: Workbench;
	let elsewhere: string;

	inSession(
		() => startSession({ server: { answer: () => reply('A harbour at dusk') } }),
		(at) => ({ session, workbench } = at),
	);

	before(async () => {
		elsewhere = await realpath(await mkdtemp(join(tmpdir(), 'descry-elsewhere-')));
		const harbour = join(session.workspace.folder, 'images/harbour.jpg');
		await copyFile(harbour, join(elsewhere, 'one.jpg'));
		await copyFile(harbour, join(elsewhere, 'two.jpg'));
		await symlink(join(elsewhere, 'one.jpg'), join(session.workspace.folder, 'images/link.jpg'));
		const text = `![](../images/harbour.jpg)\n\n![](${elsewhere}/one.jpg)\n\n![](${elsewhere}/two.jpg)\n`;
		await writeFile(join(session.workspace.folder, 'docs/outside.md'), text);
	});

	after(() => rm(elsewhere, { recursive: true }));

	it('is one for all images of a document, and they can be left out', async () => {
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await workbench.openFile('docs/outside.md');
		await workbench.runCommand('Descry: Write Alt Text for All Images in This File');
		await dialog.waitFor();
		const words = await dialog.innerText();
		assert.match(words, /2 images of this document are not in the workspace\./);
		assert.ok(words.includes(`${elsewhere} (2 images)`), words);
		await dialog.getByRole('button', { name: 'Leave them out' }).click();
		await workbench
			.notification(/Alt text was written for 1 of 3 images\. 2 were left out, as they are not in the workspace\.$/)
			.waitFor();
		assert.equal(session.server.requests.length, 1);
		await workbench.tidy();
	});

	it('is not asked when the model is on this machine', async () => {
		const count = session.server.requests.length;
		await workbench.chooseFromContextMenu(['images/link.jpg'], 'Describe');
		await session.server.request(count);
		await workbench.tidy();
	});

	it('names where a link leads before its file goes to a server', async () => {
		await session.configure(workbench, {
			'descry.endpoints': { remote: { baseUrl: 'https://models.invalid/v1' } },
			'descry.model': 'remote/some-model',
			'descry.privacy.confirmHosts': false,
		});
		await workbench.chooseFromContextMenu(['images/link.jpg'], 'Describe');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.waitFor();
		const words = await dialog.innerText();
		assert.match(words, /Send link\.jpg \(302 KB\) to models\.invalid\?/);
		assert.ok(words.includes(`Outside the workspace: ${join(elsewhere, 'one.jpg')}, by the link `), words);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		await workbench.panel().locator('.failure', { hasText: 'Nothing was sent.' }).waitFor();
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.panel().locator('.failure', { hasText: 'models.invalid was not found' }).waitFor();
		assert.equal(await dialog.count(), 0);
	});

	it('says in the panel what is excluded', async () => {
		await session.configure(workbench, { 'descry.privacy.exclude': ['images/harbour.*'] });
		const count = session.server.requests.length;
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.panel().locator('.failure', { hasText: 'excluded by descry.privacy.exclude' }).waitFor();
		assert.equal(session.server.requests.length, count);
	});
});
