import type { ImageReference } from '../imageReference.ts';
import { blocksOf, hasWords } from './blocks.ts';
import { elementAround } from './elementAround.ts';
import { attributeIn } from './looseTags.ts';
import type { Markup } from './markup.ts';

/** `element`, `line`: stands beside the image. `alt`: the alt text is shown as caption. `title`: only shown on demand. */
export interface Caption {
	readonly kind: 'element' | 'line' | 'alt' | 'title';
	readonly text: string;
}

export function captionOf(
	text: string,
	languageId: string,
	markup: Markup,
	image: ImageReference,
): Caption | undefined {
	return (
		elementCaption(text, markup, image) ??
		pandocCaption(text, languageId, image) ??
		captionLine(text, markup, image) ??
		title(text, markup, image)
	);
}

/** HTML's, and those that design systems and documentation tools call alike. */
const figures: ReadonlySet<string> = new Set(['figure', 'Figure', 'Frame']);
const captionElement = /<(figcaption|FigCaption|Figcaption|FigureCaption)\b[^>]*>([^]*?)(?:<\/\1\s*>|$)/i;

function elementCaption(text: string, markup: Markup, image: ImageReference): Caption | undefined {
	const figure = elementAround(text, image, figures);
	if (figure === undefined) {
		return undefined;
	}
	const [, , element = ''] = captionElement.exec(figure.after) ?? captionElement.exec(figure.before) ?? [];
	const caption = textOf(element || (attributeIn(figure.attributes, 'caption') ?? ''), markup);
	return hasWords(caption) ? { kind: 'element', text: caption } : undefined;
}

/** Their Markdown is Pandoc's, where an image with a paragraph of its own is a figure and its alt text the caption. */
const pandocLanguages: ReadonlySet<string> = new Set(['quarto', 'rmd', 'pandoc']);

/** https://pandoc.org/MANUAL.html#extension-implicit_figures, https://quarto.org/docs/authoring/figures.html */
const figureAttributes = /^\{(?=[^{}\n]*(?:#fig[:-]|\bfig-\w+=))[^{}\n]*\}/;

function pandocCaption(text: string, languageId: string, image: ImageReference): Caption | undefined {
	const isMarkdown = image.syntax === 'markdown-inline' || image.syntax === 'markdown-reference';
	const [attributes = ''] = /^\{[^{}\n]*\}/.exec(text.slice(image.end, image.end + 500)) ?? [];
	const isFigure = figureAttributes.test(attributes) || pandocLanguages.has(languageId);
	const isAlone = (): boolean =>
		/(?:^|\n)[ \t]*\r?\n[ \t]*$|^\s*$/.test(text.slice(Math.max(0, image.start - 200), image.start)) &&
		/^[ \t]*(?:$|\r?\n[ \t]*(?:\r?\n|$))/.test(text.slice(image.end + attributes.length, image.end + 700));
	return isMarkdown && isFigure && isAlone() && hasWords(image.alt) ? { kind: 'alt', text: image.alt } : undefined;
}

/** In Markdown people write captions as emphasised text under the image, in Word's manner, or both. */
const captionLines: readonly RegExp[] = [
	/^([*_])(?!\1)(?!.*\1.*\1)(?<caption>.+)\1$/,
	/^(?<caption>(?:Figure|Fig\.|Abbildung|Abb\.) ?\d+(?:\.\d+)*[.:] .+)$/,
];

function captionLine(text: string, markup: Markup, image: ImageReference): Caption | undefined {
	if (markup === 'html' || markup === 'jsx') {
		return undefined;
	}
	const [line = ''] =
		/^[^\S\n]*\n(?:[^\S\n]*\n)?[^\S\n]*[^\s#][^\n]*/.exec(text.slice(image.end, image.end + 700)) ?? [];
	const found = captionLines.map((pattern) => pattern.exec(line.trim())?.groups?.['caption']).find(Boolean);
	return found === undefined ? undefined : { kind: 'line', text: textOf(found, markup) };
}

const markdownTitle = /^>?\s+(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\(((?:[^()\\]|\\.)*)\))[ \t]*(?:\)|[\r\n]|$)/;

function title(text: string, markup: Markup, image: ImageReference): Caption | undefined {
	const written =
		image.syntax === 'markdown-inline' || image.syntax === 'markdown-reference'
			? markdownTitle
					.exec(text.slice(image.targetEnd, image.targetEnd + 1000))
					?.slice(1)
					.find(Boolean)
			: attributeIn(text.slice(image.start, Math.min(image.end, image.start + 2000)), 'title');
	const words = written === undefined ? '' : textOf(written, markup);
	return hasWords(words) ? { kind: 'title', text: words } : undefined;
}

function textOf(source: string, markup: Markup): string {
	return blocksOf(source, markup)
		.map(({ text }) => text)
		.filter(hasWords)
		.join(' ');
}
