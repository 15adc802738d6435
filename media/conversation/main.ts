import '@vscode/codicons/dist/codicon.css';
import './page.css';
import './attachments.css';
import './transcript.css';
import './answer.css';
import './grounds.css';
import './outcome.css';
import './composer.css';
import type { ConversationState, FromWebview, ToWebview, Words } from '../../src/conversation/messages.ts';
import { keptAttachments } from '../../src/conversation/state.ts';
import { showAttachments } from './attachments.ts';
import { createComposer } from './composer.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';
import { openLinksOutside } from './links.ts';
import { createTurn, isRunning, type TurnView } from './turn.ts';

/** What VS Code keeps of this page while it is hidden, moved or reloaded: the rest comes from the host. */
interface KeptState {
	readonly id: string;
	/** The question that was begun. */
	readonly draft?: string;
}

declare function acquireVsCodeApi(): {
	postMessage(message: FromWebview): void;
	getState(): KeptState | undefined;
	setState(state: KeptState): void;
};

const editor = acquireVsCodeApi();
const kept = editor.getState();
const words = JSON.parse(document.body.dataset['words'] ?? '{}') as Words;
const send = (message: FromWebview): void => editor.postMessage(message);

// Lets the frame of search suggestions have its own styles; read while this script runs.
const styleNonce = document.currentScript?.nonce ?? '';

const title = element('h1', { class: 'visually-hidden' });
const files = element('header', {});
const transcript = element('main', { class: 'transcript' }, title);
const offer = element('p', { class: 'offer', hidden: '' });
// Speaks start, end and failure once; the growing text itself is not live (platform.md 6).
const status = element('div', { role: 'status', class: 'visually-hidden' });
const composer = createComposer(words, send, () => {
	if (shown) {
		keep(shown);
	}
});
document.getElementById('root')?.append(files, transcript, offer, status, composer.node);

openLinksOutside(transcript, send);

const turns = new Map<number, TurnView>();
let shown: ConversationState | undefined;
let shownFiles = '';

function keep({ id }: ConversationState): void {
	editor.setState({ id, draft: composer.draft });
}

function draw(state: ConversationState, images: string): void {
	if (shown?.id !== state.id) {
		if (!shown && kept?.id === state.id) {
			composer.draft = kept.draft ?? '';
		}
		keep(state);
		growth.disconnect();
		turns.forEach(({ node }) => node.remove());
		turns.clear();
	}
	const filesKey = JSON.stringify([state.attachments, state.model]);
	if (shownFiles !== filesKey) {
		shownFiles = filesKey;
		showAttachments(files, state, words, send);
		const names = keptAttachments(state).map(({ name }) => name);
		title.textContent = names.join(', ');
	}
	for (const [id, view] of turns) {
		if (!state.turns.some((turn) => turn.id === id)) {
			growth.unobserve(view.node);
			view.node.remove();
			turns.delete(id);
		}
	}
	let isAsked = false;
	for (const turn of state.turns) {
		let view = turns.get(turn.id);
		if (!view) {
			isAsked = true;
			view = createTurn(turn, words, styleNonce, send);
			turns.set(turn.id, view);
			transcript.append(view.node);
			growth.observe(view.node);
		}
		view.update(turn, turn === state.turns.at(-1), images);
	}
	drawOffer(state);
	composer.update(state);
	announce(state);
	shown = state;
	if (isAsked) {
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

/** Says when an answer begins to be waited for, and how it ended; seconds that are counted down are not said. */
function announce(state: ConversationState): void {
	const removed = state.attachments.find(
		({ isRemoved }, index) => isRemoved && shown?.id === state.id && shown.attachments[index]?.isRemoved === false,
	);
	if (removed) {
		status.textContent = fill(words.removed, removed.name);
	}
	const last = state.turns.at(-1);
	const before = shown?.turns.find(({ id }) => id === last?.id);
	if (!last) {
		return;
	}
	if (last.wait !== undefined && before?.wait === undefined) {
		status.textContent = last.wait;
	} else if (last.status !== before?.status && last.status !== 'answering') {
		const outcome = last.status === 'unsent' ? undefined : words.status[last.status];
		status.textContent = [last.question, outcome, last.failure?.sentence].filter(Boolean).join(': ');
	}
}

let isFollowing = true;
let followedTo = 0;
transcript.addEventListener('scroll', () => {
	// Our own scrolling is heard of late: the answer may have grown past its end by then.
	if (transcript.scrollTop !== followedTo) {
		isFollowing = isAtEnd();
	}
});
const growth = new ResizeObserver(() => {
	if (isFollowing) {
		scrollToEnd();
	}
});

function isAtEnd(): boolean {
	return transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 24;
}

/**
 * Follows the newest answer until its question is at the top: from there it is read down. Who scrolled on to its end
 * stays there.
 */
function scrollToEnd(): void {
	const newest = transcript.querySelector<HTMLElement>('article.turn:last-of-type');
	const top = newest ? newest.offsetTop - transcript.offsetTop : 0;
	transcript.scrollTop = transcript.scrollTop > top + 1 ? transcript.scrollHeight : top;
	followedTo = transcript.scrollTop;
	isFollowing = true;
}

window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
	switch (data.kind) {
		case 'state':
			draw(data.state, data.images);
			return;
		case 'grew':
			turns.get(data.turn)?.grow(data.text, data.thoughts);
			return;
	}
});

window.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && isRunning(shown?.turns.at(-1))) {
		send({ kind: 'stop' });
	}
});

send({ kind: 'ready' });
