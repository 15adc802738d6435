import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator, Request } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Workbench } from '../host/workbench.ts';
import { createGate } from '../modelServer.ts';
import { groundedConversation } from './groundedAnswer.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('What stands beside the text of an answer', () => {
	let session: Session;
	let workbench: Workbench;
	let panel: FrameLocator;
	const asked: string[] = [];

	inSession(startSession, async (at) => {
		({ session, workbench } = at);
		workbench.page.context().on('request', (request: Request) => void asked.push(request.url()));
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.finishedTurn();
		await session.changeConversation(workbench, (state) =>
			groundedConversation(state, join(session.workspace.folder, 'images', 'formats', 'boat.JPEG')),
		);
		panel = workbench.panel();
		await panel.locator('figure img').waitFor();
	});

	it('cites sources by number where they belong, and lists them with their hosts', async () => {
		const citations = [];
		for (const link of await panel.locator('.citation').all()) {
			citations.push(`${(await link.getAttribute('aria-label')) ?? ''} ${(await link.getAttribute('href')) ?? ''}`);
		}
		assert.deepEqual(citations, [
			'Source 2: Tide tables for every harbour of the coast https://tides.example.org/today',
			'Source 1: harbours.example https://vertexaisearch.cloud.google.com/grounding-api-redirect/a',
			'Source 2: Tide tables for every harbour of the coast https://tides.example.org/today',
			'Source 1: harbours.example https://vertexaisearch.cloud.google.com/grounding-api-redirect/a',
			'Source 3: example.com http://www.example.com/',
		]);
		assert.equal(
			await panel.locator('.markdown p').first().innerText(),
			'A stone harbour at low tide.2 The quay was built in 188712, and the tide is lowest at 6:12.',
		);
		assert.deepEqual(
			(await panel.locator('.sources li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')),
			['1 harbours.example', '2 Tide tables for every harbour of the coast tides.example.org', '3 example.com'],
		);
		assert.equal(
			await panel.locator('.redirected').innerText(),
			'Some of these links lead through vertexaisearch.cloud.google.com.',
		);
	});

	it('asks before it opens a source', async () => {
		await panel.locator('.sources a', { hasText: 'Tide tables' }).click();
		const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'https://tides.example.org/today' });
		await dialog.getByRole('button', { name: 'Cancel' }).click();
	});

	it('shows search suggestions as they came, without scripts or requests, and asks before it opens one', async () => {
		const frame = panel.locator('iframe.suggestions').contentFrame();
		const chip = frame.locator('.chip', { hasText: 'stone quay history' });
		assert.equal(
			await chip.getAttribute('href'),
			'https://vertexaisearch.cloud.google.com/grounding-api-redirect/quay',
		);
		assert.equal(await frame.locator('script, img, meta').count(), 0);
		const height = (await panel.locator('iframe.suggestions').boundingBox())?.height ?? 0;
		assert.ok(height > 30 && height < 80, `The suggestions are ${height} px high.`);
		await chip.focus();
		await workbench.page.keyboard.press('Enter');
		const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'grounding-api-redirect/quay' });
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		assert.deepEqual(
			asked.filter((url) => /evil|vertexai/.test(url)),
			[],
		);
	});

	it('tells the tokens and the model that answered in the place of another', async () => {
		assert.equal(
			(await panel.locator('.facts').textContent())?.replace('Tokens: ', ''),
			'gemini-2.5-flash · asked gemini-2.0-flash · models.example · 1,519 in (258 image), 403 out (120 thoughts) · 16.2 s',
		);
		assert.match(await panel.locator('.remark').innerText(), /was sent smaller/);
	});

	it('copies an image', async () => {
		await panel.locator('figure').getByRole('button', { name: 'Copy image' }).click();
		await workbench.page.locator('.statusbar-item', { hasText: 'Copied' }).waitFor();
	});

	it('saves an image', async () => {
		await panel.locator('figure').getByRole('button', { name: 'Save image' }).click();
		await workbench.quickInput.waitFor();
		await eventually(async () => assert.match(await workbench.quickInput.inputValue(), /images\/image\.jpg$/));
		await workbench.page.keyboard.press('Enter');
		await (await workbench.fileRow('images/image.jpg')).waitFor();
	});

	it('keeps the image in a copy of the conversation', async () => {
		await panel.getByRole('button', { name: 'Open in new panel' }).click();
		await workbench.page.locator('.tab', { hasText: 'harbour.jpg' }).nth(2).waitFor();
		await eventually(async () => {
			const width = await workbench
				.panel()
				.locator('figure img')
				.evaluate((image) => (image as unknown as { readonly naturalWidth: number }).naturalWidth);
			assert.ok(width > 0);
		});
	});

	it('folds thoughts, and draws them as they come while somebody reads them', async () => {
		const gate = createGate();
		session.server.next({ thought: 'The boats lie on the *mud*.', text: [gate.opened, 'Low tide.'] });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		const turn = workbench.panel().locator('article.turn').last();
		const summary = turn.locator('.thoughts summary');
		await summary.getByText('Thinking').waitFor();
		assert.equal(await turn.locator('.thoughts em').isVisible(), false);
		await summary.click();
		await turn.locator('.thoughts em', { hasText: 'mud' }).waitFor();
		gate.open();
		await workbench.finishedTurn();
		assert.match(await summary.innerText(), /^Thoughts(?: \(\d+ s\))?$/);
		assert.equal(await turn.locator('.thoughts em').isVisible(), true);
	});
});
