import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { createProfile } from './profile.ts';
import { run } from './run.ts';

/** The desktop `code` on the path, where there is a screen for it. */
export function desktopCode(): string | undefined {
	const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
	if (!hasScreen || process.getuid?.() === 0) {
		return undefined;
	}
	const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
	const places = (process.env['PATH'] ?? '')
		.split(delimiter)
		.flatMap((folder) => names.map((name) => join(folder, name)));
	return places.find((place) => existsSync(place));
}

/** Opens the desktop VS Code with a profile of its own, and waits until its window is closed. */
export async function startDesktop(options: {
	readonly code: string;
	readonly vsix: string;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly folder: string;
}): Promise<void> {
	const profile = await createProfile(options.settings);
	const folders = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
	try {
		await run(options.code, [...folders, '--install-extension', options.vsix, '--force']);
		console.log('VS Code with Descry opens in a window; close it to end.');
		await run(options.code, [...folders, '--disable-workspace-trust', '--new-window', '--wait', options.folder]);
	} finally {
		await profile.remove();
	}
}
