import { l10n, window } from 'vscode';
import type { AltTextServices } from '../altText/ask.ts';
import { commandPlace, type Place } from '../altText/place.ts';
import { isReadOnly } from '../altText/readOnly.ts';
import { writeAltTextAt } from '../altText/writeAt.ts';

/**
 * Writes the alt text of the image at an offset (UTF-16) of a document, or at the cursor.
 * Nothing is sent before it is called, and nothing is written when the document changed meanwhile.
 */
export async function writeAltText(services: AltTextServices, uri?: unknown, offset?: unknown): Promise<void> {
	const place = await commandPlace(uri, offset);
	if (isWritable(place)) {
		await writeAltTextAt(services, place);
	}
}

/** Whether there is an image whose alt text can be written; says so where there is none. */
export function isWritable(place: Place | undefined): place is Place {
	if (!place) {
		void window.showInformationMessage(l10n.t('Put the cursor on an image first.'));
		return false;
	}
	if (isReadOnly(place.document)) {
		void window.showInformationMessage(l10n.t('This document cannot be changed.'));
		return false;
	}
	if (place.image.altKind === 'computed') {
		void window.showInformationMessage(l10n.t('The alt text of this image is computed by code; change it there.'));
		return false;
	}
	return true;
}
