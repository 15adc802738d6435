import { commands, l10n, window } from 'vscode';
import { type Offer, offers } from '../models/lists/catalog.ts';
import { readEndpointSettings } from '../models/settings/endpointSettings.ts';
import type { Keys } from '../models/keys.ts';
import type { ModelLists } from '../models/lists/modelLists.ts';
import type { Subject } from '../models/modelSource.ts';
import { endpointsSetting, modelSetting, storeModelSetting } from '../models/settings/settings.ts';
import { setApiKey } from './apiKey.ts';
import { type Choice, type ChoiceItem, choiceItems, type OwnModel, typedItem } from './modelChoices.ts';

export interface ModelChoiceServices {
	readonly keys: Keys;
	readonly lists: ModelLists;
}

/** Lets the user choose what answers, from what is there now; stores it and returns its id, or undefined. */
export async function selectModel(services: ModelChoiceServices, subject: Subject): Promise<string | undefined> {
	for (;;) {
		const choice = await pick(services, subject);
		switch (choice?.kind) {
			case 'model':
				await storeModelSetting(choice.id);
				return choice.id;
			case 'key':
				await setApiKey(services.keys, choice.endpoint);
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

function pick({ keys, lists }: ModelChoiceServices, subject: Subject): Promise<Choice | undefined> {
	const { endpoints } = readEndpointSettings(endpointsSetting());
	const quickPick = window.createQuickPick<ChoiceItem>();
	const stopAsking = new AbortController();
	quickPick.title = l10n.t('Which model answers?');
	quickPick.placeholder = l10n.t('Choose one, or type endpoint/model-id');
	quickPick.matchOnDescription = true;
	const found = new Map<string, Offer>();
	let ofVsCode: readonly OwnModel[] = [];
	let timer: NodeJS.Timeout | undefined;
	let listed = 0;
	const draw = (): void => {
		// What is typed comes last: VS Code knows entries by their place, which must not move as Enter is pressed.
		quickPick.items = [
			...choiceItems([...found.values()], ofVsCode, modelSetting(), subject),
			...typedItem(quickPick.value, endpoints),
		];
	};
	const drawFound = (): void => {
		timer = undefined;
		const active = JSON.stringify(quickPick.activeItems[0]?.choice);
		draw();
		const stillActive = quickPick.items.filter(({ choice }) => choice && JSON.stringify(choice) === active);
		// None is active before VS Code has said which; to set none would leave Enter without a meaning.
		if (stillActive.length > 0) {
			quickPick.activeItems = stillActive;
		}
		listed = performance.now();
	};
	quickPick.onDidChangeValue(draw);
	draw();
	quickPick.busy = true;
	const listing = (async () => {
		const own = ownModels().then((models) => {
			ofVsCode = models;
			if (models.length > 0) {
				timer ??= setTimeout(drawFound, gathering);
			}
		});
		for await (const offer of offers(endpoints, keys, lists, stopAsking.signal)) {
			const before = found.get(offer.endpoint.name);
			found.set(offer.endpoint.name, offer);
			// What shows is drawn anew only for what looks different.
			if (JSON.stringify(before) === JSON.stringify(offer) || (!before && offer.kind === 'none')) {
				continue;
			}
			timer ??= setTimeout(drawFound, gathering);
		}
		await own;
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
			const [chosen] = [...quickPick.selectedItems, ...typedItem(quickPick.value, endpoints)];
			if (chosen) {
				resolve(chosen.choice);
				quickPick.hide();
			}
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

/** The models that other extensions bring; a choice for the user alone, as they may cost (platform.md 4). */
async function ownModels(): Promise<readonly OwnModel[]> {
	const { languageModelId, languageModels, seesImages } = await import('../models/languageModel.ts');
	return (await languageModels()).map((chat) => ({
		id: languageModelId(chat),
		name: chat.name,
		vendor: chat.vendor,
		seesImages: seesImages(chat),
	}));
}
