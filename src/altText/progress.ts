import { ProgressLocation, window } from 'vscode';

/** Quick answers need no notice; one that flashes by only distracts. ms */
const quick = 400;

/** Runs work that the user can cancel from a notification, which shows only when the work takes a while. */
export async function withProgress<Result>(
	title: string,
	work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
	const controller = new AbortController();
	const result = work(controller.signal);
	const settled = result.then(
		() => true,
		() => true,
	);
	let timer: NodeJS.Timeout | undefined;
	const isSlow = new Promise<false>((resolve) => {
		timer = setTimeout(resolve, quick, false);
	});
	const isSettled = await Promise.race([settled, isSlow]);
	clearTimeout(timer);
	if (!isSettled) {
		await window.withProgress(
			{ location: ProgressLocation.Notification, title, cancellable: true },
			async (_progress, token) => {
				token.onCancellationRequested(() => controller.abort());
				await settled;
			},
		);
	}
	return result;
}
