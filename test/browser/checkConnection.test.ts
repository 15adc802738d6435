import assert from 'node:assert/strict';
import type { Workbench } from '../host/workbench.ts';
import { eventually } from '../eventually.ts';
import { inSession, type Session, startSession } from './session.ts';

const rightKey = 'sk-right-77ab30';

describe('Check Connection', () => {
	let session: Session;
	let workbench: Workbench;
	let host: string;

	inSession(
		() =>
			startSession({
				server: {
					requireKey: rightKey,
					answer: ({ images }) => (images.length > 0 ? 'Not a colour that I know' : 'one two three'),
				},
				endpoints: { far: { baseUrl: 'https://models.invalid/v1' } },
			}),
		(at) => {
			({ session, workbench } = at);
			host = new URL(session.server.baseUrl).host;
		},
		() => workbench.tidy(),
	);

	const report = (): Promise<string> =>
		workbench.page
			.locator('.part.panel .view-lines')
			.innerText()
			.then((text) => text.replaceAll('\u00a0', ' '));

	it('says in the end what is wrong, and helps: a key is asked for, and all is checked again', async () => {
		await workbench.runCommand('Descry: Check Connection');
		const missing = workbench.notification(`${host} needs an API key, and none is set.`);
		await missing.waitFor();
		await eventually(async () => {
			const text = await report();
			assert.match(text, /Server: works\./);
			assert.match(text, /API key: does not work\./);
			assert.match(text, /Images: not tried\./);
		});
		await missing.getByRole('button', { name: 'Set API key' }).click();
		await workbench.page.locator('.quick-input-widget:visible', { hasText: `API key for ${host}` }).waitFor();
		await workbench.quickInput.fill(rightKey);
		await workbench.page.keyboard.press('Enter');
		await eventually(async () => {
			const text = await report();
			assert.match(text, /test-vision answers\. Whether it sees images could not be told\./);
			assert.match(text, /API key: works\./);
			// The server writes so fast that its pieces may come together.
			assert.match(text, /Streaming: (?:works|not certain)\./);
			assert.match(text, /Images: not certain\. .*“Not a colour that I know”/s);
		});
		assert.doesNotMatch(await workbench.page.locator('body').innerText(), /77ab30/);
	});

	it('is offered where a key was just set', async () => {
		await workbench.runCommand('Descry: Set API Key…');
		await workbench.quickRow(/^test/).click();
		await workbench.quickInput.waitFor();
		await workbench.quickInput.fill(rightKey);
		await workbench.page.keyboard.press('Enter');
		const kept = workbench.notification(`The API key for ${host} is kept.`);
		const count = session.server.requests.length;
		await kept.getByRole('button', { name: 'Check connection' }).click();
		await session.server.request(count + 2);
		await workbench.notification('test-vision answers.').waitFor();
	});

	it('can be stopped while it waits', async () => {
		const count = session.server.requests.length;
		session.server.next({ body: [new Promise(() => undefined)] });
		await workbench.runCommand('Descry: Check Connection');
		const request = await session.server.request(count);
		const progress = workbench.notification(`Checking test-vision at ${host}`);
		await progress.getByRole('button', { name: 'Cancel' }).click();
		assert.equal(await request.closedEarly, true);
		await eventually(async () => assert.match(await report(), /Stopped\./));
		assert.equal(session.server.requests.length, count + 1);
	});

	it('says before what it costs beyond this machine, and a no sends nothing', async () => {
		await session.configure(workbench, { 'descry.model': 'far/some-model' });
		await workbench.runCommand('Descry: Check Connection');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.waitFor();
		assert.match(await dialog.innerText(), /Check the connection to models\.invalid\?/);
		assert.match(await dialog.innerText(), /some-model is asked three short questions.*It costs some hundred tokens/s);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		await workbench.runCommand('Descry: Check Connection');
		await dialog.getByRole('button', { name: 'Check' }).click();
		await workbench.notification('The name models.invalid was not found.').waitFor();
	});
});
