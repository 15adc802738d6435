import { existsSync } from 'node:fs';
import { run } from './run.ts';

/** Chromium's kin by their usual places. */
const places = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/microsoft-edge',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium on this machine, `CHROMIUM` first; as root on Debian the package is installed when there is none. */
export async function chromium(): Promise<string> {
	const found = installed();
	if (found) {
		return found;
	}
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		console.log("Installing Debian's package chromium ...");
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await run('apt-get', ['update', '-q'], { env });
		await run('apt-get', ['install', '-y', '-q', 'chromium'], { env });
	}
	const now = installed();
	if (!now) {
		throw new Error('Missing: Chromium or Chrome. Install it, or name it in the environment variable CHROMIUM.');
	}
	return now;
}

function installed(): string | undefined {
	const named = process.env['CHROMIUM'];
	return named && existsSync(named) ? named : places.find((place) => existsSync(place));
}

/** For a browser without a network, also as root. */
export const chromiumFlags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
