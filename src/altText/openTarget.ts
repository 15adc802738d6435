import { l10n, type TextDocument, type Uri, window } from 'vscode';
import type { Whereabouts } from '../attachments/whereabouts.ts';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import type { OpenedFile } from '../attachments/open.ts';
import type { AltTextServices } from './ask.ts';
import { findTarget, whereaboutsFor } from './target.ts';

/**
 * Opens the image that a document refers to. Undefined when the user does not want it read, or after saying why it
 * cannot be. Fails with `AttachmentFailure`, or `AbortError`.
 */
export async function openTarget(
	services: AltTextServices,
	document: TextDocument,
	target: string,
	signal: AbortSignal,
): Promise<OpenedFile | undefined> {
	const { files } = services;
	await files.refuseExcludedDocument(document.uri);
	const found = await findTarget(document, target, { outside: true });
	switch (found.kind) {
		case 'file':
			return (await mayRead(document, found.uri)) ? files.open(found.uri.toString(), signal) : undefined;
		case 'data':
			return files.openBytes(found.name, found.bytes, signal);
		case 'missing':
			throw new AttachmentFailure('missing', target);
		case 'url':
			return (await import('./openFromWeb.ts')).openFromWeb(services, found.url, signal);
		case 'unknown':
			void window.showWarningMessage(l10n.t('“{0}” does not say where the image is.', target));
			return undefined;
	}
}

/** A reference may lead anywhere on the machine: what lies outside the workspace is read only when the user agrees. */
async function mayRead(document: TextDocument, file: Uri): Promise<boolean> {
	const whereabouts = await whereaboutsFor(document, file);
	if (whereabouts.kind === 'inside') {
		return true;
	}
	const read = l10n.t('Read it');
	const question = questionAbout(file, whereabouts);
	return (await window.showWarningMessage(question, { modal: true }, read)) === read;
}

function questionAbout(file: Uri, whereabouts: Exclude<Whereabouts, { readonly kind: 'inside' }>): string {
	if (whereabouts.kind === 'unknown') {
		return l10n.t('The document refers to an image by a link that may lead out of the workspace: {0}', file.fsPath);
	}
	const { realPath } = whereabouts;
	return realPath === file.fsPath || file.scheme !== 'file'
		? l10n.t('The document refers to an image outside the workspace: {0}', file.fsPath)
		: l10n.t('The document refers to {0}, a link to an image outside the workspace: {1}', file.fsPath, realPath);
}
