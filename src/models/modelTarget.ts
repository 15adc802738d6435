import type { ListedModel } from '../client/modelList/modelList.ts';
import type { Parameters } from '../client/request.ts';
import type { NamedEndpoint } from './settings/presets.ts';

/** A model at an endpoint. */
export interface ModelTarget {
	readonly endpoint: NamedEndpoint;
	/** As the server knows it. */
	readonly model: string;
	/** By the user's settings, those of the endpoint first. */
	readonly parameters: Parameters;
	/** What its server's list said of it lately. */
	readonly listed: ListedModel | undefined;
}
