import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../host/workbench.ts';
import { startModelServer, type ModelServer } from '../modelServer.ts';
import { eventually } from '../eventually.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('Choosing a model', () => {
	let session: Session;
	let workbench: Workbench;
	let keyed: ModelServer;

	inSession(
		async () => {
			keyed = await startModelServer({ requireKey: 'sk-keyed', models: ['keyed-vision'] });
			return startSession({
				endpoints: { keyed: { baseUrl: keyed.baseUrl } },
				settings: { 'descry.model': '' },
			});
		},
		(at) => ({ session, workbench } = at),
		() => workbench.tidy(),
	);

	after(() => keyed.close());

	const picker = (): Locator =>
		workbench.page.locator('.quick-input-widget:visible', { hasText: 'Which model answers?' });
	const answer = (text: string): Locator => workbench.panel().locator('.answer', { hasText: text });

	describe('when none is set', () => {
		beforeEach(async () => {
			if ((await session.rememberedModel()) !== '') {
				await session.configure(workbench, {});
			}
		});

		async function describeHarbour(): Promise<void> {
			await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
			await picker().waitFor();
			await workbench.quickInput.waitFor();
		}

		it('offers what is there; the choice answers and is remembered', async () => {
			await describeHarbour();
			for (const entry of ['Text reader', 'test-vision-small', 'Set API key for openai', 'Set API key for keyed']) {
				await workbench.quickRow(entry).waitFor();
			}
			await workbench.quickRow('Add a server of your own').waitFor();
			assert.equal(session.server.requests.length, 0);
			await workbench.chooseModel({ entry: 'test-vision-small' });
			await answer('I see one image.').waitFor();
			assert.equal(session.server.requests.at(-1)?.chat.model, 'test-vision-small');
			await eventually(async () => assert.equal(await session.rememberedModel(), 'test/test-vision-small'));
			await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
			await workbench.panel().locator('.attachment-name', { hasText: 'wave-rule.png' }).waitFor();
			await answer('I see one image.').waitFor();
			assert.equal(session.server.requests.at(-1)?.chat.model, 'test-vision-small');
		});

		it('sends nothing when the choice is left, says so, and offers it again', async () => {
			const count = session.server.requests.length;
			await describeHarbour();
			await workbench.page.keyboard.press('Escape');
			const failure = workbench.panel().locator('.failure');
			await failure.getByText('No model was chosen, so nothing was sent.', { exact: true }).waitFor();
			assert.deepEqual(await failure.getByRole('button').allInnerTexts(), ['Choose a model']);
			assert.equal(session.server.requests.length, count);
			await failure.getByRole('button').click();
			await workbench.chooseModel({ entry: 'test-vision-small' });
			await answer('I see one image.').waitFor();
			assert.equal(await workbench.panel().locator('article.turn').count(), 1);
		});

		it('takes a typed id that no list has', async () => {
			await describeHarbour();
			await workbench.chooseModel({ id: 'test/org/some-id' });
			await answer('I see one image.').waitFor();
			assert.equal(session.server.requests.at(-1)?.chat.model, 'org/some-id');
			await eventually(async () => assert.equal(await session.rememberedModel(), 'test/org/some-id'));
		});

		it('asks for a key on the way and comes back with the models it opens', async () => {
			await describeHarbour();
			const entry = 'Set API key for keyed';
			const box = workbench.page.locator('.quick-input-widget', {
				hasText: `API key for ${new URL(keyed.baseUrl).host}`,
			});
			await workbench.chooseModel({ entry });
			await box.waitFor();
			await workbench.quickInput.waitFor();
			await workbench.page.keyboard.press('Escape');
			await workbench.chooseModel({ entry });
			await box.waitFor();
			await workbench.quickInput.fill('sk-keyed');
			await workbench.page.keyboard.press('Enter');
			await workbench.chooseModel({ entry: 'keyed-vision' });
			await answer('I see one image.').waitFor();
			assert.equal(keyed.requests.at(-1)?.headers.authorization, 'Bearer sk-keyed');
		});
	});

	it('says what models see, those that see first, and those that do not last', async () => {
		const seer = { id: 'seer', architecture: { input_modalities: ['text', 'image', 'file'] }, context_length: 128_000 };
		const blind = { id: 'blind', architecture: { input_modalities: ['text'] } };
		const lister = createServer((request, response) => {
			const data = request.url === '/v1/models' ? [blind, { id: 'unknown' }, seer] : [];
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
		});
		lister.listen(0, '127.0.0.1');
		await once(lister, 'listening');
		const baseUrl = `http://127.0.0.1:${(lister.address() as AddressInfo).port}`;
		const labels = async (): Promise<readonly string[]> => {
			const rows = await workbench.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
			return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
		};
		try {
			await session.configure(workbench, { 'descry.endpoints': { lister: { baseUrl, auth: 'none' } } });
			await workbench.runCommand('Descry: Select Model…');
			await workbench.quickRow('seer').waitFor();
			const [first, second, third] = (await labels()).filter((label) => /seer|unknown|blind/.test(label));
			assert.match(first ?? '', /seer ?lister · sees images, takes PDFs · 128K tokens/);
			assert.match(second ?? '', /unknown ?lister/);
			assert.match(third ?? '', /blind ?lister Sees no images/);
			await workbench.page.keyboard.press('Escape');
		} finally {
			lister.close();
			lister.closeAllConnections();
		}
		// The server is gone: what it listed is shown at first, and not left there.
		await workbench.runCommand('Descry: Select Model…');
		await eventually(async () => assert.ok(!(await labels()).some((label) => label.includes('seer'))));
		await workbench.page.keyboard.press('Escape');
	});

	it('is possible at any time, and the list marks what is in use', async () => {
		await session.configure(workbench, { 'descry.model': 'test/test-vision' });
		await workbench.runCommand('Descry: Select Model…');
		await workbench.quickRow('test, in use').waitFor();
		await workbench.chooseModel({ entry: 'test-vision-small' });
		await eventually(async () => assert.equal(await session.rememberedModel(), 'test/test-vision-small'));
	});
});

