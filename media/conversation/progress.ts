import type { FromWebview, TurnState, Words } from '../../src/conversation/messages.ts';
import { button, element } from './element.ts';

/** One calm line while an answer is on its way, and the way to stop it. */
export interface ProgressView {
	readonly node: HTMLElement;
	update(turn: TurnState, isRunning: boolean): void;
}

export function createProgress(words: Words, send: (message: FromWebview) => void): ProgressView {
	const text = element('span', { class: 'progress-text' });
	const stop = button(words.stop, { icon: 'debug-stop', className: 'secondary stop' }, () => send({ kind: 'stop' }));
	const node = element('div', { class: 'progress' }, text, stop);
	return {
		node,
		update({ status, wait }, isRunning) {
			node.hidden = !isRunning;
			// A wait is counted down: only the words change, under a button that may just be pressed.
			text.textContent = wait ?? words.status[status];
		},
	};
}
