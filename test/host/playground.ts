import { join } from 'node:path';
import { presets } from '../../src/models/settings/presets.ts';
import { deviceModelId } from '../../src/models/modelId.ts';
import { repository } from './repository.ts';

/** The sample workspace. */
export const playground = join(repository, 'test', 'playground');

export interface StartSettings {
	readonly model: string;
	readonly settings: Readonly<Record<string, unknown>>;
}

/** The model named, else that of the first preset whose key is in the environment, else the reader on this device. */
export function startSettings(env: NodeJS.ProcessEnv, named: string | undefined): StartSettings {
	const withKey = presets.find(({ keyVariable }) => keyVariable !== undefined && env[keyVariable]);
	const model = named ?? (withKey?.defaultModel ? `${withKey.name}/${withKey.defaultModel}` : deviceModelId);
	return { model, settings: { 'descry.model': model } };
}
