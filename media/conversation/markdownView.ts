import { indexOfMark, renderWithMarks } from './citationMarks.ts';
import { createGrowingMarkdown, type Growth } from './growingMarkdown.ts';
import { patchBlocks, sanitised } from './markdown.ts';
import { htmlOf } from './markdownHtml.ts';

/** Something to put into a text, at an offset of its Markdown in UTF-16 units. */
export interface Mark {
	readonly at: number;
	readonly draw: () => Node;
}

/** Markdown on the screen that may grow. */
export interface MarkdownView {
	readonly node: HTMLElement;
	/** The text so far. */
	grow(text: string): void;
	/** The whole text, with what belongs into it. */
	finish(text: string, marks: readonly Mark[]): void;
}

export function createMarkdownView(): MarkdownView {
	const node = document.createElement('div');
	node.className = 'markdown';
	let growing: ((text: string) => Growth) | undefined;
	let settled = 0;
	let shown = '';

	return {
		node,
		grow(text) {
			if (text === shown && growing) {
				return;
			}
			if (!growing || !text.startsWith(shown)) {
				growing = createGrowingMarkdown();
				settled = 0;
			}
			shown = text;
			const { settled: more, rest } = growing(text);
			const fragment = sanitised(more);
			const count = fragment.childNodes.length;
			fragment.append(sanitised(rest));
			patchBlocks(node, fragment, settled);
			settled += count;
		},
		finish(text, marks) {
			growing = undefined;
			shown = text;
			const offsets = marks.map(({ at }) => at);
			const fragment = sanitised(marks.length === 0 ? htmlOf(text) : renderWithMarks(text, offsets, htmlOf));
			putMarks(fragment, marks);
			patchBlocks(node, fragment);
		},
	};
}

function putMarks(fragment: DocumentFragment, marks: readonly Mark[]): void {
	if (marks.length === 0) {
		return;
	}
	const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
	const texts: Text[] = [];
	while (walker.nextNode()) {
		texts.push(walker.currentNode as Text);
	}
	texts.forEach((text) => putMarksIn(text, marks));
}

/** A mark in a link or in code comes after it. */
function putMarksIn(text: Text, marks: readonly Mark[]): void {
	let rest = text;
	for (let index = 0; index < rest.data.length; index++) {
		const mark = indexOfMark(rest.data.charAt(index));
		const drawn = mark === undefined ? undefined : marks[mark]?.draw();
		if (drawn) {
			const after = rest.splitText(index);
			after.deleteData(0, 1);
			const around = rest.parentElement?.closest('a, code');
			if (around) {
				around.after(drawn);
			} else {
				after.before(drawn);
			}
			rest = after;
			index = -1;
		}
	}
}
