import assert from 'node:assert/strict';
import { copyFile, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { reply } from '../altTextReply.ts';
import type { Workbench } from '../host/workbench.ts';
import { createGate } from '../modelServer.ts';
import { eventually } from '../eventually.ts';
import { inSession, type Session, startSession } from './session.ts';

describe('Write alt text', () => {
	let session: Session;
	let workbench: Workbench;

	inSession(
		startSession,
		(at) => ({ session, workbench } = at),
		() => workbench.tidy(),
	);

	const pathOf = (name: string): string => join(session.workspace.folder, name);

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

	/** Saves, and expects these bytes in the file. */
	async function saves(name: string, text: string): Promise<void> {
		await workbench.page.keyboard.press('Control+S');
		await eventually(async () => {
			assert.equal(await readFile(pathOf(name), 'latin1'), Buffer.from(text).toString('latin1'));
		});
	}

	const undo = (): Promise<void> => workbench.page.keyboard.press('Control+Z');

	/** Until the editor shows a text. */
	async function shows(text: string): Promise<void> {
		await eventually(async () => {
			const lines = await workbench.page.locator('.editor-instance .view-lines').innerText();
			assert.ok(lines.replaceAll('\u00a0', ' ').includes(text), `The editor does not show "${text}".`);
		});
	}

	it('replaces the alt text by keyboard alone and not another byte, in one undo step', async () => {
		const count = session.server.requests.length;
		const text =
			'\ufeff# Pier  \r\n\r\n- one\u00a0 ![](../images/harbour.jpg "Dusk")  \r\n- ![](x.png)\t\r\n\r\n\r\nüß🦉';
		await open('docs/keyboard.md', text);
		session.server.next({ text: reply('Boats at dusk') });
		await chooseFix('Write alt text with Descry');
		await shows('![Boats at dusk]');
		assert.equal(session.server.requests.length, count + 1);
		await saves('docs/keyboard.md', text.replace('![]', '![Boats at dusk]'));
		await undo();
		await shows('![](../images/harbour.jpg');
		await saves('docs/keyboard.md', text);
	});

	describe('the role that a text is written for', () => {
		const text = 'One\n\n[![](../images/harbour.jpg)](https://example.org) two\n\nThree\n';
		const shown = 'link: where it leads · Alt+Enter';
		const list = (): Locator => workbench.page.locator('.quick-input-title', { hasText: 'What is the image for?' });
		const beside = async (): Promise<string> =>
			(await workbench.page.locator('.editor-instance .view-lines').innerText()).replaceAll('\u00a0', ' ');
		const inStatusBar = (): Locator =>
			workbench.page.getByRole('button', { name: /^Alt text was written for: .*\(Alt\+Enter\)$/ });

		async function write(name: string): Promise<void> {
			await open(name, text);
			session.server.next({ text: reply('To the map') });
			await chooseFix('Write alt text with Descry (link: where it leads)');
			await shows('![To the map]');
			await eventually(async () => assert.ok((await beside()).includes(shown)));
		}

		it('is shown, and changed by one key', async () => {
			await write('docs/role.md');
			assert.equal(await inStatusBar().count(), 1);
			const count = session.server.requests.length;
			await workbench.page.keyboard.press('Alt+Enter');
			await list().waitFor();
			session.server.next({ text: reply('Boats at dusk') });
			await workbench.page.keyboard.press('ArrowDown');
			await workbench.page.keyboard.press('Enter');
			await shows('![Boats at dusk]');
			assert.match((await session.server.request(count)).chat.question, /Its role here: It adds meaning/);
			await eventually(async () => assert.ok((await beside()).includes('informative · Alt+Enter')));
			await saves('docs/role.md', text.replace('![]', '![Boats at dusk]'));
			// Saved is not touched.
			assert.equal(await inStatusBar().count(), 1);
		});

		for (const [what, key] of [
			['typing', 'x'],
			['going to another line', 'ArrowUp'],
			['undoing', 'Control+Z'],
		] as const) {
			it(`is no longer shown, nor the key taken, after ${what}`, async () => {
				await write(`docs/role-${key}.md`);
				await workbench.page.keyboard.press(key);
				await inStatusBar().waitFor({ state: 'detached' });
				await eventually(async () => assert.ok(!(await beside()).includes('Alt+Enter')));
				await workbench.page.keyboard.press('Alt+Enter');
				await workbench.page.waitForTimeout(200);
				assert.equal(await list().count(), 0);
			});
		}
	});

	it('rewrites the alt text of the image that was clicked, from the context menu', async () => {
		const text = '![a](a.png) ![Old](../images/harbour.jpg) ![b](b.png)\n';
		await open('docs/mouse.md', text);
		session.server.next({ text: reply('Boats [at] dusk') });
		const place = workbench.page.locator('.view-line span span', { hasText: 'harbour.jpg' }).last();
		await workbench.chooseFromMenu(place, 'Write Alt Text');
		await shows('![Boats');
		await saves('docs/mouse.md', text.replace('![Old]', '![Boats \\[at\\] dusk]'));
	});

	for (const [name, text] of [
		['docs/hover.md', '![Boats](../images/harbour.jpg)\n'],
		['docs/hover.html', '<img alt="Boats" src="../images/harbour.jpg">\n'],
	] as const) {
		it(`shows the picture and its size on hover, by keyboard, in ${name}`, async () => {
			await open(name, text, 'Boats');
			const hover = workbench.page.locator('.monaco-hover', { hasText: '2400 × 1600 px, 302 KB' });
			// The extension may still be starting.
			await eventually(async () => {
				await workbench.page.keyboard.press('Control+K');
				await workbench.page.keyboard.press('Control+I');
				await hover.waitFor({ timeout: 2_000 });
			});
			const pictures = hover.locator('img');
			await eventually(async () => assert.equal((await pictures.first().boundingBox())?.width, 240));
			assert.equal(await pictures.count(), 1);
		});
	}

	it('offers no entry in the context menu of another kind of document', async () => {
		await writeFile(pathOf('docs/plain.txt'), '![](../images/harbour.jpg)\n');
		await workbench.goTo('docs/plain.txt', 1, 3);
		await workbench.page.locator('.view-line').first().click({ button: 'right' });
		await workbench.page.locator('.monaco-menu .action-item').first().waitFor();
		assert.equal(await workbench.page.locator('.monaco-menu', { hasText: 'Write Alt Text' }).count(), 0);
	});

	it('says what to do where no image is', async () => {
		await open('docs/none.md', '# No image ![\n');
		await workbench.runCommand('Descry: Write Alt Text');
		await workbench.notification(/Put the cursor on an image\b.* first\./).waitFor();
	});

	describe('when the document changed meanwhile', () => {
		const text = '![one](../images/wave-rule.png)\n\n![](../images/harbour.jpg)\n';
		const typed = '![new](../images/ferry-flow.png) and more\n';

		async function changeMeanwhile(name: string): Promise<void> {
			const count = session.server.requests.length;
			const gate = createGate();
			await open(name, text, '![](');
			session.server.next({ text: [gate.opened, reply('Boats at dusk')] });
			await workbench.runCommand('Descry: Write Alt Text');
			await session.server.request(count);
			await workbench.page.keyboard.press('Control+Home');
			await workbench.page.keyboard.insertText(typed);
			await shows('and more');
			gate.open();
			await workbench.notification('nothing was written. The text is: Boats at dusk').waitFor();
			await saves(name, typed + text);
		}

		it('writes nothing, and on "Write it now" writes it where the image is now, without asking again', async () => {
			await changeMeanwhile('docs/now.md');
			const count = session.server.requests.length;
			await workbench.notification('Boats at dusk').getByRole('button', { name: 'Write it now' }).click();
			await shows('![Boats at dusk](../images/harbour.jpg)');
			await saves('docs/now.md', typed + text.replace('![]', '![Boats at dusk]'));
			assert.equal(session.server.requests.length, count);
		});

		it('puts it on the clipboard on "Copy"', async () => {
			await changeMeanwhile('docs/copy.md');
			await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
			await workbench.notification('Boats at dusk').getByRole('button', { name: 'Copy' }).click();
			await eventually(async () => {
				assert.equal(await workbench.page.evaluate<unknown>('navigator.clipboard.readText()'), 'Boats at dusk');
			});
			await saves('docs/copy.md', typed + text);
		});

		it('says so when the image is gone', async () => {
			await changeMeanwhile('docs/gone.md');
			await workbench.page.locator('.view-line').first().click();
			await workbench.page.keyboard.press('Control+A');
			await workbench.page.keyboard.insertText('Nothing left.\n');
			await workbench.notification('Boats at dusk').getByRole('button', { name: 'Write it now' }).click();
			await workbench.notification('The document no longer holds that image.').waitFor();
			await saves('docs/gone.md', 'Nothing left.\n');
		});
	});

	it('marks an image as decorative only when its author agrees', async () => {
		const text = '![Old](../images/wave-rule.png)\n';
		const decorative = reply('', { decorative: true, reason: 'It only separates.' });
		const question = workbench.notification('which needs no alt text. It only separates.');
		await open('docs/decorative.md', text);
		session.server.next({ text: decorative });
		await workbench.runCommand('Descry: Write Alt Text');
		await question.hover();
		await question.getByRole('button', { name: /^Clear Notification/ }).click();
		await question.waitFor({ state: 'detached' });
		await saves('docs/decorative.md', text);
		session.server.next({ text: decorative });
		await workbench.runCommand('Descry: Write Alt Text');
		await question.getByRole('button', { name: 'Mark as decorative' }).click();
		await shows('![](../images/wave-rule.png)');
		await saves('docs/decorative.md', '![](../images/wave-rule.png)\n');
	});

	for (const [target, sentence] of [
		['../images/nowhere.png', '../images/nowhere.png: There is no such file.'],
		['../bad/zero-byte.png', '../bad/zero-byte.png: The file is empty.'],
		[
			'../bad/text-named.png',
			'../bad/text-named.png: This is not an image or PDF that Descry can read, whatever its name says.',
		],
		[
			'http://example.org/a.png',
			'“http://example.org/a.png” is on the web, and not by https; Descry reads images from files and by https.',
		],
	] as const) {
		it(`says in plain words why ${target} cannot be read`, async () => {
			const count = session.server.requests.length;
			const text = `![](${target})\n`;
			await open('docs/bad.md', text);
			await workbench.runCommand('Descry: Write Alt Text');
			await workbench.notification(sentence).waitFor();
			await saves('docs/bad.md', text);
			assert.equal(session.server.requests.length, count);
		});
	}

	describe('an image outside the workspace', () => {
		const dialog = (): Locator => workbench.page.locator('.monaco-dialog-box');

		for (const [what, target, question] of [
			['by its path', '../../descry-outside-PID.png', 'refers to an image outside the workspace: '],
			['by a link', '../images/link.png', 'a link to an image outside the workspace: '],
			[
				'by a link of a folder',
				'../images/linked/descry-outside-PID.png',
				'a link to an image outside the workspace: ',
			],
		] as const) {
			it(`is read only when the user agrees, ${what}`, async () => {
				const outside = join(session.workspace.folder, '..', `descry-outside-${process.pid}.png`);
				await copyFile(pathOf('images/visitors-chart.png'), outside);
				await rm(pathOf('images/link.png'), { force: true });
				await rm(pathOf('images/linked'), { force: true });
				await symlink(outside, pathOf('images/link.png'));
				await symlink(dirname(outside), pathOf('images/linked'));
				try {
					const count = session.server.requests.length;
					const document = `docs/${what.replaceAll(' ', '-')}.md`;
					const text = `![](${target.replace('PID', `${process.pid}`)})\n`;
					await open(document, text);
					await workbench.runCommand('Descry: Write Alt Text');
					await dialog().filter({ hasText: question }).filter({ hasText: outside }).waitFor();
					await dialog().getByRole('button', { name: 'Cancel' }).click();
					await dialog().waitFor({ state: 'detached' });
					await saves(document, text);
					assert.equal(session.server.requests.length, count);
					session.server.next({ text: reply('Visitors by month') });
					await workbench.runCommand('Descry: Write Alt Text');
					await dialog().getByRole('button', { name: 'Read it' }).click();
					await shows('![Visitors by month]');
				} finally {
					await rm(outside);
				}
			});
		}
	});

	it('reports a failure of the server with a way out', async () => {
		const text = '![](../images/harbour.jpg)\n';
		await open('docs/failure.md', text);
		session.server.next({ status: 500, headers: { 'x-should-retry': 'false' }, body: '' });
		await workbench.runCommand('Descry: Write Alt Text');
		const failure = workbench.notification(/^.*The server at 127\.0\.0\.1:\d+ failed\. Trying again may help\./s);
		session.server.next({ text: reply('Boats at dusk') });
		await failure.getByRole('button', { name: 'Try again' }).click();
		await shows('![Boats at dusk]');
		await saves('docs/failure.md', text.replace('![]', '![Boats at dusk]'));
	});

	it('ends the request when the progress notification is cancelled', async () => {
		const count = session.server.requests.length;
		const text = '![](../images/harbour.jpg)\n';
		await open('docs/cancel.md', text);
		session.server.next({ body: [createGate().opened] });
		await workbench.runCommand('Descry: Write Alt Text');
		const request = await session.server.request(count);
		const progress = workbench.notification('Writing alt text for harbour.jpg');
		await progress.getByRole('button', { name: 'Cancel' }).click();
		assert.equal(await request.closedEarly, true);
		await progress.waitFor({ state: 'detached' });
		assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
		await saves('docs/cancel.md', text);
	});

	describe('with the reader on this device', () => {
		const text = '![](../images/settings-screenshot.png)\n';

		before(() => session.configure(workbench, { 'descry.model': 'device/text' }));

		async function recognisedText(): Promise<Locator> {
			await workbench.page.locator('.quick-input-title', { hasText: 'Alt text for settings-screenshot.png' }).waitFor();
			return workbench.quickInput;
		}

		it('offers the recognised text in a box, and writes what is made of it on Enter', async () => {
			const count = session.server.requests.length;
			await open('docs/device.md', text);
			await workbench.runCommand('Descry: Write Alt Text');
			const box = await recognisedText();
			assert.match(await box.inputValue(), /Tides and gate/);
			await saves('docs/device.md', text);
			await box.fill('The settings page, station set to Lighthouse pier');
			await workbench.page.keyboard.press('Enter');
			await shows('![The settings page');
			await saves('docs/device.md', text.replace('![]', '![The settings page, station set to Lighthouse pier]'));
			assert.equal(session.server.requests.length, count);
		});

		it('writes nothing when the box is left', async () => {
			await open('docs/left.md', text);
			await workbench.runCommand('Descry: Write Alt Text');
			const box = await recognisedText();
			await workbench.page.keyboard.press('Escape');
			await box.waitFor({ state: 'hidden' });
			await saves('docs/left.md', text);
		});
	});
});
