import { commands } from 'vscode';
import type { Action } from '../failures/action.ts';
import type { Keys } from '../models/keys.ts';
import type { ModelSource } from '../models/modelSource.ts';
import { setApiKey } from './apiKey.ts';

/** Carries out a button of a failure; true when the question should be asked again. */
export async function act(
	action: Action,
	services: { readonly models: ModelSource; readonly keys: Keys },
): Promise<boolean> {
	switch (action) {
		case 'set-api-key':
			return setApiKey(services.keys, services.models.currentEndpoint());
		case 'choose-model':
			return (await services.models.choose()) !== undefined;
		case 'try-again':
			return true;
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
