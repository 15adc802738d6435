import { l10n, type TextDocument, window } from 'vscode';
import { AttachmentFailure } from '../attachments/attachmentFailure.ts';
import type { OpenedFile } from '../attachments/open.ts';
import type { AltTextServices } from './ask.ts';
import { findTarget, mayReadOutside } from './target.ts';

/**
 * Opens the image that a document refers to. Undefined when the user does not want it read, or after saying why it
 * cannot be. Fails with `AttachmentFailure`, or `AbortError`.
 */
export async function openTarget(
	{ files }: AltTextServices,
	document: TextDocument,
	target: string,
	signal: AbortSignal,
): Promise<OpenedFile | undefined> {
	const found = await findTarget(document, target, { outside: true });
	switch (found.kind) {
		case 'file':
			return found.outside && !(await mayReadOutside(found.uri)) ? undefined : files.open(found.uri.toString(), signal);
		case 'data':
			return files.openBytes(found.name, found.bytes, signal);
		case 'missing':
			throw new AttachmentFailure('missing', target);
		case 'url':
			void window.showWarningMessage(l10n.t('“{0}” is on the web; Descry reads images from files.', target));
			return undefined;
		case 'unknown':
			void window.showWarningMessage(l10n.t('“{0}” does not say where the image is.', target));
			return undefined;
	}
}
