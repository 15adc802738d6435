import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Workbench } from '../host/workbench.ts';
import { createGate } from '../modelServer.ts';
import { eventually } from './eventually.ts';
import { photographFailure, type Session, startSession } from './session.ts';

describe('Write alt text', () => {
	let session: Session;
	let workbench: Workbench;

	before(async () => {
		session = await startSession();
		workbench = await Workbench.open(session.browser, session.editor.address);
		// Opens a file of that name at a place: waits until the Markdown extension, and with it Descry, is there.
		await workbench.goTo('docs/guide.md', 1, 1);
	});

	afterEach(async function () {
		await photographFailure(this, workbench);
		await workbench.tidy();
	});

	after(() => session.end());

	const pathOf = (name: string): string => join(session.workspace.folder, name);
	const bytesOf = (name: string): Promise<string> => readFile(pathOf(name), 'latin1');

	/** A document of its own for a test, with the cursor at a place in it. */
	async function open(name: string, text: string, at = '![', move = 2): Promise<void> {
		await writeFile(pathOf(name), text);
		const before = text.slice(0, text.indexOf(at) + move);
		const lines = before.split(/\r?\n/);
		await workbench.goTo(name, lines.length, (lines.at(-1)?.length ?? 0) + 1);
	}

	/** Ctrl+., then the entry of that name by the arrow keys, as most are not the first, and Enter. */
	async function chooseFix(title: string): Promise<void> {
		const { page } = workbench;
		const rows = page.locator('.action-widget .monaco-list-row.action');
		const chosen = page.locator('.action-widget .monaco-list-row.focused');
		// The extension may still be starting.
		for (let attempt = 0; (await rows.filter({ hasText: title }).count()) === 0; attempt++) {
			assert.ok(attempt < 30, `Ctrl+. never offered "${title}".`);
			await page.keyboard.press('Escape');
			await page.keyboard.press('Control+.');
			await page.waitForTimeout(300);
		}
		for (let step = 0; !(await chosen.innerText()).includes(title); step++) {
			assert.ok(step < 20, `The arrow keys never reached "${title}".`);
			await page.keyboard.press('ArrowDown');
		}
		await page.keyboard.press('Enter');
	}

	async function save(): Promise<void> {
		await workbench.page.keyboard.press('Control+S');
		await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
	}

	/** Until the editor shows a text. */
	async function shows(text: string): Promise<void> {
		await eventually(async () => {
			const lines = await workbench.page.locator('.editor-instance .view-lines').innerText();
			assert.ok(lines.replaceAll('\u00a0', ' ').includes(text), `The editor does not show "${text}".`);
		});
	}

	it('replaces the alt text by keyboard alone and not another byte, in one undo step', async () => {
		const count = session.server.requests.length;
		const text = '\ufeff# Pier  \r\n\r\n\t- one\u00a0 ![](../images/harbour.jpg "Dusk")  \r\n- ![](x.png)\t\r\n\r\n\r\nüß🦉';
		await open('docs/keyboard.md', text);
		session.server.next({ text: reply('Boats at dusk') });
		await chooseFix('Write alt text with Descry');
		await shows('![Boats at dusk]');
		assert.equal(session.server.requests.length, count + 1);
		await save();
		const expected = text.replace('![]', '![Boats at dusk]');
		assert.equal(await bytesOf('docs/keyboard.md'), Buffer.from(expected).toString('latin1'));
		await workbench.page.keyboard.press('Control+Z');
		await shows('![](../images/harbour.jpg');
		await save();
		assert.equal(await bytesOf('docs/keyboard.md'), Buffer.from(text).toString('latin1'));
	});
});

function reply(alt: string, more: { readonly decorative?: boolean; readonly reason?: string } = {}): string {
	return JSON.stringify({ alt, decorative: false, reason: 'test', ...more });
}
