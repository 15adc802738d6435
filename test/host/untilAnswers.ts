import type { LongProcess } from './longProcess.ts';

/** Waits until an address answers; fails when the server behind it ended, or after a minute. */
export async function untilAnswers(address: string, server: LongProcess): Promise<void> {
	const limit = AbortSignal.timeout(60_000);
	const ended = new AbortController();
	void server.ended.then(() => ended.abort());
	while (!ended.signal.aborted && !limit.aborted) {
		const isUp = await fetch(address).then(
			(response) => response.ok,
			() => false,
		);
		if (isUp) {
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`VS Code did not start.\n${server.output()}`);
}