describe('The reader on this device', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		() => startSession({ settings: { 'descry.model': 'device/text' } }),
		(at) => ({ session, workbench } = at),
		() => workbench.tidy(),
	);

	afterEach(() => assert.equal(session.server.requests.length, 0));

	const offer = (): Locator => workbench.panel().locator('.offer');

	it('gives the text of a screenshot, and says what a model would add', async () => {
		await workbench.chooseFromContextMenu(['images/settings-screenshot.png'], 'Describe');
		const turn = await workbench.finishedTurn();
		const text = await turn.locator('.answer').innerText();
		for (const words of ['PNG image, ', 'Text recognised in the image', 'Lighthouse pier', '30 minutes']) {
			assert.ok(text.includes(words), `"${words}" is not in: ${text}`);
		}
		await offer().waitFor();
		assert.equal(
			await offer().innerText(),
			'Text was read on this device; a model would also say what the pictures show and answer in its own words. Choose a model',
		);
		await offer().getByRole('button', { name: 'Choose a model' }).click();
		await workbench.quickRow('Text reader').waitFor();
		await workbench.page.keyboard.press('Escape');
	});

	it('gives the outline of a PDF, and quotations from its pages for a question', async () => {
		await workbench.chooseFromContextMenu(['papers/tidal-harbours.pdf'], 'Describe');
		const outline = (await workbench.finishedTurn()).locator('.answer li');
		assert.ok((await outline.count()) > 3);
		assert.match((await outline.allInnerTexts()).join('\n'), /\(p\. 3\)/);
		await workbench.panel().locator('textarea').fill('How many ferries sail on a winter Sunday?');
		await workbench.panel().locator('textarea').press('Enter');
		const answered = workbench.panel().locator('article.turn[aria-busy="false"]').nth(1);
		await answered.waitFor();
		const quotations = await answered.locator('blockquote').allInnerTexts();
		// The table of sailings and the sentence about Sundays.
		assert.match(quotations.slice(0, 2).join('\n'), /only three boats sail.*\(p\. 3\)/s);
		assert.ok(
			quotations.every((quotation) => /\(p\. \d\)$/.test(quotation.trim())),
			quotations.join('\n'),
		);
	});

	it('shows the page of a quotation, also after a reload, and copies its number as text', async () => {
		await workbench.chooseFromContextMenu(['papers/tidal-harbours.pdf'], 'Describe');
		await workbench.finishedTurn();
		const panel = workbench.panel();
		await panel.locator('textarea').fill('How many ferries sail on a winter Sunday?');
		await panel.locator('textarea').press('Enter');
		const answered = panel.locator('article.turn[aria-busy="false"]').nth(1);
		await answered.locator('blockquote a', { hasText: '(p. 3)' }).first().click();
		const tab = workbench.page.locator('.tab', { hasText: 'tidal-harbours.pdf, page 3.png' });
		await tab.waitFor();
		const shown = (): Locator =>
			workbench.page
				.locator('iframe.webview.ready[src*="extensionId=vscode.media-preview"]:visible')
				.contentFrame()
				.locator('iframe#active-frame')
				.contentFrame()
				.locator('body.ready img');
		await shown().waitFor();
		await workbench.reload();
		await tab.click();
		await shown().waitFor();
		const { height = 0 } = (await shown().boundingBox()) ?? {};
		assert.ok(height > 100, `The page is ${height} px high.`);
		await workbench.panel().getByRole('button', { name: 'Insert at cursor' }).last().click();
		const inserted = workbench.page.locator('.view-lines', { hasText: '(p.\u00a03)' });
		await inserted.waitFor();
		assert.ok(!(await inserted.innerText()).includes('page:'));
	});

	it('leads to a question, though its answer is there before the panel has scrolled to it', async () => {
		await workbench.chooseFromContextMenu(['papers/tidal-harbours.pdf'], 'Describe');
		await workbench.finishedTurn();
		const panel = workbench.panel();
		const inPanel = (script: string): Promise<unknown> => panel.locator('main').evaluate(`(${script})()`, undefined);
		await inPanel(`() => {
			window.heard = [];
			window.addEventListener('message', ({ data }) => window.heard.push(data));
		}`);
		await panel.locator('textarea').fill('How many ferries sail on a winter Sunday?');
		await panel.locator('textarea').press('Enter');
		const turn = panel.locator('article.turn').nth(1);
		await panel.locator('article.turn[aria-busy="false"]').nth(1).waitFor();
		// What the host sent, in one go: before the question, the question, the whole answer.
		await inPanel(`async () => {
			const states = window.heard.filter(({ kind, state }) => kind === 'state' && state.turns.length === 2);
			const show = (data) => window.dispatchEvent(new MessageEvent('message', { data }));
			const [asked, answered] = [states[0], states.at(-1)];
			show({ ...asked, state: { ...asked.state, turns: asked.state.turns.slice(0, 1) } });
			await new Promise((resolve) => setTimeout(resolve, 200));
			show(asked);
			show(answered);
		}`);
		await eventually(async () => {
			const [answered, view] = [await turn.boundingBox(), await panel.locator('main').boundingBox()];
			const away = Math.abs((answered?.y ?? 0) - (view?.y ?? 0));
			assert.ok(away < 2, `The question is ${away} px away from where reading begins.`);
		});
	});

	it('answers again with a model that is chosen then', async () => {
		await workbench.chooseFromContextMenu(['images/wave-rule.png'], 'Describe');
		await workbench.finishedTurn();
		await offer().getByRole('button', { name: 'Choose a model' }).click();
		await workbench.chooseModel({ entry: 'Text reader' });
		await workbench.finishedTurn();
		assert.equal(await workbench.panel().locator('article.turn').count(), 1);
	});
});
