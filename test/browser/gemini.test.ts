import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../../src/client/json.ts';
import type { Workbench } from '../host/workbench.ts';
import { inSession, type Session, startSession } from './session.ts';

describe("An answer in Gemini's own protocol", () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		() =>
			startSession({
				protocol: 'gemini',
				settings: {
					'descry.model': 'test/gemini-3-flash-preview',
					'descry.request': { thinking: { include: true, level: 'low' }, webSearch: { enabled: true } },
				},
			}),
		(at) => ({ session, workbench } = at),
	);

	function bodyOf(index: number): JsonObject {
		const body = session.server.requests[index]?.body;
		assert.ok(isObject(body));
		return body;
	}

	it('shows thoughts, sources and drawn images, and was asked for them', async () => {
		const drawing = await readFile(join(session.workspace.folder, 'images', 'wave-rule.png'));
		session.server.next({
			thought: 'Looking at the quay.',
			text: ['A stone **harb', 'our** at low tide.'],
			images: [{ mediaType: 'image/png', bytes: drawing }],
			sources: [{ uri: 'https://tides.example.org/today', title: 'tides.example.org', quote: 'low tide' }],
			queries: ['tide at the stone harbour'],
		});
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		const turn = await workbench.finishedTurn();
		assert.match(await turn.locator('.markdown').first().innerText(), /^A stone harbour at low tide/);
		assert.match(await turn.locator('.sources').innerText(), /tides\.example\.org/);
		assert.equal(await turn.locator('.citation').count(), 1);
		assert.equal(await turn.locator('figure img').count(), 1);
		await turn.locator('details.thoughts summary').click();
		assert.match(await turn.locator('details.thoughts').innerText(), /Looking at the quay\./);
		assert.match(session.server.requests[0]?.path ?? '', /\/models\/gemini-3-flash-preview:streamGenerateContent$/);
		const { tools, generationConfig } = bodyOf(0);
		assert.deepEqual(tools, [{ googleSearch: {} }]);
		assert.ok(isObject(generationConfig));
		assert.deepEqual(generationConfig['thinkingConfig'], { includeThoughts: true, thinkingLevel: 'low' });
	});

	it('sends the answer back with a follow-up, and ends with the question', async () => {
		const count = session.server.requests.length;
		session.server.next({ text: 'Two.' });
		const box = workbench.panel().locator('textarea');
		await box.fill('How many boats?');
		await box.press('Enter');
		await session.server.request(count);
		await workbench.panel().locator('.answer', { hasText: 'Two.' }).waitFor();
		const { contents } = bodyOf(count);
		assert.ok(Array.isArray(contents));
		assert.deepEqual(
			contents.filter(isObject).map(({ role }) => role),
			['user', 'model', 'user'],
		);
	});

	it('describes a PDF that goes as a file', async () => {
		const count = session.server.requests.length;
		session.server.next({ text: 'A paper on tidal harbours (p. 1).' });
		await workbench.chooseFromContextMenu(['papers/tidal-harbours.pdf'], 'Describe');
		await session.server.request(count);
		const turn = await workbench.finishedTurn();
		assert.match(await turn.locator('.answer').innerText(), /A paper on tidal harbours/);
		assert.match(JSON.stringify(bodyOf(count)['contents']), /"mimeType":"application\/pdf"/);
	});
});
