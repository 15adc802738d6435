import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { freePort } from '../host/freePort.ts';
import type { Workbench } from '../host/workbench.ts';
import { createGate, type Script } from '../modelServer.ts';
import { eventually } from '../eventually.ts';
import { inSession, type Session, startSession } from './session.ts';

/** Sentences that people see; to change one here is to change the product. `HOST` is the server's. */
const files: readonly (readonly [path: string, sentence: string])[] = [
	['bad/zero-byte.png', 'The file is empty.'],
	['bad/text-named.png', 'This is not an image or PDF that Descry can read, whatever its name says.'],
	['bad/html-named.pdf', 'This is not an image or PDF that Descry can read, whatever its name says.'],
	['bad/truncated.jpg', 'The file is damaged or incomplete. Opening and saving it in another program may repair it.'],
	['bad/link-to-nowhere.png', 'There is no such file.'],
];

interface Fault {
	readonly name: string;
	/** What the server does; none where it is down. */
	readonly script?: Script;
	/** How often, where it is asked again by itself. */
	readonly times?: number;
	readonly sentence: string;
	readonly actions: readonly string[];
	/** What came before. */
	readonly answer?: string;
}

/** Such servers are not asked again by themselves. */
const forGood = { 'x-should-retry': 'false' };

function refusal(status: number, message: string, code: string | null = null): Script {
	return { status, headers: forGood, body: JSON.stringify({ error: { message, code } }) };
}

