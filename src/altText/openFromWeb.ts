import { l10n, window } from 'vscode';
import type { OpenedFile } from '../attachments/open.ts';
import type { AltTextServices } from './ask.ts';

/**
 * Opens an image that a document shows from the web. Undefined when the user does not want its host called, or after
 * saying why it is not read. Fails with `AttachmentFailure`, or `AbortError`.
 */
export async function openFromWeb(
	{ files, consent }: AltTextServices,
	address: string,
	signal: AbortSignal,
): Promise<OpenedFile | undefined> {
	const { protocol, host, pathname } = new URL(address);
	if (protocol !== 'https:') {
		void window.showWarningMessage(
			l10n.t('“{0}” is on the web, and not by https; Descry reads images from files and by https.', address),
		);
		return undefined;
	}
	if (!(await consent.mayFetch(host, address))) {
		return undefined;
	}
	const { fetchRemote } = await import('../attachments/web/remote.ts');
	const bytes = await fetchRemote(address, signal);
	return files.openBytes(nameIn(pathname) || host, bytes, signal);
}

function nameIn(pathname: string): string {
	const name = pathname.slice(pathname.lastIndexOf('/') + 1);
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
