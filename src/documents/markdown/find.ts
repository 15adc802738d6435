import { HtmlImages } from '../html/find.ts';
import type { HtmlImage } from '../html/imageTag.ts';
import type { ImageReference } from '../imageReference.ts';
import { type MarkdownImage, type ParsedMarkdown, parseMarkdown } from './document.ts';
import { markdownGrammar } from './grammar.ts';

export type FoundImage = MarkdownImage | HtmlImage;

export function findImages(text: string): readonly ImageReference[] {
	return createFinder()(text).map(({ reference }) => reference);
}

/** Finds the images of one version of a document after the other. */
export function createFinder(): (text: string) => readonly FoundImage[] {
	let parsed: ParsedMarkdown | undefined;
	return (text) => {
		parsed = parseMarkdown(text, markdownGrammar, parsed?.state);
		return imagesOf(parsed);
	};
}

function imagesOf({ source, parts }: ParsedMarkdown): readonly FoundImage[] {
	const images: MarkdownImage[] = [];
	const html = new HtmlImages(source);
	for (const part of parts) {
		switch (part.kind) {
			case 'image':
				images.push(withLink(part.image, html.link));
				break;
			case 'embedded':
				html.read(part.embedded, part.embedded);
				break;
			case 'end':
				// A browser would go on, but who writes about a `<title>` means its name, and GitHub shows it as text.
				html.endText(part.offset);
				break;
		}
	}
	return [...images, ...html.finish()].sort((one, other) => one.reference.start - other.reference.start);
}

function withLink(image: MarkdownImage, link: string | undefined): MarkdownImage {
	return link === undefined ? image : { ...image, reference: { link, ...image.reference } };
}
