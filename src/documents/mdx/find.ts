import type { ImageReference } from '../imageReference.ts';
import { imagesIn, type JsxImage, linkAt } from '../jsx/find.ts';
import { parseScript, type Script } from '../jsx/script.ts';
import { type Embedded, type MarkdownImage, type ParsedMarkdown, parseMarkdown } from '../markdown/document.ts';
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
	const embedded = partsOf(document);
	const elements = elementsIn(document, embedded, text);
	const images = [
		...embedded.images.map((image) => inElement(image, elements)),
		...imagesIn([modulesIn(document, embedded), elements]).map((image) => inMarkdown(image, embedded)),
	];
	return images.sort((one, other) => one.reference.start - other.reference.start);
}

interface InDocument {
	readonly images: readonly MarkdownImage[];
	readonly modules: readonly Span[];
	/** Tags and expressions, without those that stand in the alt text of a Markdown image. */
	readonly parts: readonly Span[];
	/** Where the Markdown link around a tag leads, by the UTF-16 offset of the tag. */
	readonly links: ReadonlyMap<number, string>;
}

function partsOf({ source, parts }: ParsedMarkdown): InDocument {
	const embedded = parts.flatMap((part) => (part.kind === 'embedded' ? [part.embedded] : []));
	const named = (wanted: string): readonly Embedded[] => embedded.filter(({ name }) => name === wanted);
	return {
		images: parts.flatMap((part) => (part.kind === 'image' ? [part.image] : [])),
		modules: named('MdxModule'),
		parts: embedded.flatMap((one) => spansIn(one, source)),
		links: new Map(named('MdxTag').flatMap(({ start, link }) => (link === undefined ? [] : [[start, link] as const]))),
	};
}

function spansIn({ name, start, end }: Embedded, source: string): readonly Span[] {
	switch (name) {
		case 'MdxModule':
			return [];
		case 'MdxFlow':
			return readFlow(source, start)?.parts ?? [];
		default:
			return [{ start, end }];
	}
}

/** Makes the tags and expressions of a document the children of one element. */
const fragment = { start: '<>', end: '</>' };

function elementsIn({ source }: ParsedMarkdown, { parts }: InDocument, text: string): Script {
	const elements = parseScript(fragment.start + only(parts, source) + fragment.end, 'javascript');
	return { ...elements, original: fragment.start + text + fragment.end, references: 'html' };
}

/** At the offsets of the elements. */
function modulesIn({ source }: ParsedMarkdown, { modules }: InDocument): Script {
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

function inMarkdown(image: JsxImage, { links }: InDocument): JsxImage {
	const reference = moved(image.reference, { start: 0, end: fragment.start.length, newText: '' });
	const link = reference.link ?? links.get(reference.start);
	return { ...image, reference: link === undefined ? reference : { ...reference, link } };
}
