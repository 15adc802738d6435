import type { ImageReference } from '../../documents/index.ts';
import { repeatsText } from '../../documents/repeatedText.ts';
import { captionOf } from '../../documents/surroundings/caption.ts';
import { controlAround } from '../../documents/surroundings/control.ts';
import { attributeIn, looseTags } from '../../documents/surroundings/looseTags.ts';
import { type Markup, markupOf } from '../../documents/surroundings/markup.ts';
import { isChartPath, isIconPath, isImagePath } from './targetHints.ts';

/** What an image is for at its place, which decides what its alt text says. */
export type Role = 'informative' | 'functional' | 'captioned' | 'repeats-text' | 'icon' | 'chart' | 'decorative';

interface Place {
	readonly text: string;
	readonly languageId: string;
	readonly markup: Markup;
	readonly image: ImageReference;
}

/** The first that fits counts: what is around an image says more than what its file is called. */
const signs: readonly { readonly role: Role; readonly fits: (place: Place) => boolean }[] = [
	{ role: 'decorative', fits: ({ image }) => image.hidden === true },
	{ role: 'functional', fits: isAloneInControl },
	{ role: 'decorative', fits: isMarkedDecorative },
	{ role: 'repeats-text', fits: ({ text, languageId, image }) => repeatsText(text, languageId, image) },
	{ role: 'captioned', fits: hasCaption },
	{ role: 'icon', fits: (place) => isIconPath(place.image.target) || isSmall(place) },
	{ role: 'chart', fits: ({ image }) => isChartPath(image.target) },
];

/** A hint from the markup: a model gets it, and the user can change it. */
export function roleOf(text: string, languageId: string, image: ImageReference): Role {
	const place = { text, languageId, markup: markupOf(languageId, image), image };
	return signs.find(({ fits }) => fits(place))?.role ?? 'informative';
}

/** A thumbnail that leads to the large picture is described like the picture. */
function isAloneInControl({ text, markup, image }: Place): boolean {
	const leadsToItself = image.link !== undefined && (image.link === image.target || isImagePath(image.link));
	return !leadsToItself && controlAround(text, markup, image)?.imageAlone === true;
}

/** In Markdown an empty alt text may be a forgotten one. */
function isMarkedDecorative({ image }: Place): boolean {
	const isMarkdown = image.syntax === 'markdown-inline' || image.syntax === 'markdown-reference';
	return !isMarkdown && image.altKind === 'written' && image.alt === '';
}

function hasCaption({ text, languageId, markup, image }: Place): boolean {
	const kind = captionOf(text, languageId, markup, image)?.kind;
	return kind !== undefined && kind !== 'title';
}

/** In CSS pixels, on both sides where both are given. */
const iconSize = 32;

function isSmall({ text, image }: Place): boolean {
	const [tag] = looseTags(text.slice(image.start, Math.min(image.end, image.start + 4000)));
	const sizes = ['width', 'height', 'size']
		.map((name) => attributeIn(tag?.attributes ?? '', name))
		.filter((size) => size !== undefined);
	return sizes.length > 0 && sizes.every((size) => /^\d+(?:px)?$/.test(size) && Number.parseInt(size) <= iconSize);
}
