import { type ChildProcess, spawn } from 'node:child_process';

/** A server that runs until it is ended, with all that it started. */
export interface LongProcess {
	/** The end of what it printed. */
	output(): string;
	/** Settles when it ended, by whatever cause. */
	readonly ended: Promise<void>;
	/** Ends it and its children; settles when they are gone. */
	end(): Promise<void>;
}

/** Starts a command in a process group of its own, so that ending it ends what it started too. */
export function startProcess(
	command: string,
	args: readonly string[],
	options: { readonly env: NodeJS.ProcessEnv },
): LongProcess {
	const child = spawn(command, args, { env: options.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
	let output = '';
	const collect = (chunk: Buffer): void => {
		output = (output + chunk.toString()).slice(-20_000);
	};
	child.stdout.on('data', collect);
	child.stderr.on('data', collect);
	const ended = new Promise<void>((resolve) => {
		child.on('error', (error) => {
			collect(Buffer.from(error.message));
			resolve();
		});
		child.on('exit', () => resolve());
	});
	return {
		output: () => output,
		ended,
		async end() {
			signalGroup(child, 'SIGTERM');
			const force = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
			await ended;
			clearTimeout(force);
			signalGroup(child, 'SIGKILL');
		},
	};
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	try {
		if (pid !== undefined) {
			process.kill(-pid, signal);
		}
	} catch {
		// The group is gone already.
	}
}
