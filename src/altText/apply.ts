import { env, l10n, window } from 'vscode';
import { type Place, placeNow } from './place.ts';
import { rewrite } from './rewrite.ts';

/** Puts alt text into the document; offers it again instead when the document changed since the user asked. */
export async function applyAltText(place: Place, alt: string): Promise<void> {
	if (place.document.version === place.version) {
		await write(place, alt);
	} else {
		await offerAgain(place, alt);
	}
}

async function offerAgain(place: Place, alt: string): Promise<void> {
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
			await write(moved, alt);
		} else {
			void window.showWarningMessage(l10n.t('The document no longer holds that image.'));
		}
	}
}

async function write(place: Place, alt: string): Promise<void> {
	const written = await rewrite(place, alt);
	if (written.kind === 'changed') {
		await offerAgain(place, alt);
	} else if (written.kind === 'refused') {
		const copy = l10n.t('Copy');
		if ((await window.showWarningMessage(written.sentence, copy)) === copy) {
			await env.clipboard.writeText(alt);
		}
	}
}
