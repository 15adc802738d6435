import type { ExtensionContext } from 'vscode';
import { Consent } from './consent.ts';
import { OnDevice } from './device/onDevice.ts';
import { Keys } from './keys.ts';
import { LearnedRefusals } from './lists/learnedRefusals.ts';
import { ModelLists } from './lists/modelLists.ts';
import { ModelSource, type ModelSourceServices, type Subject } from './modelSource.ts';

/** The model in use, and all that its choice and its questions rest on. */
export interface ModelServices {
	readonly models: ModelSource;
	readonly keys: Keys;
	readonly lists: ModelLists;
	readonly refusals: LearnedRefusals;
	readonly consent: Consent;
	readonly onDevice: OnDevice;
}

/** What the commands add: how a user chooses, and where it is written down. */
export interface ModelSurface extends Pick<ModelSourceServices, 'log' | 'tellMistakes'> {
	readonly select: (choices: Pick<ModelServices, 'keys' | 'lists'>, subject: Subject) => Promise<string | undefined>;
}

export function createModelServices(context: ExtensionContext, surface: ModelSurface): ModelServices {
	const keys = new Keys(context.secrets, process.env);
	const lists = new ModelLists(context.globalState);
	const refusals = new LearnedRefusals(context.globalState);
	const consent = new Consent(context.globalState);
	const onDevice = new OnDevice(context.extensionUri, context.globalStorageUri);
	const models = new ModelSource({
		keys,
		lists,
		refusals,
		device: () => onDevice.model(),
		select: (subject) => surface.select({ keys, lists }, subject),
		readText: async (picture, signal) => (await onDevice.reader()).readText(picture, signal),
		log: surface.log,
		tellMistakes: surface.tellMistakes,
	});
	return { models, keys, lists, refusals, consent, onDevice };
}
