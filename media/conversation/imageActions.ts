import type { AttachmentState, FromWebview, Words } from '../../src/conversation/messages.ts';
import { button, element } from './element.ts';

/** What can be done with a picture beside asking about it: its alt text, in a document or on the clipboard. */
export function drawImageActions(
	{ name }: AttachmentState,
	index: number,
	words: Words,
	send: (message: FromWebview) => void,
): HTMLElement {
	const action = (icon: string, label: string, kind: 'insert-image' | 'copy-alt-text'): HTMLElement =>
		button(
			label.replace('{0}', () => name),
			{ icon, iconOnly: true, className: 'icon' },
			() => send({ kind, index }),
		);
	return element(
		'div',
		{ class: 'image-actions' },
		action('insert', words.insertImage, 'insert-image'),
		action('copy', words.copyAltText, 'copy-alt-text'),
	);
}
