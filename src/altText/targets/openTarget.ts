import { l10n, type TextDocument, type Uri, window } from 'vscode';
import { AttachmentFailure } from '../../attachments/attachmentFailure.ts';
import type { OpenedFile } from '../../attachments/open.ts';
import type { Whereabouts } from '../../attachments/whereabouts.ts';
import type { AltTextServices } from '../ask.ts';
import { withProgress } from '../progress.ts';
import { findTarget, type Target, whereaboutsFor } from './target.ts';

/**
 * Opens the image that a document refers to. Undefined when the user does not want it read, or after saying why it
 * cannot be. Fails with `AttachmentFailure`, or `AbortError`.
 */
export async function openTarget(
	services: AltTextServices,
	document: TextDocument,
	target: string,
): Promise<OpenedFile | undefined> {
	await services.files.refuseExcludedDocument(document.uri);
	const found = await findTarget(document, target, { outside: true });
	switch (found.kind) {
		case 'file':
			return (await mayRead(document, found.uri)) ? openWithProgress(services, found, target) : undefined;
		case 'url':
			return (await mayFetch(services, found.url)) ? openWithProgress(services, found, target) : undefined;
		case 'unknown':
			void window.showWarningMessage(l10n.t('“{0}” does not say where the image is.', target));
			return undefined;
		case 'data':
		case 'missing':
			return openWithProgress(services, found, target);
	}
}

/** A slow host, or a large picture, may take half a minute. */
function openWithProgress(services: AltTextServices, found: Target, target: string): Promise<OpenedFile> {
	return withProgress(l10n.t('Reading the image'), async (signal) => {
		const opened = await openFound(services, found, target, signal);
		await opened.attachment;
		return opened;
	});
}

/** Opens what a target came to, without a question. Fails with `AttachmentFailure`, or `AbortError`. */
export async function openFound(
	{ files }: AltTextServices,
	found: Target,
	target: string,
	signal: AbortSignal,
): Promise<OpenedFile> {
	switch (found.kind) {
		case 'file':
			return files.open(found.uri.toString(), signal);
		case 'data':
			return files.openBytes(found.name, found.bytes, signal);
		case 'url':
			return files.open(found.url, signal);
		case 'missing':
		case 'unknown':
			throw new AttachmentFailure('missing', target);
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

/** Whether the user wants the host of an address called; says so where it cannot be. */
async function mayFetch({ consent }: AltTextServices, address: string): Promise<boolean> {
	const { protocol, host } = new URL(address);
	if (protocol !== 'https:') {
		void window.showWarningMessage(
			l10n.t('“{0}” is on the web, and not by https; Descry reads images from files and by https.', address),
		);
		return false;
	}
	return consent.mayFetch(host, address);
}
