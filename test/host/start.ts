import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFile } from './describeFile.ts';
import { desktopCode, startDesktop } from './desktop.ts';
import { startEditor } from './editor.ts';
import { packageExtension } from './package.ts';
import { playground, startSettings } from './playground.ts';

const { values } = parseArgs({
	options: {
		port: { type: 'string' },
		describe: { type: 'string' },
		model: { type: 'string' },
	},
});

try {
	await start();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

async function start(): Promise<void> {
	const { settings, model } = startSettings(process.env, values.model);
	const vsix = await packageExtension();
	console.log(`Answers come from ${model}.`);
	if (values.describe !== undefined) {
		await describeFile({ file: resolve(process.env['INIT_CWD'] ?? '.', values.describe), vsix, settings });
		return;
	}
	const code = values.port === undefined ? desktopCode() : undefined;
	if (code) {
		await startDesktop({ code, vsix, settings, folder: playground });
		return;
	}
	const port = values.port === undefined ? undefined : portNumber(values.port);
	const editor = await startEditor({ folder: playground, vsix, settings, port });
	console.log(`VS Code with Descry: ${editor.address}  (Ctrl+C ends it)`);
	await Promise.race([untilSignal(), editor.process.ended]);
	await editor.end();
}

function portNumber(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Error(`"${text}" is no port; a port is a number from 1 to 65535.`);
	}
	return port;
}

function untilSignal(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.once(signal, () => resolve());
		}
	});
}
