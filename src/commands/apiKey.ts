import { l10n, window } from 'vscode';
import { endpointsFrom, hostOf, mayCarryKey, originOf } from '../models/endpoints.ts';
import { cleanKey, type Keys } from '../models/keys.ts';
import type { NamedEndpoint } from '../models/presets.ts';
import { endpointsSetting } from '../models/settings.ts';

/** Asks for the key of an endpoint, or first which endpoint; true when one was stored. */
export async function setApiKey(keys: Keys, chosen?: NamedEndpoint): Promise<boolean> {
	const endpoint = chosen ?? (await pickEndpoint());
	if (!endpoint) {
		return false;
	}
	const typed = await window.showInputBox({
		title: l10n.t('API key for {0}', hostOf(endpoint)),
		prompt: l10n.t('Kept in the secret storage of VS Code and sent to {0} only.', hostOf(endpoint)),
		password: true,
		ignoreFocusOut: true,
		validateInput: (value) =>
			value !== '' && !isKey(cleanKey(value)) ? l10n.t('A key is one word without spaces.') : undefined,
	});
	const key = typed === undefined ? '' : cleanKey(typed);
	if (!isKey(key)) {
		return false;
	}
	await keys.store(endpoint, key);
	return true;
}

/** Header values cannot hold other characters, and no key has them. */
function isKey(text: string): boolean {
	return /^[\x21-\x7e]+$/.test(text);
}

async function pickEndpoint(): Promise<NamedEndpoint | undefined> {
	const picked = await window.showQuickPick(
		endpointsFrom(endpointsSetting())
			.filter(mayCarryKey)
			.map((endpoint) => ({ label: endpoint.name, description: hostOf(endpoint), endpoint })),
		{ title: l10n.t('Which server is the key for?') },
	);
	return picked?.endpoint;
}

/** Removes a stored key of the user's choice, after saying which. */
export async function removeApiKey(keys: Keys): Promise<void> {
	const origins = await keys.origins();
	if (origins.length === 0) {
		void window.showInformationMessage(l10n.t('There is no stored API key.'));
		return;
	}
	const picked = await window.showQuickPick(
		origins.map((origin) => ({ label: new URL(origin).host, description: namesAt(origin), origin })),
		{ title: l10n.t('Remove which API key?') },
	);
	if (picked) {
		await keys.remove(picked.origin);
		void window.showInformationMessage(l10n.t('The API key for {0} is removed.', picked.label));
	}
}

function namesAt(origin: string): string {
	return endpointsFrom(endpointsSetting())
		.filter((endpoint) => originOf(endpoint) === origin)
		.map(({ name }) => name)
		.join(', ');
}
