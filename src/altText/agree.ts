import { l10n, window } from 'vscode';
import type { AltTextReply } from './reply.ts';

/**
 * The alt text that a model's reply comes to; undefined when the user disagrees.
 * An empty one hides the image from screen readers: a model may suggest that, only the author decides it.
 */
export async function agreedAltText({ alt, decorative, reason }: AltTextReply): Promise<string | undefined> {
	if (!decorative) {
		return alt;
	}
	const mark = l10n.t('Mark as decorative');
	const sentence = l10n.t('The model takes this image for decoration, which needs no alt text.');
	const chosen = await window.showInformationMessage(reason ? `${sentence} ${reason}` : sentence, mark);
	return chosen === mark ? '' : undefined;
}
