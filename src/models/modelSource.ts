import type { Keys } from './keys.ts';
import { endpointModel } from './endpointModel.ts';
import { endpointsFrom } from './endpoints.ts';
import type { Model } from './model.ts';
import { deviceModelId, parseModelId } from './modelId.ts';
import type { NamedEndpoint } from './presets.ts';
import type { ReadText } from './recognisedPages.ts';
import { endpointsSetting, modelSetting } from './settings.ts';

export interface ModelSourceServices {
	readonly keys: Keys;
	/** The reader on this device, made on first use. */
	readonly device: () => Promise<Model>;
	/** Lets the user choose; the id of the choice. */
	readonly select: () => Promise<string | undefined>;
	/** Recognises the text of scanned pages, for models that see none. */
	readonly readText: ReadText;
	readonly log: (line: string) => void;
}

/** The model that answers, by the user's settings. */
export class ModelSource {
	readonly #services: ModelSourceServices;

	constructor(services: ModelSourceServices) {
		this.#services = services;
	}

	/** The model in use; asks when none is set, or one whose endpoint is gone. Undefined when the user chose none. */
	async current(): Promise<Model | undefined> {
		return (await this.#modelOf(modelSetting())) ?? (await this.choose());
	}

	async choose(): Promise<Model | undefined> {
		const id = await this.#services.select();
		return id === undefined ? undefined : this.#modelOf(id);
	}

	/** The endpoint of the model in use; undefined on this device. */
	currentEndpoint(): NamedEndpoint | undefined {
		const name = parseModelId(modelSetting())?.endpoint;
		return endpointsFrom(endpointsSetting()).find((endpoint) => endpoint.name === name);
	}

	async #modelOf(id: string): Promise<Model | undefined> {
		if (id === deviceModelId) {
			return this.#services.device();
		}
		const parsed = parseModelId(id);
		const endpoint = endpointsFrom(endpointsSetting()).find(({ name }) => name === parsed?.endpoint);
		const { keys, readText, log } = this.#services;
		return parsed && endpoint && endpointModel(endpoint, parsed.model, keys, readText, log);
	}
}
