import type { ImageReference } from '../imageReference.ts';
import { blocksOf, hasWords } from './blocks.ts';
import { type ElementAround, elementAround } from './elementAround.ts';
import { attributeIn, braces } from './looseTags.ts';
import { hasExpressions, type Markup } from './markup.ts';

/** The link or button around an image. */
export interface Control {
	/** The text beside the image in it. */
	readonly text: string;
	/** Nothing else says what it does: neither text nor an attribute nor, perhaps, an expression. */
	readonly imageAlone: boolean;
}

const kinds: ReadonlyMap<string, 'link' | 'button'> = new Map([
	['a', 'link'],
	['Link', 'link'],
	['NavLink', 'link'],
	['button', 'button'],
	['Button', 'button'],
	['IconButton', 'button'],
]);
const names: ReadonlySet<string> = new Set(kinds.keys());

export function controlAround(text: string, markup: Markup, image: ImageReference): Control | undefined {
	if (image.syntax === 'html-area' || image.syntax === 'html-input') {
		return { text: '', imageAlone: true };
	}
	const element = elementAround(text, image, names);
	const kind = element && kinds.get(element.name);
	// The finders of HTML and Markdown know better than a loose reading whether there is one.
	const isKnown = kind === 'button' ? image.inButton : image.link !== undefined;
	if (element && kind && (isKnown || hasExpressions(markup))) {
		return controlOf(element, markup);
	}
	return image.link === undefined ? undefined : markdownLink(text, markup, image);
}

function controlOf(element: ElementAround, markup: Markup): Control {
	const text = textOf(`${element.before}\n${element.after}`, markup);
	const isNamed = ['aria-label', 'aria-labelledby', 'title'].some((name) => attributeIn(element.attributes, name));
	const mayHoldText = hasExpressions(markup) && [element.before, element.after].some(mayGiveText);
	return { text, imageAlone: !isNamed && !hasWords(text) && !mayHoldText };
}

const comment = /\{\s*(?:\/\*[^]*?\*\/|["'`]\s*["'`])?\s*\}/g;

/** Expressions and components may give text that only running the code would tell. */
function mayGiveText(source: string): boolean {
	return new RegExp(`<[A-Z]|(?<!=)${braces}`).test(source.replace(comment, ''));
}

/** How far a link's text may reach on each side of an image, in characters. */
const reach = 1000;

function markdownLink(text: string, markup: Markup, image: ImageReference): Control {
	const head = text.slice(Math.max(0, image.start - reach), image.start);
	const tail = text.slice(image.end, image.end + reach);
	const start = unmatched([...head.matchAll(bracket)].toReversed(), ']');
	const end = unmatched([...tail.matchAll(bracket)], '[');
	const around = textOf(
		`${head.slice(start === undefined ? head.length : start + 1)}\n${tail.slice(0, end ?? 0)}`,
		markup,
	);
	return { text: around, imageAlone: !hasWords(around) };
}

const bracket = /(?<!\\)[[\]]/g;

/** Where the first bracket is that none of the other kind before it opens. */
function unmatched(brackets: readonly RegExpExecArray[], opening: '[' | ']'): number | undefined {
	let depth = 0;
	for (const { 0: character, index } of brackets) {
		depth += character === opening ? 1 : -1;
		if (depth < 0) {
			return index;
		}
	}
	return undefined;
}

function textOf(source: string, markup: Markup): string {
	return blocksOf(source, markup)
		.map(({ text }) => text)
		.join(' ');
}
