import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { eventually } from '../eventually.ts';
import { repository } from '../host/repository.ts';
import type { Workbench } from '../host/workbench.ts';
import type { Chat } from '../modelServer.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('the files of a conversation', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		async () => {
			const started = await startSession();
			await copyFile(
				join(repository, 'test', 'fixtures', 'moving', 'tide.gif'),
				join(started.workspace.folder, 'images', 'tide.gif'),
			);
			return started;
		},
		(at) => ({ session, workbench } = at),
		() => workbench.runCommand('View: Close All Editors'),
	);

	/** What the model gets with the next question, or with the files' first. */
	async function asked(question: string | readonly string[]): Promise<Chat> {
		const count = session.server.requests.length;
		session.server.next({ text: `Answer ${count}.` });
		if (typeof question === 'string') {
			await workbench.panel().locator('textarea').fill(question);
			await workbench.panel().locator('textarea').press('Enter');
		} else {
			await workbench.chooseFromContextMenu(question, 'Describe');
		}
		const { chat } = await session.server.request(count);
		await workbench
			.panel()
			.locator('.answer', { hasText: `Answer ${count}.` })
			.waitFor();
		await workbench.finishedTurn();
		return chat;
	}

	async function sizes({ images }: Chat): Promise<readonly (readonly (number | undefined)[])[]> {
		return Promise.all(
			images.map(async ({ bytes }) => {
				const { width, height } = await sharp(bytes).metadata();
				return [width, height];
			}),
		);
	}

	const labels = ({ turns }: Chat): readonly string[] =>
		[...(turns[0]?.text ?? '').matchAll(/File \d+: \w+ "[^"]+"/g)].map(([label]) => label);

	it('sends one frame of a moving picture, or four as one picture where that is ticked, also after a reload', async () => {
		const one = await asked(['images/tide.gif']);
		assert.deepEqual(await sizes(one), [[96, 64]]);
		const panel = workbench.panel();
		await panel.getByText('1 of 12 frames is sent').waitFor();
		await panel.getByText('tide.gif: 1 of 12 frames was sent.').waitFor();

		const box = panel.getByRole('checkbox', { name: 'Send 4 frames of tide.gif' });
		await box.focus();
		await workbench.page.keyboard.press('Space');
		await panel.getByText('Up to 4 of 12 frames are sent').waitFor();
		// It was drawn anew, and is still under the keyboard.
		await panel.locator('input[type=checkbox]:checked:focus').waitFor();
		const four = await asked('What moves?');
		const [[width = 0, height = 0] = []] = await sizes(four);
		assert.ok(width > 4 * 96 && height > 64 && height < 2 * 64, `${width} x ${height}`);
		assert.match(four.turns[0]?.text ?? '', /a moving picture of 12 frames .*0\.0 s, 2\.0 s, 4\.0 s, 5\.5 s/);
		await panel.getByText('tide.gif: 4 of 12 frames were sent, from 0.0 s to 5.5 s.').waitFor();

		await workbench.reload();
		await workbench.panel().locator('input[type=checkbox]:checked').waitFor();
		assert.deepEqual(await sizes(await asked('And then?')), [[width, height]]);
		await workbench.panel().getByRole('checkbox').uncheck();
		await workbench.panel().getByText('1 of 12 frames is sent').waitFor();
		assert.deepEqual(await sizes(await asked('And at last?')), [[96, 64]]);
	});

	it('leaves a removed file out of later questions, also after a reload, and keeps the last', async () => {
		const all = await asked(['images/tide.gif', 'images/harbour.jpg', 'images/wave-rule.png']);
		const before = labels(all);
		assert.equal(before.length, 3);
		const files = workbench.panel().getByRole('list', { name: 'Files' });
		const names = files.locator('.attachment-name');
		const second = (await names.allInnerTexts())[1] ?? '';
		await files.getByRole('button', { name: `Remove ${second} from this conversation` }).focus();
		await workbench.page.keyboard.press('Enter');
		await eventually(async () => assert.equal(await names.count(), 2));
		// The keyboard goes on at the file that took its place.
		await files.locator('li:nth-child(2) button.attachment:focus').waitFor();
		await workbench.page.locator('.tab', { hasText: '1 more' }).first().waitFor();
		const two = await asked('What is left?');
		assert.deepEqual(labels(two), [before[0], before[2]]);
		assert.equal(two.images.length, 2);
		assert.deepEqual(two.images[1]?.bytes, all.images[2]?.bytes);
		assert.equal(await workbench.panel().locator('article.turn').count(), 2);

		await workbench.reload();
		const shown = workbench.panel().getByRole('list', { name: 'Files' });
		await shown
			.getByRole('button', { name: /^Remove/ })
			.first()
			.click();
		await eventually(async () => assert.equal(await shown.locator('li').count(), 1));
		assert.equal(await shown.getByRole('button', { name: /^Remove/ }).count(), 0);
		assert.deepEqual(labels(await asked('And now?')), [before[2]]);
	});
});
