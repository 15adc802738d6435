/**
 * Does work for each item, at most so many at a time and in their order, and gives each result as it comes. Work that
 * fails ends it with that failure; then, or when nobody reads on, the rest is aborted.
 */
export async function* inLanes<Item, Result>(
	items: readonly Item[],
	lanes: number,
	work: (item: Item, signal: AbortSignal) => Promise<Result>,
	signal: AbortSignal,
): AsyncGenerator<{ readonly item: Item; readonly result: Result }, void, undefined> {
	const end = new AbortController();
	const either = AbortSignal.any([signal, end.signal]);
	const waiting = items.values();
	const running = new Set<Promise<() => { readonly item: Item; readonly result: Result }>>();
	// Not all work can be ended; nobody waits for that once this is.
	const stopped = new Promise<never>((_resolve, reject) => {
		const stop = (): void => reject(signal.reason as Error);
		signal.addEventListener('abort', stop, { once: true, signal: end.signal });
	});
	stopped.catch(() => undefined);
	const start = (item: Item): void => {
		// A failure is handed over with the others' results, so that none goes unhandled once this has ended.
		const run = work(item, either).then(
			(result) => () => {
				running.delete(run);
				return { item, result };
			},
			(error: unknown) => () => {
				throw error;
			},
		);
		running.add(run);
	};
	try {
		for (;;) {
			for (let next; running.size < lanes && !(next = waiting.next()).done;) {
				signal.throwIfAborted();
				start(next.value);
			}
			if (running.size === 0) {
				return;
			}
			yield (await Promise.race([...running, stopped]))();
		}
	} finally {
		end.abort();
	}
}
