import { env, l10n, window } from 'vscode';
import { type AltTextServices, altTextFor } from '../altText/ask.ts';
import { withProgress } from '../altText/progress.ts';
import { reportFailure } from '../altText/report.ts';
import { nameOfUri, textOfUri } from '../attachments/open.ts';
import { clickedOrActiveFile } from './clickedFile.ts';

/** Puts the alt text of an image file on the clipboard, for wherever it is needed. */
export async function copyAltText(services: AltTextServices, clicked?: unknown): Promise<void> {
	const image = clickedOrActiveFile(clicked);
	if (!image) {
		void window.showInformationMessage(l10n.t('Select an image in the Explorer or open it first.'));
		return;
	}
	const model = await services.models.current('images');
	if (!model) {
		return;
	}
	try {
		const file = await withProgress(l10n.t('Reading {0}', nameOfUri(image)), (signal) =>
			services.files.open(textOfUri(image), signal),
		);
		const alt = await altTextFor(services, model, { scope: image, context: {}, wishes: {} }, { ...file, uri: image });
		if (alt !== undefined && alt !== '') {
			await env.clipboard.writeText(alt);
			void window.showInformationMessage(l10n.t('Copied: {0}', alt));
		}
	} catch (error) {
		if (await reportFailure(services, error, model, image.path)) {
			await copyAltText(services, image);
		}
	}
}
