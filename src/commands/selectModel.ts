import { commands, l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { type Offer, offers } from '../models/catalog.ts';
import { endpointsFrom, hostOf } from '../models/endpoints.ts';
import type { Keys } from '../models/keys.ts';
import { deviceModelId, parseModelId } from '../models/modelId.ts';
import type { NamedEndpoint } from '../models/presets.ts';
import { endpointsSetting, modelSetting, storeModelSetting } from '../models/settings.ts';
import { setApiKey } from './apiKey.ts';

type Choice =
	| { readonly kind: 'model'; readonly id: string }
	| { readonly kind: 'key'; readonly endpoint: NamedEndpoint }
	| { readonly kind: 'settings' };

type ChoiceItem = QuickPickItem & { readonly choice?: Choice };

/** Lets the user choose what answers, from what is there now; stores it and returns its id, or undefined. */
export async function selectModel(keys: Keys): Promise<string | undefined> {
	for (;;) {
		const choice = await pick(keys);
		switch (choice?.kind) {
			case 'model':
				await storeModelSetting(choice.id);
				return choice.id;
			case 'key':
				await setApiKey(keys, choice.endpoint);
				break;
			case 'settings':
				await commands.executeCommand('workbench.action.openSettings', 'descry.endpoints');
				return undefined;
			case undefined:
				return undefined;
		}
	}
}

/** Most endpoints answer at once; the list is drawn once for all of them. ms */
const gathering = 50;

/** A choice in a list that changed just then may be meant for what stood there before: it is not taken. ms */
const settling = 200;

function pick(keys: Keys): Promise<Choice | undefined> {
	const endpoints = endpointsFrom(endpointsSetting());
	const quickPick = window.createQuickPick<ChoiceItem>();
	const stopAsking = new AbortController();
	quickPick.title = l10n.t('Which model answers?');
	quickPick.placeholder = l10n.t('Choose one, or type endpoint/model-id');
	quickPick.matchOnDescription = true;
	const found: Offer[] = [];
	let timer: NodeJS.Timeout | undefined;
	let listed = 0;
	const draw = (): void => {
		// What is typed comes last: VS Code knows entries by their place, which must not move as Enter is pressed.
		quickPick.items = [...itemsOf(found), ...typedItem(quickPick.value, endpoints)];
	};
	const drawFound = (): void => {
		timer = undefined;
		const active = JSON.stringify(quickPick.activeItems[0]?.choice);
		draw();
		quickPick.activeItems = quickPick.items.filter(({ choice }) => choice && JSON.stringify(choice) === active);
		listed = performance.now();
	};
	quickPick.onDidChangeValue(draw);
	draw();
	quickPick.busy = true;
	const listing = (async () => {
		for await (const offer of offers(endpoints, keys, stopAsking.signal)) {
			found.push(offer);
			timer ??= setTimeout(drawFound, gathering);
		}
		if (timer !== undefined) {
			clearTimeout(timer);
			drawFound();
		}
		quickPick.busy = false;
	})();
	return new Promise((resolve, reject) => {
		listing.catch(reject);
		quickPick.onDidAccept(() => {
			if (performance.now() - listed < settling) {
				return;
			}
			resolve(quickPick.selectedItems[0]?.choice);
			quickPick.hide();
		});
		quickPick.onDidHide(() => {
			stopAsking.abort();
			clearTimeout(timer);
			resolve(undefined);
			quickPick.dispose();
		});
		quickPick.show();
	});
}

function typedItem(typed: string, endpoints: readonly NamedEndpoint[]): readonly ChoiceItem[] {
	const parsed = parseModelId(typed.trim());
	const endpoint = endpoints.find(({ name }) => name === parsed?.endpoint);
	return parsed && endpoint
		? [
				{
					label: parsed.model,
					description: hostOf(endpoint),
					alwaysShow: true,
					choice: { kind: 'model', id: typed.trim() },
				},
			]
		: [];
}

function itemsOf(found: readonly Offer[]): readonly ChoiceItem[] {
	const withModels = found.flatMap((offer) => (offer.kind === 'models' ? [offer] : []));
	const withoutKey = found.flatMap((offer) => (offer.kind === 'needs-key' ? [offer.endpoint] : []));
	const unreachable = found.flatMap((offer) => (offer.kind === 'unreachable' ? [offer.endpoint] : []));
	const current = modelSetting();
	return [
		separator(l10n.t('On this device')),
		{
			label: l10n.t('Text reader'),
			description: current === deviceModelId ? l10n.t('in use') : '',
			detail: l10n.t('Reads only text, in images and PDFs. Nothing leaves this device.'),
			choice: { kind: 'model', id: deviceModelId },
		},
		...withModels.flatMap(({ endpoint, models }) => [
			separator(`${endpoint.name} · ${hostOf(endpoint)}`),
			...models.map((model): ChoiceItem => {
				const id = `${endpoint.name}/${model}`;
				return {
					label: model,
					description: id === current ? l10n.t('{0}, in use', endpoint.name) : endpoint.name,
					choice: { kind: 'model', id },
				};
			}),
		]),
		separator(l10n.t('More')),
		...withoutKey.map((endpoint): ChoiceItem => ({
			label: `$(key) ${l10n.t('Set API key for {0}', endpoint.name)}`,
			description: hostOf(endpoint),
			choice: { kind: 'key', endpoint },
		})),
		...unreachable.map((endpoint): ChoiceItem => ({
			label: `$(warning) ${l10n.t('{0} does not answer', endpoint.name)}`,
			description: hostOf(endpoint),
			choice: { kind: 'settings' },
		})),
		{ label: `$(gear) ${l10n.t('Add a server of your own')}`, choice: { kind: 'settings' } },
	];
}

function separator(label: string): ChoiceItem {
	return { label, kind: QuickPickItemKind.Separator };
}
