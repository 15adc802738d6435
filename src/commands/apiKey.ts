import { l10n, window } from 'vscode';
import { readEndpointSettings } from '../models/settings/endpointSettings.ts';
import { hostOf, mayCarryKey, originOf } from '../models/settings/endpoints.ts';
import { cleanKey, type Keys } from '../models/keys.ts';
import type { NamedEndpoint } from '../models/settings/presets.ts';
import { endpointsSetting } from '../models/settings/settings.ts';
import type { CheckServices } from './checkConnection.ts';

/** As `setApiKey`, then lets the user find out whether the key is of use. */
export async function setApiKeyAndOfferCheck(services: CheckServices): Promise<void> {
	const endpoint = await setApiKey(services.keys);
	if (!endpoint) {
		return;
	}
	const inUse = await services.models.target();
	const target =
		inUse && originOf(inUse.endpoint) === originOf(endpoint)
			? inUse
			: await services.models.target(`${endpoint.name}/${endpoint.defaultModel ?? ''}`);
	const check = l10n.t('Check connection');
	const chosen = await window.showInformationMessage(
		l10n.t('The API key for {0} is kept.', hostOf(endpoint)),
		...(target ? [check] : []),
	);
	if (chosen === check && target) {
		await (await import('./checkConnection.ts')).checkConnection(services, target);
	}
}

/** Asks for the key of an endpoint, or first which endpoint; the endpoint when one was stored. */
export async function setApiKey(keys: Keys, chosen?: NamedEndpoint): Promise<NamedEndpoint | undefined> {
	const endpoint = chosen ?? (await pickEndpoint());
	if (!endpoint) {
		return undefined;
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
		return undefined;
	}
	await keys.store(endpoint, key);
	return endpoint;
}

/** Header values cannot hold other characters, and no key has them. */
function isKey(text: string): boolean {
	return /^[\x21-\x7e]+$/.test(text);
}

/** One entry for each place that a key is for. */
async function pickEndpoint(): Promise<NamedEndpoint | undefined> {
	const endpoints = readEndpointSettings(endpointsSetting()).endpoints.filter(mayCarryKey);
	const firsts = endpoints.filter(
		(endpoint, index) => endpoints.findIndex((other) => originOf(other) === originOf(endpoint)) === index,
	);
	const picked = await window.showQuickPick(
		firsts.map((endpoint) => ({ label: namesAt(originOf(endpoint)), description: hostOf(endpoint), endpoint })),
		{ title: l10n.t('Which server is the key for?'), matchOnDescription: true },
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
	return readEndpointSettings(endpointsSetting())
		.endpoints.filter((endpoint) => originOf(endpoint) === origin)
		.map(({ name }) => name)
		.join(', ');
}
