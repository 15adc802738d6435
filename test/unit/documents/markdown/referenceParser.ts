import type { Image, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { ImageReference } from '../../../../src/documents/index.ts';
import { imagesInPiece } from '../html/referenceParser.ts';

/** What two parsers have to agree on about an image; offsets are UTF-16 code units. */
export interface SeenImage {
	readonly start: number;
	readonly end: number;
	readonly target: string;
	/** With each run of white space as one space: parsers break lines inside alt texts differently. */
	readonly alt: string;
}

/** The images of a document as mdast sees them. */
export function imagesByMdast(text: string): readonly SeenImage[] {
	const root = fromMarkdown(text);
	const definitions = new Map<string, string>();
	walk(root, (node) => {
		if (node.type === 'definition' && !definitions.has(node.identifier)) {
			definitions.set(node.identifier, node.url);
		}
	});
	const images: SeenImage[] = [];
	walk(root, (node) => {
		if (node.type === 'image' || node.type === 'imageReference') {
			const target = node.type === 'image' ? node.url : (definitions.get(node.identifier) ?? '');
			images.push(seen(node, target, node.alt ?? ''));
		}
	});
	return images;
}

/** The alt texts and targets of the `img` elements in a document's HTML, as mdast and parse5 see them. */
export function htmlImagesByMdast(text: string): readonly (readonly [alt: string, target: string])[] {
	const images: (readonly [string, string])[] = [];
	walk(fromMarkdown(text), (node) => {
		if (node.type === 'html') {
			images.push(...imagesInPiece(node.value).map(([alt, target]) => [oneSpace(alt), target] as const));
		}
	});
	return images;
}

export function seenByUs({ start, end, target, alt }: ImageReference): SeenImage {
	return { start, end, target, alt: oneSpace(alt) };
}

function seen({ position }: Pick<Image, 'position'>, target: string, alt: string): SeenImage {
	return {
		start: position?.start.offset ?? Number.NaN,
		end: position?.end.offset ?? Number.NaN,
		target,
		alt: oneSpace(alt),
	};
}

function oneSpace(text: string): string {
	return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

function walk(node: Nodes, visit: (node: Nodes) => void): void {
	visit(node);
	if ('children' in node) {
		for (const child of node.children) {
			walk(child, visit);
		}
	}
}
