import type { AttachmentState, FromWebview, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { drawImageActions } from './imageActions.ts';

/** The row of files above the transcript; each opens in the editor. */
export function drawAttachments(
	attachments: readonly AttachmentState[],
	words: Words,
	send: (message: FromWebview) => void,
): HTMLElement {
	return element(
		'ul',
		{ class: 'attachments', 'aria-label': words.attachments },
		...attachments.map((attachment, index) => {
			const open = element('button', { type: 'button', class: 'attachment' }, ...parts(attachment));
			open.addEventListener('click', () => send({ kind: 'open-attachment', index }));
			const actions = attachment.kind === 'image' && drawImageActions(attachment, index, words, send);
			return element('li', {}, open, actions);
		}),
	);
}

function parts({ name, detail, thumbnail, failure }: AttachmentState): readonly HTMLElement[] {
	const picture =
		thumbnail === undefined
			? element('span', { class: 'thumbnail codicon codicon-file-media', 'aria-hidden': 'true' })
			: element('img', { class: 'thumbnail', src: thumbnail, alt: '' });
	return [
		picture,
		element(
			'span',
			{ class: 'attachment-text' },
			element('span', { class: 'attachment-name' }, name),
			failure === undefined
				? element('span', { class: 'attachment-detail' }, detail)
				: element(
						'span',
						{ class: 'attachment-detail attachment-failure' },
						element('span', { class: 'codicon codicon-warning', 'aria-hidden': 'true' }),
						failure,
					),
		),
	];
}
