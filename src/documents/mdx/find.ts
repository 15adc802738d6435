import type { SyntaxNode } from '@lezer/common';
import type { ImageReference } from '../imageReference.ts';
import { imagesIn, type JsxImage, linkAt } from '../jsx/find.ts';
import { parseScript, type Script } from '../jsx/script.ts';
import { linkAround, type MarkdownImage, type ParsedMarkdown, parseMarkdown, readImage } from '../markdown/find.ts';
import { moved } from '../moved.ts';
import type { Span } from '../span.ts';
import { mdxGrammar } from './grammar.ts';
import { readFlow } from './syntax.ts';

/** An image of one of the two languages, with what its rewrite has to know. */
export type MdxImage = MarkdownImage | JsxImage;

export function findImages(text: string): readonly ImageReference[] {
	return findMdxImages(text).map(({ reference }) => reference);
}

export function findMdxImages(text: string): readonly MdxImage[] {
	const document = parseMarkdown(text, mdxGrammar);
	const embedded = embeddedIn(document);
	const elements = elementsIn(document, embedded, text);
	const images = [
		...embedded.images.map((image) => inElement(image, elements)),
		...imagesIn([modulesIn(document, embedded), elements]).map((image) => inMarkdown(image, embedded)),
	];
	return images.sort((one, other) => one.reference.start - other.reference.start);
}

interface Embedded {
	readonly images: readonly MarkdownImage[];
	readonly modules: readonly Span[];
	/** Tags and expressions, without those that stand in the alt text of a Markdown image. */
	readonly parts: readonly Span[];
	/** Where the Markdown link around a tag leads, by the UTF-16 offset of the tag. */
	readonly links: ReadonlyMap<number, string>;
}

function embeddedIn(document: ParsedMarkdown): Embedded {
	const images: MarkdownImage[] = [];
	const modules: Span[] = [];
	const parts: Span[] = [];
	const links = new Map<number, string>();
	const readers: Readonly<Record<string, (node: SyntaxNode) => void>> = {
		Image: (node) => images.push(readImage(node, document)),
		MdxModule: (node) => modules.push(spanOf(node)),
		MdxFlow: ({ from }) => parts.push(...(readFlow(document.source, from)?.parts ?? [])),
		MdxExpression: (node) => parts.push(spanOf(node)),
		MdxTag: (node) => {
			const link = linkAround(node, document);
			parts.push(spanOf(node));
			if (link !== undefined) {
				links.set(node.from, link);
			}
		},
	};
	document.tree.iterate({
		enter: ({ name, node }) => {
			readers[name]?.(node);
			return readers[name] === undefined;
		},
	});
	return { images, modules, parts, links };
}

/** Makes the tags and expressions of a document the children of one element. */
const fragment = { start: '<>', end: '</>' };

function elementsIn({ source }: ParsedMarkdown, { parts }: Embedded, text: string): Script {
	const elements = parseScript(fragment.start + only(parts, source) + fragment.end, 'javascript');
	return { ...elements, original: fragment.start + text + fragment.end, references: 'html' };
}

/** At the offsets of the elements. */
function modulesIn({ source }: ParsedMarkdown, { modules }: Embedded): Script {
	return parseScript(' '.repeat(fragment.start.length) + only(modules, source), 'javascript');
}

/** The text at the same offsets with spaces for all that is not in the spans. */
function only(spans: readonly Span[], text: string): string {
	let result = '';
	for (const { start, end } of spans) {
		result += blank(text.slice(result.length, start)) + text.slice(start, end);
	}
	return result + blank(text.slice(result.length));
}

function blank(text: string): string {
	return text.replace(/[^\n]/g, ' ');
}

function inElement(image: MarkdownImage, elements: Script): MarkdownImage {
	const link = image.reference.link ?? linkAt(image.reference.start + fragment.start.length, elements);
	return link === undefined ? image : { ...image, reference: { ...image.reference, link } };
}

function inMarkdown(image: JsxImage, { links }: Embedded): JsxImage {
	const reference = moved(image.reference, { start: 0, end: fragment.start.length, newText: '' });
	const link = reference.link ?? links.get(reference.start);
	return { ...image, reference: link === undefined ? reference : { ...reference, link } };
}

function spanOf({ from, to }: SyntaxNode): Span {
	return { start: from, end: to };
}
