import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../host/repository.ts';
import { run } from '../host/run.ts';

/** What can be measured, each against the peers named in it. */
const benches: ReadonlyMap<string, () => Promise<void>> = new Map([
	['documents', async () => (await import('./documents.ts')).benchDocuments()],
	['attachments', async () => (await import('./attachments.ts')).benchAttachments()],
	['pdf', async () => (await import('./pdf.ts')).benchPdf()],
	['client', async () => (await import('./client.ts')).benchClient()],
]);

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : benches.keys()) {
	const bench = benches.get(name);
	if (!bench) {
		console.error(`There is no bench ${name}; there are ${[...benches.keys()].join(', ')}.`);
		process.exit(1);
	}
	await installPeers();
	console.log(`\n${name}`);
	await bench();
}

async function installPeers(): Promise<void> {
	const folder = join(repository, 'test', 'bench');
	if (!existsSync(join(folder, 'node_modules'))) {
		console.log('Installing the peers ...');
		await run('npm', ['ci', '--loglevel=error'], { cwd: folder });
	}
}
