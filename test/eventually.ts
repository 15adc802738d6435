/** Tries until it succeeds: its last failure after ten seconds. */
export async function eventually<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
	const end = performance.now() + 10_000;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (performance.now() > end) {
				throw error;
			}
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}
