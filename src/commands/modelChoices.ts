import { l10n, type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { ListedModel } from '../client/modelList/modelList.ts';
import { maySeeImages } from '../client/modelList/visionHint.ts';
import type { Offer } from '../models/lists/catalog.ts';
import { hostOf, originOf } from '../models/settings/endpoints.ts';
import { deviceModelId, parseModelId, reservedNames } from '../models/modelId.ts';
import type { Subject } from '../models/modelSource.ts';
import type { NamedEndpoint } from '../models/settings/presets.ts';

export type Choice =
	| { readonly kind: 'model'; readonly id: string }
	| { readonly kind: 'key'; readonly endpoint: NamedEndpoint }
	| { readonly kind: 'settings' };

/** One of VS Code's own models. */
export interface OwnModel {
	/** As in `descry.model`. */
	readonly id: string;
	readonly name: string;
	readonly vendor: string;
	readonly seesImages: boolean | undefined;
}

export type ChoiceItem = QuickPickItem & { readonly choice?: Choice };

/**
 * The entries of *Select model*: what sees images, or may, by server; what certainly does not, unless it is to see some;
 * ways to more.
 */
export function choiceItems(
	found: readonly Offer[],
	ofVsCode: readonly OwnModel[],
	current: string,
	subject: Subject,
): readonly ChoiceItem[] {
	const offered = found.flatMap((offer) => (offer.kind === 'models' ? [offer] : []));
	const blind = [
		...ofVsCode.filter(isBlind).map((model) => ownItem(model, current)),
		...offered.flatMap(({ endpoint, models }) =>
			models.filter(isBlind).map((model) => modelItem(endpoint, model, current)),
		),
	];
	const seeing = ofVsCode.filter((model) => !isBlind(model)).map((model) => ownItem(model, current));
	return [
		separator(l10n.t('On this device')),
		{
			label: l10n.t('Text reader'),
			// What is typed is looked for here, too.
			description: current === deviceModelId ? l10n.t('{0}, in use', deviceModelId) : deviceModelId,
			detail: l10n.t('Reads only text, in images and PDFs. Nothing leaves this device.'),
			choice: { kind: 'model', id: deviceModelId },
		},
		...(seeing.length > 0 ? [separator(l10n.t('In VS Code')), ...seeing] : []),
		...offered.flatMap(({ endpoint, models }) => [
			separator(`${endpoint.name} · ${hostOf(endpoint)}`),
			...seeingFirst(
				models.filter((model) => !isBlind(model)),
				endpoint,
			).map((model) => modelItem(endpoint, model, current)),
		]),
		...(blind.length > 0 && subject !== 'images' ? [separator(l10n.t('Sees no images')), ...blind] : []),
		separator(l10n.t('More')),
		...keyItems(found),
		...found.flatMap((offer): readonly ChoiceItem[] =>
			offer.kind === 'unreachable'
				? [
						{
							label: `$(warning) ${l10n.t('{0} does not answer', offer.endpoint.name)}`,
							description: hostOf(offer.endpoint),
							choice: { kind: 'settings' },
						},
					]
				: [],
		),
		{ label: `$(gear) ${l10n.t('Add a server of your own')}`, choice: { kind: 'settings' } },
	];
}

/** The entry for an id that is typed, whether any list has it or not, or for the server that it would take. */
export function typedItem(typed: string, endpoints: readonly NamedEndpoint[]): readonly ChoiceItem[] {
	const parsed = parseModelId(typed.trim());
	if (!parsed || reservedNames.has(parsed.endpoint)) {
		return [];
	}
	const endpoint = endpoints.find(({ name }) => name === parsed.endpoint);
	return [
		endpoint
			? {
					label: parsed.model,
					description: hostOf(endpoint),
					alwaysShow: true,
					choice: { kind: 'model', id: typed.trim() },
				}
			: {
					label: `$(gear) ${l10n.t('Add a server named {0}', parsed.endpoint)}`,
					description: l10n.t('None has this name yet'),
					alwaysShow: true,
					choice: { kind: 'settings' },
				},
	];
}

/** Said by the server; a name proves nothing. */
function isBlind({ seesImages }: Pick<ListedModel, 'seesImages'>): boolean {
	return seesImages === false;
}

/** The server's default, then what sees, then what may by its name; else in the server's order. */
function seeingFirst(models: readonly ListedModel[], { defaultModel }: NamedEndpoint): readonly ListedModel[] {
	const rank = ({ id, seesImages }: ListedModel): number =>
		id === defaultModel ? 0 : seesImages === true ? 1 : maySeeImages(id) ? 2 : 3;
	return models.toSorted((one, other) => rank(one) - rank(other));
}

function modelItem({ name }: NamedEndpoint, model: ListedModel, current: string): ChoiceItem {
	const id = `${name}/${model.id}`;
	const facts = [
		id === current ? l10n.t('{0}, in use', name) : name,
		model.seesImages === true && (model.takesPdfs === true ? l10n.t('sees images, takes PDFs') : l10n.t('sees images')),
		model.seesImages !== true && model.takesPdfs === true && l10n.t('takes PDFs'),
		model.contextLength !== undefined && l10n.t('{0} tokens', shortNumber(model.contextLength)),
	];
	return {
		label: model.id,
		description: facts.filter((fact) => fact !== false).join(' · '),
		choice: { kind: 'model', id },
	};
}

function ownItem({ id, name, vendor, seesImages }: OwnModel, current: string): ChoiceItem {
	const facts = [
		id === current ? l10n.t('{0}, in use', vendor) : vendor,
		...(seesImages === true ? [l10n.t('sees images')] : []),
	];
	return { label: name, description: facts.join(' · '), choice: { kind: 'model', id } };
}

/** `128K`, `1M` */
function shortNumber(count: number): string {
	const [unit, size] = count >= 1_000_000 ? ['M', 1_000_000] : count >= 1_000 ? ['K', 1_000] : ['', 1];
	return `${Math.round(count / size)}${unit}`;
}

/** One entry for each place that a key is for, named by the first of its endpoints. */
function keyItems(found: readonly Offer[]): readonly ChoiceItem[] {
	const withoutKey = found.flatMap((offer) => (offer.kind === 'needs-key' ? [offer.endpoint] : []));
	const firsts = withoutKey.filter(
		(endpoint, index) => withoutKey.findIndex((other) => originOf(other) === originOf(endpoint)) === index,
	);
	return firsts.map((endpoint) => ({
		label: `$(key) ${l10n.t('Set API key for {0}', endpoint.name)}`,
		description: hostOf(endpoint),
		choice: { kind: 'key', endpoint },
	}));
}

function separator(label: string): ChoiceItem {
	return { label, kind: QuickPickItemKind.Separator };
}
