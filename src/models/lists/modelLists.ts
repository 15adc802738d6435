import type { Memento } from 'vscode';
import type { Endpoint } from '../../client/endpoint.ts';
import { isObject, objectsOf } from '../../client/json.ts';
import type { ListedModel } from '../../client/modelList/modelList.ts';

const key = 'modelLists';

/** For so long what a server listed is believed. ms */
const lifetime = 24 * 60 * 60 * 1000;

/** Servers whose lists are kept; the oldest goes. */
const listLimit = 20;

interface KeptList {
	/** Epoch, ms. */
	readonly time: number;
	readonly models: readonly ListedModel[];
}

/** What servers listed lately, so that a choice need not wait for them. */
export class ModelLists {
	readonly #memento: Memento;
	readonly #now: () => number;

	constructor(memento: Memento, now: () => number = Date.now) {
		this.#memento = memento;
		this.#now = now;
	}

	/** What an endpoint listed within the last day. */
	of(endpoint: Endpoint): readonly ListedModel[] | undefined {
		const kept = this.#all().get(nameOf(endpoint));
		const age = kept === undefined ? Infinity : this.#now() - kept.time;
		// A clock that was put back makes nothing young for ever.
		return age >= 0 && age < lifetime ? kept?.models : undefined;
	}

	async keep(endpoint: Endpoint, models: readonly ListedModel[]): Promise<void> {
		const all = this.#all();
		all.delete(nameOf(endpoint));
		const lists = [...all, [nameOf(endpoint), { time: this.#now(), models }] as const].slice(-listLimit);
		await this.#memento.update(key, Object.fromEntries(lists));
	}

	/** As kept by this version or another, oldest first. */
	#all(): Map<string, KeptList> {
		const stored = this.#memento.get<unknown>(key);
		const lists = Object.entries(isObject(stored) ? stored : {}).flatMap(([name, list]) => {
			const time = isObject(list) ? list['time'] : undefined;
			const models = isObject(list) ? objectsOf(list['models']).flatMap(keptModel) : [];
			return typeof time === 'number' ? [[name, { time, models }] as const] : [];
		});
		return new Map(lists.toSorted(([, one], [, other]) => one.time - other.time));
	}
}

function keptModel({
	id,
	seesImages,
	takesPdfs,
	contextLength,
}: Readonly<Record<string, unknown>>): readonly ListedModel[] {
	return typeof id === 'string'
		? [
				{
					id,
					seesImages: typeof seesImages === 'boolean' ? seesImages : undefined,
					takesPdfs: typeof takesPdfs === 'boolean' ? takesPdfs : undefined,
					contextLength: typeof contextLength === 'number' ? contextLength : undefined,
				},
			]
		: [];
}

function nameOf({ protocol, baseUrl }: Endpoint): string {
	return `${protocol} ${baseUrl}`;
}
