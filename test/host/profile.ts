import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A VS Code profile of our own, never the user's: fresh, and removed with `remove`. */
export interface Profile {
	readonly userData: string;
	readonly extensions: string;
	readonly serverData: string;
	/** Writes the user's settings, beside those that keep the window calm. */
	settings(settings: Readonly<Record<string, unknown>>): Promise<void>;
	remove(): Promise<void>;
}

const calm = {
	'workbench.startupEditor': 'none',
	'telemetry.telemetryLevel': 'off',
	'chat.disableAIFeatures': true,
	'update.mode': 'none',
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': 'off',
	'extensions.ignoreRecommendations': true,
	'git.enabled': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'window.confirmBeforeClose': 'never',
	'security.workspace.trust.enabled': false,
	// A PDF opened as text would ask about them in a dialog.
	'editor.unusualLineTerminators': 'off',
};

export async function createProfile(first: Readonly<Record<string, unknown>>): Promise<Profile> {
	const folder = await mkdtemp(join(tmpdir(), 'descry-'));
	const userData = join(folder, 'user-data');
	const settings = (values: Readonly<Record<string, unknown>>): Promise<void> =>
		writeFile(join(userData, 'User', 'settings.json'), JSON.stringify({ ...calm, ...values }, null, '\t'));
	await mkdir(join(userData, 'User'), { recursive: true });
	await settings(first);
	return {
		userData,
		extensions: join(folder, 'extensions'),
		serverData: join(folder, 'server-data'),
		settings,
		remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
	};
}
