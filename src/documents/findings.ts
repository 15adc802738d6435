import type { ImageReference } from './imageReference.ts';
import { namedOtherwiseIn } from './namedOtherwise.ts';
import { repeatsNeighbour } from './repeatedNeighbour.ts';
import { repeatsText } from './repeatedText.ts';
import { percentDecoded, withoutQuery } from './targetPath.ts';
import { type Weakness, weaknessOf } from './weakAltText.ts';

/**
 * What is wrong with an alt text; `long` only asks for a look.
 * `missing-target` needs the file system, so that `findingsOf` never gives it.
 */
export type FindingCode = 'missing-target' | 'missing' | Weakness | 'repeats-neighbour' | 'repeats-text' | 'long';

/** UTF-16 offsets into the document: of the alt text, or of the whole image where nothing is written. */
export interface Finding {
	readonly code: FindingCode;
	readonly image: ImageReference;
	readonly start: number;
	readonly end: number;
}

export interface FindingOptions {
	/** Any path or URL path of the document; its extension decides when the language id says nothing. */
	readonly path?: string;
	/** In characters: a longer alt text is `long`. */
	readonly longerThan?: number;
}

/**
 * WCAG sets no limit, and no screen reader cuts (yatil.net, "There is no character limit"): this is where alt texts
 * are no more a sentence or two.
 */
const usuallyLong = 250;

/**
 * The findings about the images of a document, in their order: the most serious one of each, and `long` beside it.
 * An empty alt text in HTML and JSX, `aria-hidden` and the roles for decoration are decisions, not findings.
 */
export function findingsOf(
	text: string,
	languageId: string,
	images: readonly ImageReference[],
	options: FindingOptions = {},
): readonly Finding[] {
	const isNamedOtherwise = namedOtherwiseIn(text);
	return images.flatMap((image, index) => {
		if (image.altKind === 'computed' || image.hidden === true || isIgnored(text, image)) {
			return [];
		}
		const code =
			image.alt === ''
				? missingCode(image, isNamedOtherwise)
				: weakCode(text, languageId, image, images[index - 1], options);
		const isLong = Array.from(image.alt).length > (options.longerThan ?? usuallyLong);
		return [...(code ? [code] : []), ...(isLong ? (['long'] as const) : [])].map((found) => finding(found, image));
	});
}

function weakCode(
	text: string,
	languageId: string,
	image: ImageReference,
	previous: ImageReference | undefined,
	{ path }: FindingOptions,
): FindingCode | undefined {
	const weakness = weaknessOf({
		alt: image.alt,
		fileName: fileNameOf(image.target),
		inButton: image.inButton === true,
	});
	return (
		weakness ??
		(repeatsNeighbour(text, image, previous) ? 'repeats-neighbour' : undefined) ??
		(repeatsText(text, languageId, image, path) ? 'repeats-text' : undefined)
	);
}

/** Markdown cannot tell an empty alt text from a forgotten one. */
function missingCode(
	image: ImageReference,
	isNamedOtherwise: (image: ImageReference) => boolean,
): 'missing' | undefined {
	const isMarkdown = image.syntax === 'markdown-inline' || image.syntax === 'markdown-reference';
	return isMarkdown || (image.altKind === 'absent' && !isNamedOtherwise(image)) ? 'missing' : undefined;
}

function finding(code: FindingCode, image: ImageReference): Finding {
	const { start, end } =
		image.altStart < image.altEnd
			? { start: image.altStart, end: image.altEnd }
			: { start: image.start, end: image.end };
	return { code, image, start, end };
}

function fileNameOf(target: string): string {
	const path = target.startsWith('data:') ? '' : withoutQuery(target);
	return percentDecoded(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
}

/** How far before an image its line and the comment on the line before may start, in characters. */
const longestLine = 1000;

/** `<!-- descry-ignore -->` alone on the line before; in JSX and MDX also as one of their comments. */
function isIgnored(text: string, { start }: ImageReference): boolean {
	const [before = ''] = /^[^]*[\r\n]/.exec(text.slice(Math.max(0, start - longestLine), start)) ?? [];
	return /(?:^|[\r\n])[ \t>]*(?:<!--|\{?[ \t]*\/\*|\/\/)[ \t]*descry-ignore\b[^\r\n]*(?:\r\n?|\n)$/.test(before);
}
