import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../eventually.ts';
import type { Workbench } from '../host/workbench.ts';
import { createGate } from '../modelServer.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('the panel', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		startSession,
		(at) => ({ session, workbench } = at),
		() => workbench.runCommand('View: Close All Editors'),
	);

	async function described(text: string): Promise<void> {
		session.server.next({ text });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench
			.panel()
			.locator('.answer', { hasText: text.split('\n')[0] ?? text })
			.waitFor();
		await workbench.finishedTurn();
	}

	/** The conversations on disk, as JSON. */
	async function saved(): Promise<readonly string[]> {
		const folder = join(session.editor.userData, 'User', 'globalStorage', 'descry.descry', 'conversations');
		const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
		return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
	}

	it('opens from the title bar of the image preview', async () => {
		session.server.next({ text: 'From the title bar.' });
		await workbench.openFile('images/harbour.jpg');
		await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Describe' }).click();
		await workbench.panel().locator('.answer', { hasText: 'From the title bar.' }).waitFor();
	});

	it('opens from the title bar of a PDF', async () => {
		session.server.next({ text: 'A PDF from the title bar.' });
		await workbench.openFile('papers/tidal-harbours.pdf');
		await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Describe' }).click();
		await workbench.panel().locator('.answer', { hasText: 'A PDF from the title bar.' }).waitFor();
	});

	it('opens for the active tab from the palette', async () => {
		session.server.next({ text: 'From the palette.' });
		await workbench.openFile('images/harbour.jpg');
		await workbench.runCommand('Descry: Describe');
		await workbench.panel().locator('.answer', { hasText: 'From the palette.' }).waitFor();
		assert.equal(await workbench.panel().locator('.attachment-name').innerText(), 'harbour.jpg');
	});

	it('keeps a running answer while it is hidden, and shows it whole again', async () => {
		const gate = createGate();
		const count = session.server.requests.length;
		session.server.next({ text: ['Before', gate.opened, ' and after.'] });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await workbench.panel().locator('.answer', { hasText: 'Before' }).waitFor();
		await workbench.page.locator('.tab').last().click();
		await workbench.runCommand('File: New Untitled Text File');
		await workbench.runCommand('View: Move Editor into Next Group');
		await workbench.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
		gate.open();
		const request = await session.server.request(count);
		assert.equal(await request.closedEarly, false);
		await workbench.page.locator('.tab', { hasText: 'harbour.jpg' }).last().click();
		await workbench.panel().locator('.answer', { hasText: 'Before and after.' }).waitFor();
		assert.equal(session.server.requests.length, count + 1);
	});

	it('shows after a reload what had come of an answer, stopped, and a question that was begun', async () => {
		session.server.next({ text: ['Half of it', createGate().opened] });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		const panel = workbench.panel();
		await panel.locator('.answer', { hasText: 'Half of it' }).waitFor();
		await panel.locator('textarea').fill('What I wanted to ask');
		await eventually(async () => assert.ok((await saved()).some((text) => text.includes('"answer":"Half of it"'))));
		await workbench.reload();
		const turn = await workbench.finishedTurn();
		assert.equal(await turn.locator('.answer').innerText(), 'Half of it');
		assert.equal(await turn.locator('.note').innerText(), 'Stopped');
		assert.equal(await panel.locator('textarea').inputValue(), 'What I wanted to ask');
		session.server.next({ text: 'All of it.' });
		await turn.getByRole('button', { name: 'Retry' }).click();
		await panel.locator('.answer', { hasText: 'All of it.' }).waitFor();
	});

	it('says which model the next question goes to, also when it was chosen elsewhere', async () => {
		await described('Something to ask about.');
		await workbench.runCommand('Descry: Select Model…');
		await workbench.chooseModel({ id: 'test/test-vision-small' });
		await workbench.panel().locator('.model', { hasText: 'test-vision-small' }).waitFor();
		await workbench.runCommand('Descry: Select Model…');
		await workbench.chooseModel({ id: 'test/test-vision' });
		await workbench.panel().locator('.model', { hasText: 'test-vision ·' }).waitFor();
	});

	it('keeps a question that was begun while it is hidden', async () => {
		await described('Something to ask about.');
		await workbench.panel().locator('textarea').fill('What I wanted to ask');
		await workbench.runCommand('View: Join All Editor Groups');
		await workbench.page.locator('.tab').first().click();
		await workbench.page.locator('iframe.webview[src*="descry.descry"]:visible').waitFor({ state: 'detached' });
		await workbench.page.locator('.tab').last().click();
		await eventually(async () =>
			assert.equal(await workbench.panel().locator('textarea').inputValue(), 'What I wanted to ask'),
		);
	});

	it('inserts an answer at the cursor of the last text editor', async () => {
		await workbench.openFile('README.md');
		await workbench.page.keyboard.press('Control+Home');
		await described('Inserted here.');
		await workbench.panel().getByRole('button', { name: 'Insert at cursor' }).click();
		await workbench.page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
		await workbench.page.locator('.view-line', { hasText: 'Inserted here.# Harbour' }).waitFor();
	});

	it('inserts the picture with its alt text at the cursor of the last document, by keyboard', async () => {
		await workbench.goTo('docs/guide.md', 1, 1);
		await described('Something else.');
		const count = session.server.requests.length;
		session.server.next({ text: '{"alt": "A harbour at dusk", "decorative": false}' });
		const panel = workbench.panel();
		await panel.getByRole('list', { name: 'Files' }).getByRole('button').first().focus();
		await workbench.page.keyboard.press('Tab');
		await panel.locator('[aria-label="Insert harbour.jpg with alt text at the cursor"]:focus').waitFor();
		await workbench.page.keyboard.press('Enter');
		await workbench.page.locator('.tab.active', { hasText: 'guide.md' }).waitFor();
		await workbench.page
			.locator('.view-line', { hasText: /^!\[A.harbour.at.dusk\]\(\.\.\/images\/harbour\.jpg\)/ })
			.waitFor();
		assert.equal(session.server.requests.length, count + 1);
	});

	it('puts the alt text of a picture on the clipboard', async () => {
		await described('Something else.');
		session.server.next({ text: '{"alt": "A harbour at dusk", "decorative": false}' });
		await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
		await workbench.panel().getByRole('button', { name: 'Copy alt text of harbour.jpg' }).click();
		await eventually(async () => {
			assert.equal(await workbench.page.evaluate<unknown>('navigator.clipboard.readText()'), 'A harbour at dusk');
		});
	});

	it('offers no alt text of a PDF', async () => {
		session.server.next({ text: 'A paper.' });
		await workbench.chooseFromContextMenu(['papers/tidal-harbours.pdf'], 'Describe');
		await workbench.finishedTurn();
		const files = workbench.panel().getByRole('list', { name: 'Files' });
		await files.getByText('pages').waitFor();
		assert.equal(await files.getByRole('button').count(), 1);
	});

	it('shows a long answer from its start, and the next question when it is asked', async () => {
		await described(Array.from({ length: 80 }, (_, index) => `Paragraph ${index}.`).join('\n\n'));
		const panel = workbench.panel();
		const isInView = async (text: string): Promise<boolean> => {
			const box = await panel.getByText(text, { exact: true }).boundingBox();
			const view = await panel.locator('main').boundingBox();
			return box !== null && view !== null && box.y >= view.y && box.y + box.height <= view.y + view.height;
		};
		await eventually(async () => assert.equal(await isInView('Paragraph 0.'), true));
		session.server.next({ text: 'Short.' });
		await panel.locator('textarea').fill('And then?');
		await panel.locator('textarea').press('Enter');
		await panel.locator('.answer', { hasText: 'Short.' }).waitFor();
		await eventually(async () => assert.equal(await isInView('And then?'), true));
	});

	it('stays at the end of a growing answer for who scrolled there, and where it is for who scrolled up', async () => {
		const [first, second] = [createGate(), createGate()];
		const paragraphs = (name: string): string =>
			Array.from({ length: 60 }, (_, index) => `${name} ${index}.\n\n`).join('');
		session.server.next({
			text: [paragraphs('One'), first.opened, paragraphs('Two'), second.opened, paragraphs('Three')],
		});
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		const panel = workbench.panel();
		const inMain = (expression: string): Promise<number> =>
			panel
				.locator('main')
				.evaluate<number, undefined>(`((main) => ${expression})(document.querySelector('main'))`, undefined);
		const scroll = (top: string): Promise<number> => inMain(`main.scrollTop = ${top}`);
		const fromEnd = (): Promise<number> => inMain('main.scrollHeight - main.scrollTop - main.clientHeight');
		const top = (): Promise<number> => inMain('main.scrollTop');
		await panel.getByText('One 59.', { exact: true }).waitFor();
		await scroll('main.scrollHeight');
		first.open();
		await panel.getByText('Two 59.', { exact: true }).waitFor();
		await eventually(async () => assert.ok((await fromEnd()) < 2));
		await scroll('300');
		second.open();
		await panel.getByText('Three 59.', { exact: true }).waitFor();
		await workbench.finishedTurn();
		assert.equal(await top(), 300);
	});

	it('asks before it follows a link, whose escapes stay as they are', async () => {
		const address = 'https://example.org/a?q=x%26y&b=1';
		session.server.next({ text: `See [the map](${address}).` });
		await workbench.chooseFromContextMenu(['images/harbour.jpg'], 'Describe');
		await (await workbench.finishedTurn()).locator('.answer a').click();
		const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'open the external website?' });
		assert.ok((await dialog.innerText()).includes(address));
		await dialog.getByRole('button', { name: 'Cancel' }).click();
	});

	it('copies the conversation to another panel without asking again', async () => {
		await described('Copied whole.');
		const count = session.server.requests.length;
		await workbench.panel().getByRole('button', { name: 'Open in new panel' }).click();
		await workbench.page.locator('.tab', { hasText: 'harbour.jpg' }).nth(2).waitFor();
		await workbench.panel().locator('.answer', { hasText: 'Copied whole.' }).waitFor();
		assert.equal(session.server.requests.length, count);
	});
});
