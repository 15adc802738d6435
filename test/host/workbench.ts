import { type Browser, chromium as playwright, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { chromium, chromiumFlags } from './chromium.ts';

/** Starts the browser that shows VS Code. */
export async function startBrowser(): Promise<Browser> {
	return playwright.launch({ executablePath: await chromium(), args: [...chromiumFlags] });
}

/** A VS Code window in a browser, worked with mouse and keyboard as a person does. */
export class Workbench {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens the window and waits until the Explorer shows files. */
	static async open(browser: Browser, address: string, viewport = { width: 1400, height: 900 }): Promise<Workbench> {
		// axe wants a context of the page's own.
		const page = await (await browser.newContext({ viewport })).newPage();
		page.setDefaultTimeout(30_000);
		await page.goto(address);
		await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
		const workbench = new Workbench(page);
		// The workbench paints before what extensions contribute is there: until then an image opens as text.
		await workbench.#findCommand('Descry: Describe');
		await page.keyboard.press('Escape');
		return workbench;
	}

	/** A row of the Explorer; its folders are unfolded on the way. Path relative to the workspace, with `/`. */
	async fileRow(path: string): Promise<Locator> {
		const names = path.split('/');
		let row = this.#row(names[0] ?? '');
		for (const name of names.slice(1)) {
			await row.waitFor();
			if ((await row.getAttribute('aria-expanded')) === 'false') {
				await row.click();
			}
			row = this.#row(name);
		}
		await row.waitFor();
		return row;
	}

	/** Right-clicks files in the Explorer, the last of them with the mouse's right button, and chooses an entry. */
	async chooseFromContextMenu(paths: readonly string[], label: string): Promise<void> {
		const rows = [];
		for (const path of paths) {
			rows.push(await this.fileRow(path));
		}
		await rows[0]?.click();
		await this.#select(rows);
		const last = rows.at(-1);
		if (last) {
			await this.chooseFromMenu(last, label);
		}
	}

	/**
	 * Right-clicks a place and chooses an entry.
	 * Contributed entries come some seconds after the workbench paints: the menu is opened until it has the entry.
	 */
	async chooseFromMenu(place: Locator, label: string): Promise<void> {
		const entry = this.page.locator('.monaco-menu .action-item', { hasText: new RegExp(`^${escapePattern(label)}$`) });
		for (let attempt = 0; attempt < 30; attempt++) {
			await place.click({ button: 'right' });
			await this.page.locator('.monaco-menu .action-item').first().waitFor();
			if ((await entry.count()) > 0) {
				// A menu takes no click for its first 100 ms, so that the click that opened it chooses nothing.
				await this.page.waitForTimeout(150);
				await entry.click();
				return;
			}
			await this.page.keyboard.press('Escape');
			await this.page.waitForTimeout(500);
		}
		throw new Error(`The context menu never had the entry "${label}".`);
	}

	/**
	 * Runs a command by its title in the palette.
	 * Contributed commands come some seconds after the workbench paints: the palette is opened until it has this one.
	 */
	async runCommand(title: string): Promise<void> {
		for (let attempt = 0; attempt < 10; attempt++) {
			const entry = await this.#findCommand(title);
			try {
				await entry.click({ timeout: 3000 });
				return;
			} catch (error) {
				// Another quick pick, just closing, took the palette with it before it was clicked.
				if (await entry.isVisible()) {
					throw error;
				}
			}
		}
		throw new Error(`The palette was closed again and again before "${title}" could be chosen.`);
	}

	/** The entry of a command in the palette, which is reopened until it has it. */
	async #findCommand(title: string): Promise<Locator> {
		// The first entry may be another command with the same words in it.
		const entry = this.quickRow(title)
			.filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${escapePattern(title)}$`) }) })
			.first();
		for (let attempt = 0; attempt < 30; attempt++) {
			// A webview that has the focus and is still loading lets no key through.
			while (!(await this.quickInput.isVisible())) {
				await this.page.keyboard.press('F1');
				await shows(this.quickInput);
			}
			await this.quickInput.fill(`>${title}`);
			if (await shows(entry)) {
				return entry;
			}
			await this.page.keyboard.press('Escape');
		}
		throw new Error(`The palette never had the command "${title}".`);
	}

	/** The text field of the quick pick or input box that shows, as soon as it takes keys. */
	get quickInput(): Locator {
		return this.page.locator('.quick-input-widget:not(.quick-input-widget-closing) .quick-input-box input:focus');
	}

	/** Entries of the quick pick that shows. */
	quickRow(text: string | RegExp): Locator {
		return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
	}

	/** Chooses in the list of models that shows: by a typed id, or by an entry's text. */
	async chooseModel(choice: { readonly id: string } | { readonly entry: string }): Promise<void> {
		const picker = this.page.locator('.quick-input-widget:visible', { hasText: 'Which model answers?' });
		await picker.waitFor();
		const row = this.quickRow('id' in choice ? choice.id.slice(choice.id.indexOf('/') + 1) : choice.entry).first();
		if ('id' in choice) {
			await this.quickInput.fill(choice.id);
		}
		await row.waitFor();
		await picker.locator('.monaco-progress-container:not(.active)').waitFor({ state: 'attached' });
		// A list that has just changed takes no choice.
		await this.page.waitForTimeout(300);
		await ('id' in choice ? this.page.keyboard.press('Enter') : row.click());
	}

	/** Opens a file at a line and column, from 1, by the keyboard alone; the cursor is there afterwards. */
	async goTo(path: string, line: number, column: number): Promise<void> {
		const name = path.slice(path.lastIndexOf('/') + 1);
		await this.page.keyboard.press('Control+P');
		await this.quickInput.waitFor();
		await this.quickInput.fill(`${path}:${line}:${column}`);
		await this.quickRow(name).first().waitFor();
		await this.page.keyboard.press('Enter');
		await this.page.locator('.tab.active', { hasText: name }).waitFor();
		await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, ` }).waitFor();
	}

	/** The notification that shows, with a text. */
	notification(text: string | RegExp): Locator {
		return this.page.locator('.notification-toast', { hasText: text });
	}

	/** Closes what a test left open: menus, notifications, editors. What is not saved is lost. */
	async tidy(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.runCommand('Notifications: Clear All Notifications');
		await this.runCommand('View: Close All Editors');
		const dialog = this.page.locator('.monaco-dialog-box');
		const discard = dialog.getByRole('button', { name: "Don't Save" });
		const tabs = this.page.locator('.tab');
		for (let attempt = 0; attempt < 100 && (await tabs.count()) > 0; attempt++) {
			if (await discard.isVisible()) {
				await discard.click();
			}
			await this.page.waitForTimeout(50);
		}
	}

	/** Reloads the window, in VS Code's own way: a page that is just reloaded may lose what VS Code had not stored yet. */
	async reload(): Promise<void> {
		const loaded = this.page.waitForEvent('load');
		await this.runCommand('Developer: Reload Window');
		await loaded;
		await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
	}

	/** Opens a file in an editor by a double click in the Explorer. */
	async openFile(path: string): Promise<void> {
		await (await this.fileRow(path)).dblclick();
		await this.page.locator('.tab.active', { hasText: path.slice(path.lastIndexOf('/') + 1) }).waitFor();
	}

	/** What Descry's panel that shows draws into. */
	panel(): FrameLocator {
		return this.page
			.locator('iframe.webview.ready[src*="extensionId=descry.descry"]:visible')
			.last()
			.contentFrame()
			.locator('iframe#active-frame')
			.contentFrame();
	}

	/** The last turn of the panel, when its answer has ended. */
	async finishedTurn(options: { readonly timeout?: number } = {}): Promise<Locator> {
		const turn = this.panel().locator('article.turn').last();
		await this.panel().locator('article.turn:last-of-type[aria-busy="false"]').waitFor(options);
		return turn;
	}

	/** Adds rows to the selection until it holds: the file that the first click opened is revealed alone a little later. */
	async #select(rows: readonly Locator[]): Promise<void> {
		const selected = async (): Promise<readonly boolean[]> =>
			Promise.all(rows.map(async (row) => (await row.getAttribute('aria-selected')) === 'true'));
		for (let calm = 0; calm < 3;) {
			const states = await selected();
			for (const [index, row] of rows.entries()) {
				if (!states[index]) {
					await row.click({ modifiers: ['Control'] });
				}
			}
			calm = states.every(Boolean) ? calm + 1 : 0;
			await this.page.waitForTimeout(rows.length > 1 ? 100 : 0);
		}
	}

	#row(name: string): Locator {
		return this.page
			.locator('.explorer-folders-view .monaco-list-row')
			.filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${escapePattern(name)}$`) }) })
			.first();
	}
}

/** Whether it does within a second. */
function shows(locator: Locator): Promise<boolean> {
	return locator.waitFor({ timeout: 1_000 }).then(
		() => true,
		() => false,
	);
}

function escapePattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
