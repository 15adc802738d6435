import type { FromWebview, TurnState, Words } from '../../src/conversation/messages.ts';
import { createAnswer } from './answer.ts';
import { button, element } from './element.ts';
import { drawFacts } from './facts.ts';
import { createProgress } from './progress.ts';
import { drawSearch } from './searchSuggestions.ts';
import { drawSources } from './sources.ts';
import { createThoughts } from './thoughts.ts';

/** One question and its answer on the screen. */
export interface TurnView {
	readonly node: HTMLElement;
	/** The last turn can be asked again. `images` is the address of the folder that the images are in. */
	update(turn: TurnState, isLast: boolean, images: string): void;
	/** More of a running answer, or of the thoughts before it. */
	grow(text: string, thoughts: string): void;
}

const running: ReadonlySet<TurnState['status']> = new Set(['preparing', 'waiting', 'answering']);

export function isRunning(turn: TurnState | undefined): boolean {
	return turn !== undefined && running.has(turn.status);
}

export function createTurn(
	first: TurnState,
	words: Words,
	styleNonce: string,
	send: (message: FromWebview) => void,
): TurnView {
	const headingId = `turn-${first.id}`;
	const answer = createAnswer(words, send);
	const thoughts = createThoughts(words);
	const grounds = element('div', { class: 'grounds' });
	const progress = createProgress(words, send);
	const below = element('div', { class: 'below' });
	const node = element(
		'article',
		{ class: 'turn', 'aria-labelledby': headingId },
		element('h2', { id: headingId, class: first.purpose }, first.question),
		answer.node,
		thoughts.node,
		grounds,
		below,
		progress.node,
	);
	let drawn = '';
	let drawnGrounds = '';

	return {
		node,
		update(turn, isLast, images) {
			const key = JSON.stringify([turn, isLast, images]);
			if (key === drawn) {
				return;
			}
			drawn = key;
			const runs = isRunning(turn);
			answer.update(turn, runs, images);
			thoughts.update(turn.thoughts, runs);
			const groundsKey = JSON.stringify([turn.sources, turn.search]);
			if (groundsKey !== drawnGrounds) {
				drawnGrounds = groundsKey;
				const search = turn.search && drawSearch(turn.search, words, styleNonce, send);
				grounds.replaceChildren(...drawSources(turn.sources, words), ...(search ? [search] : []));
			}
			node.setAttribute('aria-busy', String(runs));
			node.dataset['status'] = turn.status;
			replaceKeepingFocus(below, partsBelow(turn, isLast, words, send));
			const isStopFocused = progress.node.contains(document.activeElement);
			progress.update(turn, runs);
			if (isStopFocused && !runs) {
				below.querySelector<HTMLElement>('.footer button')?.focus();
			}
		},
		grow(text, more) {
			// What is drawn is no longer what the host last sent whole.
			drawn = '';
			if (text !== '') {
				answer.grow(text);
			}
			if (more !== '') {
				thoughts.grow(more);
			}
		},
	};
}

function partsBelow(
	turn: TurnState,
	isLast: boolean,
	words: Words,
	send: (message: FromWebview) => void,
): readonly HTMLElement[] {
	const parts: (HTMLElement | false)[] = [
		turn.end !== undefined && turn.end !== 'stop' && note('warning', words.end[turn.end]),
		turn.status === 'stopped' && note('debug-stop', words.status.stopped),
		turn.failure !== undefined && failure(turn.failure, isLast, send),
		...turn.coverage.map((sentence) => element('p', { class: 'coverage' }, sentence)),
		...turn.remarks.map((sentence) => element('p', { class: 'remark' }, sentence)),
		!isRunning(turn) && footer(turn, isLast, words, send),
	];
	return parts.filter((part) => part !== false);
}

function note(icon: string, sentence: string): HTMLElement {
	return element(
		'p',
		{ class: 'note' },
		element('span', { class: `codicon codicon-${icon}`, 'aria-hidden': 'true' }),
		sentence,
	);
}

function failure(
	{ tone, sentence, actions }: NonNullable<TurnState['failure']>,
	isLast: boolean,
	send: (message: FromWebview) => void,
): HTMLElement {
	const icon = tone === 'error' ? 'error' : 'info';
	return element(
		'div',
		{ class: `failure ${tone}` },
		element('span', { class: `codicon codicon-${icon}`, 'aria-hidden': 'true' }),
		element('p', {}, sentence),
		isLast &&
			element(
				'div',
				{ class: 'failure-actions' },
				...actions.map(({ action, label }, index) =>
					button(label, { className: index === 0 ? 'primary' : 'secondary' }, () => send({ kind: 'act', action })),
				),
			),
	);
}

function footer(turn: TurnState, isLast: boolean, words: Words, send: (message: FromWebview) => void): HTMLElement {
	const id = turn.id;
	return element(
		'div',
		{ class: 'footer' },
		drawFacts(turn, words),
		element(
			'div',
			{ class: 'actions', role: 'group', 'aria-label': words.answer },
			...(turn.answer === ''
				? []
				: [
						button(words.copy, { icon: 'copy', iconOnly: true, className: 'icon' }, () =>
							send({ kind: 'copy', turn: id }),
						),
						button(words.insert, { icon: 'insert', iconOnly: true, className: 'icon' }, () =>
							send({ kind: 'insert', turn: id }),
						),
					]),
			isLast &&
				button(words.retry, { icon: 'refresh', iconOnly: true, className: 'icon' }, () =>
					send({ kind: 'act', action: 'try-again' }),
				),
			isLast &&
				button(words.openInNewPanel, { icon: 'split-horizontal', iconOnly: true, className: 'icon' }, () =>
					send({ kind: 'open-in-new-panel' }),
				),
		),
	);
}

/** A button under the reader's finger or keyboard is the same button after a redraw. */
function replaceKeepingFocus(container: HTMLElement, parts: readonly HTMLElement[]): void {
	const next = element('div', {}, ...parts);
	if (container.innerHTML === next.innerHTML) {
		return;
	}
	const focused = container.contains(document.activeElement) ? document.activeElement : undefined;
	const name = focused?.getAttribute('aria-label') ?? focused?.textContent;
	container.replaceChildren(...parts);
	if (focused) {
		const buttons = [...container.querySelectorAll('button')];
		const again = buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name) ?? buttons[0];
		again?.focus();
	}
}
