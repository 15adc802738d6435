import type { ConversationState, FromWebview, Words } from '../../src/conversation/messages.ts';
import { button, element } from './element.ts';
import { isRunning } from './turn.ts';

export interface Composer {
	readonly node: HTMLElement;
	/** The question that was begun. */
	draft: string;
	update(state: ConversationState): void;
}

/** The question box and the quiet row under it. `drafted` hears when somebody changed the question that was begun. */
export function createComposer(words: Words, send: (message: FromWebview) => void, drafted: () => void): Composer {
	const box = element('textarea', { rows: '1', 'aria-label': words.askLabel, placeholder: words.askPlaceholder });
	const askButton = button(words.ask, { className: 'primary' }, () => ask());
	const model = button('', { icon: 'chevron-down', className: 'model' }, () => send({ kind: 'choose-model' }));
	model.title = words.chooseModel;
	const modelName = model.querySelector('.label');
	let isBusy = true;

	const refresh = (): void => {
		askButton.disabled = isBusy || box.value.trim() === '';
	};
	const ask = (): void => {
		const question = box.value.trim();
		if (question !== '' && !isBusy) {
			box.value = '';
			refresh();
			drafted();
			send({ kind: 'ask', question });
		}
	};
	box.addEventListener('input', () => {
		refresh();
		drafted();
	});
	box.addEventListener('keydown', (event) => {
		// While an input method composes, Enter picks a candidate.
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
			event.preventDefault();
			ask();
		}
	});

	const row = element('div', { class: 'ask-row' }, box, askButton);
	return {
		node: element('div', { class: 'composer' }, row, element('div', { class: 'quiet-row' }, model)),
		get draft() {
			return box.value;
		},
		set draft(text) {
			box.value = text;
			refresh();
		},
		update(state) {
			isBusy = isRunning(state.turns.at(-1));
			refresh();
			if (modelName) {
				modelName.textContent = state.model
					? `${state.model.name} · ${state.model.host ?? words.onDevice}`
					: words.noModel;
			}
		},
	};
}
