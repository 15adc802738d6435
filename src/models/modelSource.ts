import type { Keys } from './keys.ts';
import type { Model } from './model.ts';
import { deviceModelId, parseModelId } from './modelId.ts';
import type { LearnedRefusals } from './lists/learnedRefusals.ts';
import type { ModelLists } from './lists/modelLists.ts';
import type { ModelTarget } from './modelTarget.ts';
import type { SettingMistake } from './settings/settingReader.ts';
import { endpointsSetting, modelSetting, requestSetting, stripMetadataSetting } from './settings/settings.ts';
import type { ReadText } from './parts/recognisedPages.ts';

export interface ModelSourceServices {
	readonly keys: Keys;
	readonly lists: ModelLists;
	readonly refusals: LearnedRefusals;
	/** The reader on this device, made on first use. */
	readonly device: () => Promise<Model>;
	/** Lets the user choose; the id of the choice. */
	readonly select: (subject: Subject) => Promise<string | undefined>;
	/** Recognises the text of scanned pages, for models that see none. */
	readonly readText: ReadText;
	readonly log: (line: string) => void;
	/** Tells of what could not be read in the settings, which is left out. */
	readonly tellMistakes: (mistakes: SettingMistakes) => Promise<void>;
}

/** What a model is chosen for. One that is known to see no images is no choice for images. */
export type Subject = 'images' | 'anything';

/** By setting. */
export interface SettingMistakes {
	readonly 'descry.request': readonly SettingMistake[];
	readonly 'descry.endpoints': readonly SettingMistake[];
}

/** The model that answers, by the user's settings. */
export class ModelSource {
	readonly #services: ModelSourceServices;

	constructor(services: ModelSourceServices) {
		this.#services = services;
	}

	/** The model in use; asks when none is set, or one whose endpoint is gone. Undefined when the user chose none. */
	async current(subject: Subject): Promise<Model | undefined> {
		return (await this.chosen()) ?? (await this.choose(subject));
	}

	/** The model in use; undefined when none is set, or one whose endpoint is gone. */
	chosen(): Promise<Model | undefined> {
		return this.#modelOf(modelSetting());
	}

	async choose(subject: Subject): Promise<Model | undefined> {
		const id = await this.#services.select(subject);
		return id === undefined ? undefined : this.#modelOf(id);
	}

	/** Where a model is asked, and how; the model in use unless named. Undefined on this device. */
	async target(id = modelSetting()): Promise<ModelTarget | undefined> {
		const [{ readEndpointSettings }, { readRequestSettings }] = await Promise.all([
			import('./settings/endpointSettings.ts'),
			import('./settings/requestSettings.ts'),
		]);
		const { endpoints, mistakes } = readEndpointSettings(endpointsSetting());
		const { parameters, mistakes: requestMistakes } = readRequestSettings(requestSetting());
		await this.#services.tellMistakes({ 'descry.request': requestMistakes, 'descry.endpoints': mistakes });
		const parsed = parseModelId(id);
		const endpoint = endpoints.find(({ name }) => name === parsed?.endpoint);
		return parsed && endpoint
			? {
					endpoint,
					model: parsed.model,
					parameters: { ...parameters, ...endpoint.parameters },
					listed: this.#services.lists.of(endpoint)?.find((listed) => listed.id === parsed.model),
				}
			: undefined;
	}

	async #modelOf(id: string): Promise<Model | undefined> {
		if (id === deviceModelId) {
			return this.#services.device();
		}
		if (id.startsWith('vscode/')) {
			const { languageModel, languageModelId, languageModels } = await import('./languageModel.ts');
			const chat = (await languageModels()).find((one) => languageModelId(one) === id);
			return chat && languageModel(chat, this.#services.readText);
		}
		const target = await this.target(id);
		if (!target) {
			return undefined;
		}
		const { keys, refusals, readText, log } = this.#services;
		const { endpointModel } = await import('./endpointModel.ts');
		return endpointModel(target, { keys, refusals, readText, log, keepsMetadata: () => !stripMetadataSetting() });
	}
}
