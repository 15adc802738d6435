import assert from 'node:assert/strict';
import type { Workbench } from '../host/workbench.ts';
import { createGate } from '../modelServer.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('Describe', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(startSession, (at) => ({ session, workbench } = at));

	it('streams the answer into a panel beside, from the context menu of a picture', async () => {
		const gate = createGate();
		session.server.next({ text: ['A **stone harbour**', gate.opened, ' at dusk.'] });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		const panel = workbench.panel();
		await panel.locator('.answer strong', { hasText: 'stone harbour' }).waitFor();
		assert.equal(await panel.locator('article.turn').getAttribute('aria-busy'), 'true');
		gate.open();
		const turn = await workbench.finishedTurn();
		assert.equal(await turn.locator('.answer').innerText(), 'A stone harbour at dusk.');
		assert.match(
			(await turn.locator('.facts').textContent()) ?? '',
			/^test-vision · 127\.0\.0\.1:\d+ · Tokens: \d+ in, \d+ out · [\d.]+ s$/,
		);
		assert.equal(await panel.locator('.attachment-name').innerText(), 'harbour.jpg');
		assert.match(await panel.locator('.attachment-detail').innerText(), /2400 × 1600 px/);
		assert.match((await panel.locator('img.thumbnail').getAttribute('src')) ?? '', /^data:image\//);
	});

	it('sends the picture upright, small enough and without its metadata', () => {
		const [image] = session.server.requests[0]?.chat.images ?? [];
		assert.equal(image?.mediaType, 'image/jpeg');
		assert.equal(image.bytes.includes('Exif'), false);
		assert.equal(image.bytes.includes('Pellhaven'), false);
	});

	it('answers a follow-up, sending the earlier turns along', async () => {
		const count = session.server.requests.length;
		session.server.next({ text: 'No mooring.' });
		const panel = workbench.panel();
		await panel.locator('textarea').fill('What does the sign say?');
		await panel.locator('textarea').press('Enter');
		const request = await session.server.request(count);
		assert.deepEqual(
			request.chat.turns.map(({ role }) => role),
			['user', 'assistant', 'user'],
		);
		assert.equal(request.chat.turns[1]?.text, 'A **stone harbour** at dusk.');
		assert.equal(request.chat.question, 'What does the sign say?');
		await panel.locator('article.turn', { hasText: 'No mooring.' }).waitFor();
		assert.equal(await panel.locator('article.turn').count(), 2);
	});

	it('stops at once, keeps what came, and asks again on Retry', async () => {
		const count = session.server.requests.length;
		session.server.next({ text: ['Only this', createGate().opened] });
		await workbench.chooseFromContextMenu(['images/visitors-chart.png'], 'Describe');
		const panel = workbench.panel();
		await panel.locator('.answer', { hasText: 'Only this' }).waitFor();
		await panel.getByRole('button', { name: 'Stop' }).click();
		const request = await session.server.request(count);
		assert.equal(await request.closedEarly, true);
		await panel.locator('.note', { hasText: 'Stopped' }).waitFor();
		assert.equal(await panel.locator('.answer').innerText(), 'Only this');
		session.server.next({ text: 'All of it.' });
		await panel.getByRole('button', { name: 'Retry' }).click();
		await panel.locator('.answer', { hasText: 'All of it.' }).waitFor();
		assert.equal(await panel.locator('article.turn').count(), 1);
	});

	it('reuses the panel that shows', async () => {
		session.server.next({ text: 'A ferry plan.' });
		await workbench.chooseFromContextMenu(['images/ferry-flow.png'], 'Describe');
		await workbench.panel().locator('.answer', { hasText: 'A ferry plan.' }).waitFor();
		await workbench.finishedTurn();
		assert.deepEqual(
			(await workbench.page.locator('.tab').allInnerTexts()).map((text) => text.replace('\n', '')),
			['ferry-flow.png', 'ferry-flow.png'],
		);
	});

	it('describes a PDF from its text and pages, and answers with page numbers', async () => {
		const count = session.server.requests.length;
		session.server.next({ text: 'A paper on tidal harbours (p. 1).' });
		await workbench.chooseFromContextMenu(['papers/tidal-harbours.pdf'], 'Describe');
		const request = await session.server.request(count);
		const [first] = request.chat.turns;
		assert.match(first?.text ?? '', /\[page 3\][^]*only\s+three\s+boats\s+sail[^]*\[page 4\]/);
		// The pages with figures.
		assert.equal(first?.images.length, 2);
		const turn = await workbench.finishedTurn();
		assert.match(await turn.locator('.coverage').innerText(), /read all 6 pages\. As pictures: pages 1–2\.$/);
		session.server.next({ text: 'Three (p. 3).' });
		await workbench.panel().locator('textarea').fill('How many ferries sail on a winter Sunday?');
		await workbench.panel().locator('textarea').press('Enter');
		await workbench.panel().locator('article.turn', { hasText: 'Three (p. 3).' }).waitFor();
	});

	it('skips what does not fit in a selection, and says so', async () => {
		const count = session.server.requests.length;
		await workbench.chooseFromContextMenu(['README.md', 'images/harbour.jpg', 'images/ferry-flow.png'], 'Describe');
		const request = await session.server.request(count);
		assert.equal(request.chat.images.length, 2);
		await workbench.page.locator('.notification-toast', { hasText: 'One selected file was skipped' }).waitFor();
		await workbench.finishedTurn();
	});

	it('asks before it sends more than five files', async () => {
		const count = session.server.requests.length;
		const names = ['boat.gif', 'boat.webp', 'boat.avif', 'boat.tif', 'boat.JPEG'].map(
			(name) => `images/formats/${name}`,
		);
		await workbench.chooseFromContextMenu([...names, 'images/wave-rule.png'], 'Describe');
		const dialog = workbench.page.locator('.monaco-dialog-box');
		await dialog.waitFor();
		assert.match(await dialog.innerText(), /6 files \(.*\) .*test-vision/);
		assert.equal(session.server.requests.length, count);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		await workbench.panel().locator('.failure', { hasText: 'Nothing was sent.' }).waitFor();
		await workbench.panel().getByRole('button', { name: 'Try again' }).click();
		await dialog.getByRole('button', { name: 'Read' }).click();
		const request = await session.server.request(count);
		assert.equal(request.chat.images.length, 6);
		await workbench.finishedTurn();
	});

	it('ends the request when the panel is closed', async () => {
		const count = session.server.requests.length;
		session.server.next({ text: ['Going', createGate().opened] });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.panel().locator('.answer', { hasText: 'Going' }).waitFor();
		await workbench.page.locator('.tab').last().click();
		await workbench.runCommand('View: Close Editor');
		const request = await session.server.request(count);
		assert.equal(await request.closedEarly, true);
	});

	it('shows the conversation again after a reload without asking the model again', async () => {
		session.server.next({ text: 'Remember me.' });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.panel().locator('.answer', { hasText: 'Remember me.' }).waitFor();
		await workbench.finishedTurn();
		const count = session.server.requests.length;
		await workbench.reload();
		await workbench.panel().locator('.answer', { hasText: 'Remember me.' }).waitFor();
		assert.equal(session.server.requests.length, count);
		session.server.next({ text: 'Still here.' });
		await workbench.panel().locator('textarea').fill('Are you still there?');
		await workbench.panel().locator('textarea').press('Enter');
		await workbench.panel().locator('article.turn', { hasText: 'Still here.' }).waitFor();
		assert.equal(session.server.requests[count]?.chat.images.length, 1);
	});
});
