import { mostInStrip } from '../../src/attachments/images/moving/stripLayout.ts';
import type { AttachmentState, FromWebview, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';

/** How much of a moving picture goes to the model. `isSent`: it leaves this device. */
export function framesSentence(
	{ frameCount, sendsStrip }: AttachmentState,
	isSent: boolean,
	words: Words,
): string | undefined {
	if (frameCount === undefined) {
		return undefined;
	}
	const all = String(frameCount);
	if (!isSent) {
		return fill(words.oneFrameRead, all);
	}
	return sendsStrip
		? fill(words.stripSent, String(Math.min(mostInStrip, frameCount)), all)
		: fill(words.oneFrameSent, all);
}

/** A box to have more of a moving picture go to the model. */
export function drawFramesBox(
	{ name, frameCount, sendsStrip }: AttachmentState,
	index: number,
	words: Words,
	send: (message: FromWebview) => void,
): HTMLElement | undefined {
	if (frameCount === undefined) {
		return undefined;
	}
	const several = String(Math.min(mostInStrip, frameCount));
	const box = element('input', { type: 'checkbox', 'aria-label': fill(words.sendStripOf, several, name) });
	box.checked = sendsStrip;
	box.addEventListener('change', () => send({ kind: 'send-strip', index, on: box.checked }));
	return element('label', { class: 'frames' }, box, fill(words.sendStrip, several));
}
