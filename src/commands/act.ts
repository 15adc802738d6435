import { commands, ProgressLocation, window } from 'vscode';
import { type Action, timeOf } from '../failures/action.ts';
import { actionLabel, isPlain } from '../failures/sentences.ts';
import type { Keys } from '../models/keys.ts';
import type { ModelSource, Subject } from '../models/modelSource.ts';
import { setApiKey } from './apiKey.ts';

/** Carries out a button of a failure of a question on a subject; true when it should be asked again. */
export async function act(
	action: Action,
	services: { readonly models: ModelSource; readonly keys: Keys },
	subject: Subject,
): Promise<boolean> {
	if (!isPlain(action)) {
		return waitUntil(timeOf(action) ?? 0, actionLabel(action));
	}
	switch (action) {
		case 'set-api-key':
			return (await setApiKey(services.keys, (await services.models.target())?.endpoint)) !== undefined;
		case 'choose-model':
			return (await services.models.choose(subject)) !== undefined;
		case 'try-again':
		case 'fetch-here':
			return true;
		case 'check-connection':
			await commands.executeCommand('descry.checkConnection');
			return false;
		case 'open-settings':
			await commands.executeCommand('workbench.action.openSettings', 'descry.');
			return false;
		case 'open-proxy-settings':
			await commands.executeCommand('workbench.action.openSettings', 'http.proxy');
			return false;
		case 'show-log':
			await commands.executeCommand('descry.showLog');
			return false;
	}
}

/** Waits until a time, in epoch ms, unless the user stops it; whether it has come. */
async function waitUntil(time: number, title: string): Promise<boolean> {
	return window.withProgress(
		{ location: ProgressLocation.Notification, title, cancellable: true },
		(_progress, token) =>
			new Promise((resolve) => {
				const timer = setTimeout(() => resolve(true), Math.max(0, time - Date.now()));
				token.onCancellationRequested(() => {
					clearTimeout(timer);
					resolve(false);
				});
			}),
	);
}
