import type { FromWebview, TurnState, Words } from '../../src/conversation/messages.ts';
import { button, element } from './element.ts';
import { patchBlocks, renderMarkdown } from './markdown.ts';

/** One question and its answer on the screen. */
export interface TurnView {
	readonly node: HTMLElement;
	/** The last turn can be asked again. */
	update(turn: TurnState, isLast: boolean): void;
	/** More text of a running answer. */
	grow(text: string): void;
}

const running: ReadonlySet<TurnState['status']> = new Set(['preparing', 'waiting', 'answering']);

export function isRunning(turn: TurnState | undefined): boolean {
	return turn !== undefined && running.has(turn.status);
}

export function createTurn(first: TurnState, words: Words, send: (message: FromWebview) => void): TurnView {
	const headingId = `turn-${first.id}`;
	const answer = element('div', { class: 'answer' });
	const below = element('div', { class: 'below' });
	const heading = element('h2', { id: headingId, class: first.purpose }, first.question);
	const node = element('article', { class: 'turn', 'aria-labelledby': headingId }, heading, answer, below);
	let text = '';
	let frame: number | undefined;

	const render = (): void => {
		frame = undefined;
		patchBlocks(answer, renderMarkdown(text));
	};

	return {
		node,
		update(turn, isLast) {
			if (frame !== undefined) {
				cancelAnimationFrame(frame);
			}
			text = turn.answer;
			render();
			node.setAttribute('aria-busy', String(isRunning(turn)));
			node.dataset['status'] = turn.status;
			replaceKeepingFocus(below, partsBelow(turn, isLast, words, send));
		},
		grow(more) {
			text += more;
			frame ??= requestAnimationFrame(render);
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
		isRunning(turn) ? progress(turn, words, send) : footer(turn, isLast, words, send),
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
	{ sentence, actions }: NonNullable<TurnState['failure']>,
	isLast: boolean,
	send: (message: FromWebview) => void,
): HTMLElement {
	return element(
		'div',
		{ class: 'failure' },
		element('span', { class: 'codicon codicon-error', 'aria-hidden': 'true' }),
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

function progress(turn: TurnState, words: Words, send: (message: FromWebview) => void): HTMLElement {
	return element(
		'div',
		{ class: 'progress' },
		element('span', { class: 'progress-text' }, words.status[turn.status]),
		button(words.stop, { icon: 'debug-stop', className: 'secondary stop' }, () => send({ kind: 'stop' })),
	);
}

function footer(turn: TurnState, isLast: boolean, words: Words, send: (message: FromWebview) => void): HTMLElement {
	const id = turn.id;
	return element(
		'div',
		{ class: 'footer' },
		element('p', { class: 'facts' }, facts(turn, words)),
		element(
			'div',
			{ class: 'actions', role: 'toolbar', 'aria-label': words.answer },
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

function facts({ answeredBy, usage, duration, status }: TurnState, words: Words): string {
	const number = new Intl.NumberFormat(document.documentElement.lang);
	return [
		answeredBy?.name,
		answeredBy && (answeredBy.host ?? words.onDevice),
		usage && words.usage.replace('{0}', number.format(usage.prompt)).replace('{1}', number.format(usage.output)),
		status === 'done' &&
			duration !== undefined &&
			words.seconds.replace('{0}', number.format(Math.round(duration / 100) / 10)),
	]
		.filter((fact) => typeof fact === 'string')
		.join(' · ');
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
