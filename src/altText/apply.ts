import { env, l10n, Range, type TextDocument, window, workspace, WorkspaceEdit } from 'vscode';
import type { ImageReference } from '../documents/imageReference.ts';
import type { RefusalReason } from '../documents/index.ts';

/** An image in a document as it was when the user asked. */
export interface Place {
	readonly document: TextDocument;
	readonly version: number;
	readonly image: ImageReference;
}

/** Puts alt text into the document: one undo step, proven first; offered again instead when the document changed. */
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
		const moved = await find(place);
		if (moved) {
			await write(moved, alt);
		} else {
			void window.showWarningMessage(l10n.t('The document no longer holds that image.'));
		}
	}
}

/** The same image in the document as it is now: the one of its target that lies nearest to where it was. */
async function find({ document, image }: Place): Promise<Place | undefined> {
	const { findImages } = await import('../documents/index.ts');
	const version = document.version;
	const [nearest] = (await findImages(document.getText(), document.languageId))
		.filter(({ target }) => target === image.target)
		.sort((one, other) => Math.abs(one.start - image.start) - Math.abs(other.start - image.start));
	return nearest && { document, version, image: nearest };
}

const refusals: Readonly<Record<RefusalReason, () => string>> = {
	'unknown-language': () => l10n.t('Descry cannot write alt text in this kind of document.'),
	stale: () => l10n.t('The document no longer holds that image.'),
	computed: () => l10n.t('The alt text of this image is computed by code; change it there.'),
	unproven: () => l10n.t('No way was found to write this text without touching anything else, so nothing was written.'),
};

async function write({ document, version, image }: Place, alt: string): Promise<void> {
	const { rewriteAltText } = await import('../documents/index.ts');
	const rewrite = await rewriteAltText(document.getText(), document.languageId, image, alt);
	if ('refused' in rewrite) {
		const copy = l10n.t('Copy');
		if ((await window.showWarningMessage(refusals[rewrite.refused](), copy)) === copy) {
			await env.clipboard.writeText(alt);
		}
		return;
	}
	if (document.version !== version) {
		await offerAgain({ document, version, image }, alt);
		return;
	}
	const edit = new WorkspaceEdit();
	edit.replace(
		document.uri,
		new Range(document.positionAt(rewrite.start), document.positionAt(rewrite.end)),
		rewrite.newText,
	);
	// Refused where the user typed while the edit was on its way.
	if (!(await workspace.applyEdit(edit))) {
		await offerAgain({ document, version, image }, alt);
	}
}
