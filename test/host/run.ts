import { spawn } from 'node:child_process';
import { repository } from './repository.ts';

export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Shows the output as it comes, too. */
	readonly show?: boolean;
}

export interface Finished {
	readonly code: number;
	readonly output: string;
}

/** Runs a command to its end, whatever that is. */
export function finish(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd ?? repository,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && command === 'npm',
		});
		let output = '';
		const collect = (chunk: Buffer): void => {
			output += chunk.toString();
			if (options.show) {
				process.stdout.write(chunk);
			}
		};
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		child.on('error', reject);
		child.on('close', (code) => resolve({ code: code ?? 1, output }));
	});
}

/** Runs a command that must succeed; fails with the end of its output, so that a broken step explains itself. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
	const { code, output } = await finish(command, args, options);
	if (code !== 0) {
		throw new Error(`\`${command} ${args.join(' ')}\` ended with ${code}.\n${output.slice(-4_000)}`);
	}
	return output;
}
