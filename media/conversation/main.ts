import '@vscode/codicons/dist/codicon.css';
import './conversation.css';
import type { ConversationState, FromWebview, ToWebview, Words } from '../../src/conversation/messages.ts';
import { drawAttachments } from './attachments.ts';
import { createComposer } from './composer.ts';
import { element } from './element.ts';
import { createTurn, isRunning, type TurnView } from './turn.ts';

declare function acquireVsCodeApi(): {
	postMessage(message: FromWebview): void;
	setState(state: { readonly id: string }): void;
};

const editor = acquireVsCodeApi();
const words = JSON.parse(document.body.dataset['words'] ?? '{}') as Words;
const send = (message: FromWebview): void => editor.postMessage(message);

const files = element('header', {});
const transcript = element('main', { class: 'transcript' });
const offer = element('p', { class: 'offer', hidden: '' });
// Speaks start, end and failure once; the growing text itself is not live (platform.md 6).
const status = element('div', { role: 'status', class: 'visually-hidden' });
const composer = createComposer(words, send);
document.getElementById('root')?.append(files, transcript, offer, status, composer.node);

const turns = new Map<number, TurnView>();
let shown: ConversationState | undefined;

function draw(state: ConversationState): void {
	const wasAtEnd = isAtEnd();
	if (shown?.id !== state.id) {
		editor.setState({ id: state.id });
		turns.clear();
		transcript.replaceChildren();
	}
	if (
		shown?.attachments !== state.attachments &&
		JSON.stringify(shown?.attachments) !== JSON.stringify(state.attachments)
	) {
		files.replaceChildren(drawAttachments(state.attachments, words.attachments, send));
	}
	for (const [id, view] of turns) {
		if (!state.turns.some((turn) => turn.id === id)) {
			view.node.remove();
			turns.delete(id);
		}
	}
	let isAsked = false;
	for (const turn of state.turns) {
		let view = turns.get(turn.id);
		if (!view) {
			isAsked = true;
			view = createTurn(turn, words, send);
			turns.set(turn.id, view);
			transcript.append(view.node);
		}
		view.update(turn, turn === state.turns.at(-1));
	}
	drawOffer(state);
	composer.update(state);
	announce(state);
	shown = state;
	if (wasAtEnd || isAsked) {
		scrollToEnd();
	}
}

/** One line on what a model would add, where only the on-device reader answered. */
function drawOffer(state: ConversationState): void {
	const last = state.turns.at(-1);
	const isDue = last?.status === 'done' && last.answeredBy !== undefined && last.answeredBy.host === undefined;
	offer.hidden = !isDue;
	if (isDue && offer.childElementCount === 0) {
		const choose = element('button', { type: 'button', class: 'link' }, words.chooseModel);
		choose.addEventListener('click', () => send({ kind: 'act', action: 'choose-model' }));
		offer.append(`${words.deviceOffer} `, choose);
	}
}

function announce(state: ConversationState): void {
	const last = state.turns.at(-1);
	const before = shown?.turns.find(({ id }) => id === last?.id)?.status;
	if (last && last.status !== before && last.status !== 'answering') {
		status.textContent = [last.question, words.status[last.status], last.failure?.sentence].filter(Boolean).join(': ');
	}
}

function isAtEnd(): boolean {
	return transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 24;
}

/** Follows the newest answer until its question is at the top: from there it is read down. */
function scrollToEnd(): void {
	const newest = transcript.querySelector<HTMLElement>('article.turn:last-of-type');
	const top = newest ? newest.offsetTop - transcript.offsetTop : 0;
	transcript.scrollTop = Math.min(transcript.scrollHeight, top);
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
	switch (data.kind) {
		case 'state':
			draw(data.state);
			return;
		case 'text': {
			const wasAtEnd = isAtEnd();
			turns.get(data.turn)?.grow(data.text);
			if (wasAtEnd) {
				requestAnimationFrame(scrollToEnd);
			}
			return;
		}
	}
});

window.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && isRunning(shown?.turns.at(-1))) {
		send({ kind: 'stop' });
	}
});

send({ kind: 'ready' });
