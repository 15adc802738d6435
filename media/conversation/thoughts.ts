import type { ThoughtsState, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';
import { createMarkdownView } from './markdownView.ts';

/** What the model thought before it answered, folded; drawn only while somebody reads it. */
export interface ThoughtsView {
	readonly node: HTMLElement;
	update(thoughts: ThoughtsState | undefined, isRunning: boolean): void;
	grow(text: string): void;
}

export function createThoughts(words: Words): ThoughtsView {
	const summary = element('summary', {});
	const content = createMarkdownView();
	const node = element('details', { class: 'thoughts', hidden: '' }, summary, content.node);
	let text = '';
	let frame = 0;

	const draw = (): void => {
		frame = 0;
		if (node.open) {
			content.grow(text);
		}
	};
	node.addEventListener('toggle', draw);
	return {
		node,
		update(thoughts, isRunning) {
			node.hidden = thoughts === undefined;
			if (thoughts) {
				text = thoughts.text;
				const label = labelOf(thoughts, isRunning, words);
				if (summary.textContent !== label) {
					summary.textContent = label;
				}
				draw();
			}
		},
		grow(more) {
			text += more;
			frame ||= requestAnimationFrame(draw);
		},
	};
}

/** Thoughts that come in one piece took longer than can be told from here. */
function labelOf({ began, ended }: ThoughtsState, isRunning: boolean, words: Words): string {
	if (ended === undefined) {
		return isRunning ? words.thinking : words.thoughts;
	}
	const seconds = Math.round((ended - began) / 1000);
	return seconds === 0
		? words.thoughts
		: fill(words.thoughtsFor, new Intl.NumberFormat(document.documentElement.lang).format(seconds));
}
