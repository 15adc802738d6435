/** The value, or an `AbortError` as soon as the signal says so: not all of VS Code's own waits can be ended. */
export function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const abort = (): void => {
			reject(signal.reason as Error);
		};
		signal.addEventListener('abort', abort, { once: true });
		value.then(resolve, reject).finally(() => {
			signal.removeEventListener('abort', abort);
		});
	});
}
