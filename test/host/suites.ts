import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inDevelopmentHost } from './developmentHost.ts';
import { packageExtension } from './package.ts';
import { node24, outFolder, repository } from './repository.ts';
import { finish, run } from './run.ts';
import { createSampleWorkspace } from './sampleWorkspace.ts';

export interface Count {
	readonly passed: number;
	readonly failed: number;
}

export interface Suite {
	readonly name: string;
	readonly run: () => Promise<Count>;
}

/** Everything that `npm test` runs, quickest first. */
export const suites: readonly Suite[] = [
	{ name: 'types', run: () => command('npm', ['run', 'types', '--silent']) },
	{ name: 'lint', run: () => command('npm', ['run', 'lint', '--silent']) },
	{ name: 'package', run: packaging },
	{ name: 'unit', run: () => mocha(['test/unit/**/*.test.ts', '--require', './test/unit/propertySeed.ts']) },
	{ name: 'vscode', run: extensionHost },
	{ name: 'browser', run: () => mocha(['test/browser/**/*.test.ts', '--timeout', '120000']) },
];

/** What takes minutes; only by name: `npm run test:long`. */
export const longSuites: readonly Suite[] = [
	{ name: 'properties', run: () => mocha(['test/unit/**/*.test.ts']) },
	{ name: 'themes', run: everyTheme },
	{ name: 'long', run: damagedFiles },
];

async function everyTheme(): Promise<Count> {
	await packageExtension();
	const env = { ...process.env, EVERY_THEME: 'yes' };
	return mocha(['test/browser/appearance.test.ts', '--timeout', '120000'], env);
}

async function damagedFiles(): Promise<Count> {
	await run(node24, [join(repository, 'esbuild.mjs')]);
	return mocha(['test/long/**/*.test.ts']);
}

async function command(name: string, args: readonly string[]): Promise<Count> {
	const { code } = await finish(name, args, { show: true });
	return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function packaging(): Promise<Count> {
	await packageExtension();
	return { passed: 1, failed: 0 };
}

async function mocha(args: readonly string[], env = process.env): Promise<Count> {
	const entry = join(repository, 'node_modules', 'mocha', 'bin', 'mocha.js');
	const { code, output } = await finish(node24, [entry, '--color', '--forbid-only', ...args], { show: true, env });
	const count = countIn(output);
	// A run that broke before it counted anything is a failure all the same.
	return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** From mocha's closing lines, `12 passing (3s)` and `1 failing`. */
function countIn(output: string): Count {
	const number = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(output)?.[1] ?? 0);
	return { passed: number('passing'), failed: number('failing') };
}

/** The tests in test/vscode, inside a real extension host; they leave their report in a file. */
async function extensionHost(): Promise<Count> {
	// The tests drive dist/, which may be of an older day when this suite is run by name.
	await run(node24, [join(repository, 'esbuild.mjs'), '--production']);
	const folder = join(outFolder, 'test');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	// VS Code wants a CommonJS module; the tests themselves are ESM, as all else here.
	const testsModule = join(folder, 'index.cjs');
	await writeFile(testsModule, "exports.run = async () => (await import('./tests.mjs')).run();\n");
	await build({
		entryPoints: [join(repository, 'test', 'vscode', 'index.ts')],
		outfile: join(folder, 'tests.mjs'),
		bundle: true,
		platform: 'node',
		target: 'node22',
		format: 'esm',
		external: ['vscode', 'mocha'],
		sourcemap: 'inline',
		logLevel: 'warning',
	});
	const workspace = await createSampleWorkspace();
	try {
		const report = join(folder, 'report.txt');
		await inDevelopmentHost({
			folder: workspace.folder,
			testsModule,
			settings: {},
			finished: untilReported(report),
		});
		const output = await readFile(report, 'utf8');
		process.stdout.write(output.replace(/END\n$/, ''));
		return countIn(output);
	} finally {
		await workspace.remove();
	}
}

async function untilReported(report: string): Promise<void> {
	const limit = AbortSignal.timeout(300_000);
	while (!limit.aborted) {
		const text = await readFile(report, 'utf8').catch(() => '');
		if (text.endsWith('END\n')) {
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('The tests in the extension host did not end within five minutes.');
}
