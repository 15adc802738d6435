import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { startEditor } from './editor.ts';
import { playground } from './playground.ts';
import { outFolder } from './repository.ts';
import { startBrowser, Workbench } from './workbench.ts';

/** *Describe* without hands: opens VS Code, right-clicks the file, prints the answer, leaves a screenshot. */
export async function describeFile(options: {
	readonly file: string;
	readonly vsix: string;
	readonly settings: Readonly<Record<string, unknown>>;
}): Promise<void> {
	const { file, vsix } = options;
	await stat(file).catch(() => {
		throw new Error(`There is no file ${file}.`);
	});
	const inPlayground = relative(playground, file);
	const folder = inPlayground.startsWith('..') ? dirname(file) : playground;
	const path = folder === playground ? inPlayground.replaceAll('\\', '/') : basename(file);
	// Naming the file on the command line is the consent that a person would give in the window.
	const settings = { ...options.settings, 'descry.privacy.confirmHosts': false };
	const editor = await startEditor({ folder, vsix, settings });
	try {
		const browser = await startBrowser();
		try {
			const workbench = await Workbench.open(browser, editor.address);
			console.log(`Describing ${path} ...`);
			await workbench.chooseFromContextMenu([path], 'Describe');
			const turn = await workbench.finishedTurn({ timeout: 300_000 });
			console.log(`\n${(await turn.innerText()).trim()}\n`);
			const screenshot = join(outFolder, 'describe.png');
			await workbench.page.screenshot({ path: screenshot });
			console.log(`Screenshot: ${relative('.', screenshot)}`);
		} finally {
			await browser.close();
		}
	} finally {
		await editor.end();
	}
}
