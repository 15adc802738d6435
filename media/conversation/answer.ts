import type { AnswerItem, FromWebview, SourceState, TurnState, Words } from '../../src/conversation/messages.ts';
import { drawImage } from './answerImage.ts';
import { element } from './element.ts';
import { createMarkdownView, type Mark, type MarkdownView } from './markdownView.ts';
import { drawProgram } from './program.ts';
import { drawCitation } from './sources.ts';

/** An answer's text, with the images and programs that stand in it. */
export interface AnswerView {
	readonly node: HTMLElement;
	/** `images` is the address of the folder that the images are in. */
	update(turn: TurnState, isRunning: boolean, images: string): void;
	grow(text: string): void;
}

type VisibleItem = Exclude<AnswerItem, { readonly kind: 'signature' }>;

interface Passage {
	readonly start: number;
	readonly end: number;
	readonly view: MarkdownView;
}

/** Of the time, at most this part is spent on rendering text that grows. */
const share = 1 / 4;

export function createAnswer(words: Words, send: (message: FromWebview) => void): AnswerView {
	const node = element('div', { class: 'answer' });
	const passages: MarkdownView[] = [];
	const items = new Map<number, { readonly key: string; readonly node: HTMLElement }>();
	let text = '';
	let lastStart = 0;
	let pending = 0;
	let rendered: string | undefined;

	const renderLast = (): void => {
		pending = 0;
		const began = performance.now();
		passages.at(-1)?.grow(text.slice(lastStart));
		const cost = performance.now() - began;
		notBefore = performance.now() + cost * (1 / share - 1);
	};
	let notBefore = 0;
	const schedule = (): void => {
		pending ||= requestAnimationFrame(() => {
			pending = 0;
			if (performance.now() < notBefore) {
				schedule();
			} else {
				renderLast();
			}
		});
	};

	/** Draws an item anew only when it changed: an image would flicker, a program that was unfolded would fold. */
	const itemNode = (turn: TurnState, item: VisibleItem, index: number, images: string): HTMLElement => {
		const key = JSON.stringify([item, images]);
		const known = items.get(index);
		if (known?.key === key) {
			return known.node;
		}
		const drawn =
			item.kind === 'image'
				? drawImage(`${images}/${item.file}`, words, send, { turn: turn.id, item: index })
				: drawProgram(item, words);
		items.set(index, { key, node: drawn });
		return drawn;
	};

	return {
		node,
		update(turn, isRunning, images) {
			cancelAnimationFrame(pending);
			pending = 0;
			text = turn.answer;
			// Of a turn that is over only its sources can be new, and its items.
			const key = JSON.stringify([isRunning, turn.answer, turn.items, turn.sources, images]);
			if (key === rendered) {
				return;
			}
			rendered = isRunning ? undefined : key;
			const nodes: HTMLElement[] = [];
			const parts: Passage[] = [];
			const passage = (start: number, end: number): void => {
				const view = (passages[parts.length] ??= createMarkdownView());
				parts.push({ start, end, view });
				nodes.push(view.node);
			};
			let start = 0;
			turn.items.forEach((item, index) => {
				if (item.kind !== 'signature') {
					if (item.at > start) {
						passage(start, item.at);
						start = item.at;
					}
					nodes.push(itemNode(turn, item, index, images));
				}
			});
			if (start < text.length || isRunning) {
				passage(start, text.length);
			}
			lastStart = start;
			passages.length = parts.length;
			for (const { start: from, end, view } of parts) {
				const part = text.slice(from, end);
				if (isRunning) {
					view.grow(part);
				} else {
					view.finish(part, citations(turn.sources, from, end, words));
				}
			}
			show(node, nodes);
		},
		grow(more) {
			text += more;
			schedule();
		},
	};
}

/** Where in a passage sources are cited, in its own offsets; those of one place stand together. */
function citations(sources: readonly SourceState[], start: number, end: number, words: Words): readonly Mark[] {
	const cited = new Map<number, Set<number>>();
	sources.forEach(({ spans }, index) => {
		for (const span of spans) {
			if (span.end > start && span.end <= end) {
				cited.set(span.end, (cited.get(span.end) ?? new Set()).add(index));
			}
		}
	});
	return [...cited].map(([at, numbers]) => ({
		at: at - start,
		draw: () =>
			element(
				'span',
				{ class: 'citations' },
				...[...numbers]
					.sort((one, other) => one - other)
					.flatMap((index) => {
						const source = sources[index];
						return source ? drawCitation(source, index + 1, words) : [];
					}),
			),
	}));
}

/** A node that stays is not taken out: an image would load again. */
function show(container: HTMLElement, nodes: readonly HTMLElement[]): void {
	if (nodes.length !== container.childElementCount || nodes.some((node, index) => node !== container.children[index])) {
		container.replaceChildren(...nodes);
	}
}
