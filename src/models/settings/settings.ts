import * as vscode from 'vscode';

/**
 * A setting of scope `application`, as the user set it.
 * Never `get()`: VS Code before 1.136.2 lets a nested object in a workspace's settings pass the scope filter, and a
 * repository could then redirect keys and files (platform.md 3.1).
 */
function applicationSetting(key: string): unknown {
	const inspected = vscode.workspace.getConfiguration().inspect(key);
	return inspected?.globalValue ?? inspected?.defaultValue;
}

/** `descry.model`; empty when the user chose none. */
export function modelSetting(): string {
	const value = applicationSetting('descry.model');
	return typeof value === 'string' ? value.trim() : '';
}

/** `descry.endpoints`, unchecked. */
export function endpointsSetting(): unknown {
	return applicationSetting('descry.endpoints');
}

/** `descry.request`, unchecked. */
export function requestSetting(): unknown {
	return applicationSetting('descry.request');
}

/** `descry.privacy.confirmHosts`; on unless the user turned it off. */
export function confirmHostsSetting(): boolean {
	return applicationSetting('descry.privacy.confirmHosts') !== false;
}

/** `descry.privacy.stripMetadata`; on unless the user turned it off. */
export function stripMetadataSetting(): boolean {
	return applicationSetting('descry.privacy.stripMetadata') !== false;
}

/** Stores the model for all windows. */
export async function storeModelSetting(id: string): Promise<void> {
	await vscode.workspace.getConfiguration().update('descry.model', id, vscode.ConfigurationTarget.Global);
}
