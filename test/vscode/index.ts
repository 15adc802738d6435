import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Where test/host looks for it: beside this bundle. */
const report = join(import.meta.dirname, 'report.txt');

/** What VS Code calls; each test file is a function that defines its suite. */
export async function run(): Promise<void> {
	writeFileSync(report, '');
	const print = (...words: readonly unknown[]): void => appendFileSync(report, `${format(...words)}\n`);
	const log = console.log;
	// The spec reporter prints through console.log, which goes nowhere from here.
	console.log = print;
	Mocha.reporters.Base.consoleLog = print;
	try {
		const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: true, forbidOnly: true });
		mocha.suite.emit('pre-require', globalThis, 'tests', mocha);
		await import('./activation.test.ts');
		await import('./describe.test.ts');
		await import('./altText.test.ts');
		await import('./altTextCommands.test.ts');
		await import('./altTextRole.test.ts');
		await import('./altTextHover.test.ts');
		await import('./altTextConduct.test.ts');
		await import('./privacy.test.ts');
		await import('./settings.test.ts');
		await import('./failures.test.ts');
		await import('./checkConnection.test.ts');
		await import('./languageModel.test.ts');
		await import('./modelChoices.test.ts');
		await new Promise<void>((resolve) => {
			mocha.run(() => resolve());
		});
	} catch (error) {
		print('1 failing', error);
	} finally {
		console.log = log;
		appendFileSync(report, 'END\n');
	}
}
