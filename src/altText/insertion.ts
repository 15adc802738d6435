import type { ImageReference } from '../documents/index.ts';

/** How each kind of document embeds an image, before its alt text is written into it. */
const embeddings: Readonly<Record<string, (path: string) => string>> = {
	markdown: (path) => `![](${path})`,
	mdx: (path) => `![](${path})`,
	html: (path) => `<img src="${path.replaceAll('&', '&amp;')}" alt="">`,
	javascriptreact: (path) => `<img src="${path}" alt="" />`,
	typescriptreact: (path) => `<img src="${path}" alt="" />`,
};

/** The path from one file to another, both with `/`, escaped for an address. */
export function relativeAddress(fromFile: string, toFile: string): string {
	const from = fromFile.split('/').slice(0, -1);
	const to = toFile.split('/');
	const same = from.findIndex((part, index) => part !== to[index]);
	const shared = same === -1 ? from.length : same;
	const up = from.slice(shared).map(() => '..');
	return [...up, ...to.slice(shared)].map(encodePart).join('/');
}

/** An address on the web, escaped for a document. */
export function webAddress(url: string): string {
	return url.replace(/[()']/g, escaped);
}

/** Parentheses would end a Markdown target, quotes an attribute. */
function encodePart(part: string): string {
	return encodeURIComponent(part).replace(/[()']/g, escaped);
}

function escaped(character: string): string {
	return `%${character.charCodeAt(0).toString(16)}`;
}

/** A document as far as an insertion needs it. */
export interface InsertionDocument {
	readonly text: string;
	readonly languageId: string;
	readonly path: string;
}

/** A document with an image put in, its alt text still empty. */
export interface DocumentWithImage {
	readonly text: string;
	readonly image: ImageReference;
	/** All of them, in the order of the text. */
	readonly images: readonly ImageReference[];
	/** What was put in. */
	readonly markup: string;
}

/** Puts an image in at an offset (UTF-16); undefined where a document of that kind, or that place, can hold none. */
export async function withImage(
	{ text, languageId, path }: InsertionDocument,
	offset: number,
	address: string,
): Promise<DocumentWithImage | undefined> {
	const markup = embeddings[languageId]?.(address);
	if (markup === undefined) {
		return undefined;
	}
	const { findImages } = await import('../documents/index.ts');
	const after = text.slice(0, offset) + markup + text.slice(offset);
	const images = await findImages(after, languageId, { path });
	const image = images.find(({ start }) => start === offset);
	return image && { text: after, image, images, markup };
}

/** What to insert at an offset for an image with an alt text: written into the document as it would be, and proven. */
export async function imageMarkup(
	document: InsertionDocument,
	offset: number,
	address: string,
	alt: string,
): Promise<string | undefined> {
	const there = await withImage(document, offset, address);
	if (!there) {
		return undefined;
	}
	const { rewriteAltText } = await import('../documents/index.ts');
	const rewrite = await rewriteAltText(there.text, document.languageId, there.image, alt, { path: document.path });
	return 'refused' in rewrite
		? undefined
		: there.markup.slice(0, rewrite.start - offset) + rewrite.newText + there.markup.slice(rewrite.end - offset);
}
