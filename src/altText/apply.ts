import { env, l10n, window } from 'vscode';
import { isCurrent, type Place, placeNow } from './place.ts';
import { rewrite } from './rewrite.ts';

/**
 * Puts alt text into the document; offers it again instead when the document changed since the user asked.
 * The place as it is with the text; undefined when it was not written.
 */
export async function applyAltText(place: Place, alt: string): Promise<Place | undefined> {
	return isCurrent(place) ? write(place, alt) : offerAgain(place, alt);
}

async function offerAgain(place: Place, alt: string): Promise<Place | undefined> {
	const now = l10n.t('Write it now');
	const copy = l10n.t('Copy');
	const answer = await window.showWarningMessage(
		l10n.t(
			'The document changed while the alt text was being written, so nothing was written. The text is: {0}',
			alt || '""',
		),
		now,
		copy,
	);
	if (answer === copy) {
		await env.clipboard.writeText(alt);
	} else if (answer === now) {
		const moved = await placeNow(place);
		if (moved) {
			return write(moved, alt);
		}
		void window.showWarningMessage(l10n.t('The document no longer holds that image.'));
	}
	return undefined;
}

async function write(place: Place, alt: string): Promise<Place | undefined> {
	const written = await rewrite(place, alt);
	switch (written.kind) {
		case 'written':
			return placeNow(place);
		case 'changed':
			return offerAgain(place, alt);
		case 'refused': {
			const copy = l10n.t('Copy');
			if ((await window.showWarningMessage(written.sentence, copy)) === copy) {
				await env.clipboard.writeText(alt);
			}
			return undefined;
		}
	}
}
