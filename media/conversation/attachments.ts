import type { AttachmentState, ConversationState, FromWebview, Words } from '../../src/conversation/messages.ts';
import { button, element } from './element.ts';
import { fill } from './fill.ts';
import { drawFramesBox, framesSentence } from './frames.ts';
import { drawImageActions } from './imageActions.ts';

type Send = (message: FromWebview) => void;

/** Shows the row of files above the transcript. Who works in it with the keyboard stays where he was. */
export function showAttachments(place: HTMLElement, state: ConversationState, words: Words, send: Send): void {
	const focused = place.contains(document.activeElement) ? document.activeElement : null;
	const card = focused?.closest<HTMLElement>('li')?.dataset['index'];
	const control = card === undefined ? -1 : controlsOf(place, card).findIndex((one) => one === focused);
	const scrolled = place.firstElementChild?.scrollLeft ?? 0;
	const row = drawAttachments(state, words, send);
	place.replaceChildren(row);
	row.scrollLeft = scrolled;
	if (card !== undefined) {
		// Of a file that was removed, the next one takes its place, or the last.
		const cards = [...place.querySelectorAll<HTMLElement>('li')].map(({ dataset }) => dataset['index'] ?? '');
		const isThere = cards.includes(card);
		const next = isThere ? card : (cards.find((index) => Number(index) > Number(card)) ?? cards.at(-1) ?? '');
		controlsOf(place, next)[isThere ? control : 0]?.focus();
	}
}

function controlsOf(place: HTMLElement, index: string): readonly HTMLElement[] {
	return [...place.querySelectorAll<HTMLElement>(`li[data-index="${index}"] :is(button, input)`)];
}

/** Each file opens in the editor. */
function drawAttachments({ attachments, model }: ConversationState, words: Words, send: Send): HTMLElement {
	const kept = attachments.flatMap((attachment, index) => (attachment.isRemoved ? [] : [{ attachment, index }]));
	const isSent = model === undefined || model.host !== undefined;
	return element(
		'ul',
		{ class: 'attachments', 'aria-label': words.attachments },
		...kept.map(({ attachment, index }) => {
			const { name, kind } = attachment;
			const open = element(
				'button',
				{ type: 'button', class: 'attachment' },
				...parts(attachment, framesSentence(attachment, isSent, words)),
			);
			open.addEventListener('click', () => send({ kind: 'open-attachment', index }));
			return element(
				'li',
				{ 'data-index': String(index) },
				open,
				kind === 'image' && drawImageActions(attachment, index, words, send),
				kept.length > 1 &&
					button(fill(words.removeAttachment, name), { icon: 'close', iconOnly: true, className: 'icon remove' }, () =>
						send({ kind: 'remove-attachment', index }),
					),
				isSent && drawFramesBox(attachment, index, words, send),
			);
		}),
	);
}

function parts(
	{ name, detail, thumbnail, failure }: AttachmentState,
	frames: string | undefined,
): readonly HTMLElement[] {
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
			failure === undefined &&
				frames !== undefined &&
				element('span', { class: 'attachment-detail attachment-frames' }, frames),
		),
	];
}
