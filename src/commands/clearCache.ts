import { l10n, window } from 'vscode';
import type { OnDevice } from '../models/device/onDevice.ts';

/** Removes the pictures that were prepared before from this computer. */
export async function clearCache(onDevice: OnDevice): Promise<void> {
	const reader = await onDevice.reader();
	try {
		await reader.clearCache();
		void window.showInformationMessage(l10n.t('The cached pictures are removed.'));
	} catch (error) {
		void window.showErrorMessage(
			l10n.t('The cached pictures could not be removed: {0}', error instanceof Error ? error.message : String(error)),
		);
	}
}