const faults: readonly Fault[] = [
	{
		name: 'a server that is down',
		sentence: 'Nothing answers at CLOSED. Is the server running?',
		actions: ['Try again', 'Choose another model'],
	},
	{
		name: '401 where no key is to be sent',
		script: refusal(401, 'Incorrect API key provided: sk-te**********1234.', 'invalid_api_key'),
		sentence: 'HOST needs an API key, but its entry in the settings says to send none.',
		actions: ['Open settings', 'Choose another model'],
	},
	{
		name: '403',
		script: refusal(403, 'Your account may not use it.'),
		sentence: 'HOST does not let you use test-vision. It says: “Your account may not use it.”',
		actions: ['Choose another model', 'Set API key'],
	},
	{
		name: '404 for the model',
		script: refusal(404, 'The model `test-vision` does not exist or you do not have access to it.', 'model_not_found'),
		sentence: 'HOST has no model named test-vision.',
		actions: ['Choose another model'],
	},
	{
		name: '404 for the address',
		script: { status: 404, body: '404 page not found' },
		sentence: 'There is no such service at HOST. The base URL may be wrong.',
		actions: ['Open settings', 'Check connection', 'Choose another model'],
	},
	{
		name: '429',
		script: {
			...refusal(429, 'Rate limit reached.', 'rate_limit_exceeded'),
			headers: { ...forGood, 'retry-after': '2' },
		},
		sentence: 'HOST asks to wait 2 s before the next try.',
		actions: ['Try again', 'Choose another model'],
	},
	{
		name: '500',
		script: refusal(500, 'The server had an error while processing your request.', 'server_error'),
		sentence:
			'The server at HOST failed. Trying again may help. It says: “The server had an error while processing your request.”',
		actions: ['Try again', 'Choose another model'],
	},
	{
		name: '503',
		script: { status: 503, headers: forGood, body: '<html><title>503 Service Unavailable</title></html>' },
		sentence: 'HOST is overloaded at the moment. Try again a little later.',
		actions: ['Try again', 'Choose another model'],
	},
	{
		name: 'the 503 of a gateway that is a content policy',
		script: refusal(503, 'Request was rejected by the content policy (actual status 400) (request id: test-503)'),
		sentence:
			'HOST blocked this request or its answer under its content policy. It says: “Request was rejected by the content policy (actual status 400) (request id: test-503)”',
		actions: ['Choose another model'],
	},
	{
		name: 'a web page with status 200',
		script: { headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title><p>Sign in' },
		sentence: 'What HOST sent is not an answer from a model. Its base URL may lead to a web page.',
		actions: ['Open settings', 'Check connection', 'Choose another model'],
	},
	{
		name: 'an empty answer',
		script: { body: 'data: [DONE]\n\n' },
		times: 2,
		sentence: 'test-vision gave an empty answer.',
		actions: ['Try again', 'Choose another model'],
	},
	{
		name: 'an answer that breaks off',
		script: { text: ['This answer ', 'breaks '], end: 'early' },
		sentence: 'The answer from HOST broke off before its end.',
		actions: ['Try again', 'Choose another model'],
		answer: 'This answer breaks',
	},
	{
		name: 'a connection that is lost in the middle',
		script: { text: ['This answer ', 'breaks '], end: 'reset' },
		sentence: 'The connection to HOST was lost.',
		actions: ['Try again', 'Choose another model'],
		answer: 'This answer breaks',
	},
];

describe('What goes wrong', () => {
	let session: Session;
	let workbench: Workbench;
	let host: string;
	let closed: string;
	let model = 'test/test-vision';

	inSession(
		async () => {
			closed = `127.0.0.1:${await freePort()}`;
			return startSession({ endpoints: { closed: { baseUrl: `http://${closed}/v1`, auth: 'none' } } });
		},
		(at) => {
			({ session, workbench } = at);
			host = new URL(session.server.baseUrl).host;
		},
		() => workbench.tidy(),
	);

	async function useModel(id: string): Promise<void> {
		if (id !== model) {
			await workbench.runCommand('Descry: Select Model…');
			await workbench.chooseModel({ id });
			await eventually(async () => assert.equal(await session.rememberedModel(), id));
			model = id;
		}
	}

	async function ask(question: string): Promise<void> {
		await workbench.panel().locator('textarea').fill(question);
		await workbench.panel().locator('textarea').press('Enter');
	}

	/** The turn is over, says exactly this, and offers exactly these ways out. */
	async function failsWith(sentence: string, actions: readonly string[]): Promise<Locator> {
		const turn = workbench.panel().locator('article.turn').last();
		const failure = turn.locator('.failure');
		await failure.waitFor();
		await eventually(async () => {
			assert.equal(await failure.locator('p').innerText({ timeout: 1_000 }), sentence);
			assert.deepEqual(await failure.getByRole('button').allInnerTexts(), [...actions, 'Show log']);
			assert.equal(await turn.getAttribute('aria-busy'), 'false');
			assert.equal(await turn.locator('.progress').isVisible(), false);
		});
		return turn;
	}

	describe('with a file', () => {
		before(() => useModel('test/test-vision'));

		for (const [path, sentence] of files) {
			it(`${path} ends with a plain sentence`, async () => {
				const count = session.server.requests.length;
				await workbench.chooseFromContextMenu([path], 'Describe');
				await failsWith(sentence, ['Try again']);
				assert.equal(await workbench.panel().locator('.attachment-failure').innerText(), sentence);
				await workbench.panel().getByRole('button', { name: 'Try again' }).click();
				await failsWith(sentence, ['Try again']);
				assert.equal(session.server.requests.length, count);
			});
		}

		it('a locked PDF asks for its password, and stays locked without one', async () => {
			const count = session.server.requests.length;
			const box = workbench.page.locator('.quick-input-widget input[type="password"]');
			await workbench.chooseFromContextMenu(['bad/locked.pdf'], 'Describe');
			await box.waitFor();
			await workbench.page.keyboard.press('Escape');
			await failsWith('The PDF is locked by a password, and none was given.', ['Try again']);
			await workbench.panel().getByRole('button', { name: 'Try again' }).click();
			await box.fill('wrong');
			await box.press('Enter');
			await workbench.page.locator('.quick-input-message', { hasText: 'does not open the PDF' }).waitFor();
			assert.equal(session.server.requests.length, count);
			await box.fill('harbour');
			await box.press('Enter');
			await session.server.request(count);
			await workbench.finishedTurn();
		});

		it('a PDF without its end is read as far as it goes', async () => {
			const count = session.server.requests.length;
			await workbench.chooseFromContextMenu(['bad/truncated.pdf'], 'Describe');
			const request = await session.server.request(count);
			assert.match(request.chat.turns[0]?.text ?? '', /Pages 2–6 are damaged and cannot be read/);
			const turn = await workbench.finishedTurn();
			assert.match(
				await turn.locator('.coverage').innerText(),
				/read page 1 of 6\..*Damaged and not readable: pages 2–6\./,
			);
		});

		it('a picture of 20,000 px by 40 is read', async () => {
			const count = session.server.requests.length;
			await workbench.chooseFromContextMenu(['bad/wide.png'], 'Describe');
			const request = await session.server.request(count);
			assert.equal(request.chat.images.length, 1);
			await workbench.panel().locator('.answer', { hasText: 'I see one image.' }).waitFor();
			assert.match(await workbench.panel().locator('.attachment-detail').innerText(), /^20000 × 40 px, /);
		});

		it('a folder has no entry', async () => {
			await (await workbench.fileRow('images')).click({ button: 'right' });
			await workbench.page.locator('.monaco-menu .action-item', { hasText: 'Copy Path' }).first().waitFor();
			assert.equal(await workbench.page.locator('.monaco-menu .action-item', { hasText: 'Describe' }).count(), 0);
		});

		it('that is broken does not keep the others from being described', async () => {
			const count = session.server.requests.length;
			await workbench.chooseFromContextMenu(['bad/zero-byte.png', 'bad/wide.png'], 'Describe');
			const request = await session.server.request(count);
			assert.equal(request.chat.images.length, 1);
			await workbench.panel().locator('.answer', { hasText: 'I see one image.' }).waitFor();
			assert.deepEqual(await workbench.panel().locator('.attachment-failure').allInnerTexts(), ['The file is empty.']);
		});

		it('that is deleted before Retry is missed, and found again when it is back', async () => {
			const path = join(session.workspace.folder, 'images', 'passing.png');
			const original = join(session.workspace.folder, 'images', 'wave-rule.png');
			await copyFile(original, path);
			await workbench.chooseFromContextMenu(['images/passing.png'], 'Describe');
			await workbench.panel().locator('.answer', { hasText: 'I see one image.' }).waitFor();
			await workbench.finishedTurn();
			await rm(path);
			await workbench.panel().getByRole('button', { name: 'Retry' }).click();
			await workbench.panel().locator('.failure').waitFor();
			await failsWith('There is no such file.', ['Try again']);
			await copyFile(original, path);
			await workbench.panel().getByRole('button', { name: 'Try again' }).click();
			await workbench.panel().locator('.answer', { hasText: 'I see one image.' }).waitFor();
			assert.equal(await workbench.panel().locator('.attachment-failure').count(), 0);
		});

		it('that is written between questions is read anew, and that is said', async () => {
			const path = join(session.workspace.folder, 'images', 'passing.png');
			await copyFile(join(session.workspace.folder, 'images', 'wave-rule.png'), path);
			await workbench.chooseFromContextMenu(['images/passing.png'], 'Describe');
			await workbench.panel().locator('.attachment-detail', { hasText: '1280 × 48 px' }).waitFor();
			await workbench.finishedTurn();
			await copyFile(join(session.workspace.folder, 'images', 'harbour.jpg'), path);
			const count = session.server.requests.length;
			await ask('And now?');
			await workbench.panel().locator('.attachment-detail', { hasText: '2400 × 1600 px' }).waitFor();
			const turn = await workbench.finishedTurn();
			const remark = 'passing.png has changed since the question before and was read anew.';
			assert.equal(await turn.locator('.remark').innerText(), remark);
			assert.equal((await session.server.request(count)).chat.images[0]?.mediaType, 'image/jpeg');
		});

		it('that is excluded between questions is not sent again', async () => {
			await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
			await workbench.finishedTurn();
			const settings = join(session.workspace.folder, '.vscode');
			await mkdir(settings);
			await writeFile(join(settings, 'settings.json'), '{"descry.privacy.exclude": ["**/wave-rule.png"]}');
			try {
				await eventually(async () => {
					await ask('And now?');
					// VS Code takes a moment to see the setting.
					await workbench.panel().locator('.failure', { hasText: 'excluded' }).waitFor({ timeout: 1_000 });
				});
				const count = session.server.requests.length;
				await ask('And at last?');
				await workbench.panel().locator('.failure').nth(1).waitFor();
				assert.equal(session.server.requests.length, count);
			} finally {
				await rm(settings, { recursive: true });
			}
		});
	});

	describe('at the server', () => {
		for (const { name, script, times = 1, sentence, actions, answer = '' } of faults) {
			it(`${name} ends with a plain sentence`, async () => {
				await useModel(script ? 'test/test-vision' : 'closed/some-model');
				for (let time = 0; script && time < times; time++) {
					session.server.next(script);
				}
				await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
				const turn = await failsWith(sentence.replace('HOST', host).replace('CLOSED', closed), actions);
				assert.equal(await turn.locator('.answer').innerText(), answer);
			});
		}

		for (const [finish, text, sentence] of [
			['length', 'This answer is cut', 'The answer was cut off at its length limit.'],
			['content_filter', 'This answer is', 'The rest of the answer was blocked by a content policy.'],
		] as const) {
			it(`an answer that ends before its end says so: ${finish}`, async () => {
				await useModel('test/test-vision');
				session.server.next({ text, finish });
				await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
				const turn = await workbench.finishedTurn();
				assert.equal(await turn.locator('.answer').innerText(), text);
				assert.equal(await turn.locator('.note').innerText(), sentence);
				await turn.getByRole('button', { name: 'Retry' }).waitFor();
			});
		}

		it('a server that asks to wait is waited for, which is said, and asked again', async () => {
			await useModel('test/test-vision');
			session.server.next({ status: 429, headers: { 'retry-after-ms': '1500' }, body: '' });
			session.server.next({ text: 'A wave.' });
			await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
			await workbench
				.panel()
				.locator('.progress-text', { hasText: `Waiting 2 s, as ${host} asks` })
				.waitFor();
			const turn = await workbench.finishedTurn();
			assert.equal(await turn.locator('.answer').innerText(), 'A wave.');
			assert.equal(await turn.locator('.progress').isVisible(), false);
		});

		it('an answer that never begins can be stopped', async () => {
			await useModel('test/test-vision');
			const count = session.server.requests.length;
			session.server.next({ body: [createGate().opened] });
			await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
			const request = await session.server.request(count);
			await workbench.panel().getByRole('button', { name: 'Stop' }).click();
			const turn = await workbench.finishedTurn();
			assert.equal(await request.closedEarly, true);
			assert.equal(await turn.locator('.note').innerText(), 'Stopped');
			assert.equal(await turn.locator('.failure').count(), 0);
			await turn.getByRole('button', { name: 'Retry' }).waitFor();
		});
	});
});
