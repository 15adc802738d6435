import { l10n, window } from 'vscode';
import type { OnDevice } from '../models/device/onDevice.ts';
import { formatBytes } from '../models/formatBytes.ts';

/** Removes the pictures that were prepared before from this computer. */
export async function clearCache(onDevice: OnDevice): Promise<void> {
	const reader = await onDevice.reader();
	try {
		const freed = await reader.clearCache();
		void window.showInformationMessage(
			freed === 0
				? l10n.t('There were no cached pictures.')
				: l10n.t('The cached pictures are removed, which freed {0}.', formatBytes(freed)),
		);
	} catch (error) {
		void window.showErrorMessage(
			l10n.t('The cached pictures could not be removed: {0}', error instanceof Error ? error.message : String(error)),
		);
	}
}
