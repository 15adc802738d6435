import { type DefaultTreeAdapterTypes, html, parse, parseFragment } from 'parse5';
import type { ImageReference } from '../../../../src/documents/index.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What two parsers have to agree on about an image; offsets are UTF-16 code units. */
export interface SeenImage {
	readonly start: number;
	readonly end: number;
	readonly alt: string;
	/** The source of the attribute's value with its quotation marks; undefined when there is none. */
	readonly altSource: string | undefined;
	readonly target: string;
	readonly link: string | undefined;
	readonly inButton: boolean;
}

/** The images of a document as parse5 sees them, in the order of the text. */
export function imagesByParse5(text: string): readonly SeenImage[] {
	const parents = new Map(elementsOf(parse(text, { sourceCodeLocationInfo: true })));
	return [...parents.keys()]
		.filter(isImage)
		.map((element) => seen(element, text, parents))
		.sort((one, other) => one.start - other.start);
}

/** The alt texts and targets of the `img` elements in a piece of HTML. */
export function imagesInPiece(piece: string): readonly (readonly [alt: string, target: string])[] {
	return elementsOf(parseFragment(piece))
		.filter(([{ tagName }]) => tagName === 'img')
		.map(([element]) => [valueOf(element, 'alt') ?? '', targetOf(element)]);
}

export function seenByUs(image: ImageReference, text: string): SeenImage {
	const { start, end, alt, altKind, altStart, altEnd, target, link, inButton } = image;
	const quotes =
		altKind !== 'absent' && /["']/.test(text.charAt(altEnd)) && text[altStart - 1] === text[altEnd] ? 1 : 0;
	const source = text.slice(altStart - quotes, altEnd + quotes);
	return {
		start,
		end,
		alt,
		altSource: source === '' || text[altStart - 1] === '>' ? undefined : source,
		target,
		link,
		inButton: inButton === true,
	};
}

function isImage(element: Element): boolean {
	switch (element.tagName) {
		case 'img':
			return element.namespaceURI === html.NS.HTML;
		case 'input':
			return element.namespaceURI === html.NS.HTML && valueOf(element, 'type')?.toLowerCase() === 'image';
		case 'area':
			return element.namespaceURI === html.NS.HTML && valueOf(element, 'href') !== undefined;
		case 'svg':
			return element.namespaceURI === html.NS.SVG && valueOf(element, 'role')?.trim().toLowerCase() === 'img';
		default:
			return false;
	}
}

function seen(element: Element, text: string, parents: Parents): SeenImage {
	const { sourceCodeLocation: location, tagName } = element;
	const name = tagName === 'svg' ? 'aria-label' : 'alt';
	const attribute = location?.attrs?.[name];
	const source = attribute && text.slice(attribute.startOffset, attribute.endOffset);
	const altSource = source && /^[^=]+=\s*(.*)$/s.exec(source)?.[1];
	return {
		start: location?.startOffset ?? Number.NaN,
		end: location?.endOffset ?? Number.NaN,
		alt: (altSource === undefined ? titleOf(element) : undefined) ?? valueOf(element, name) ?? '',
		altSource,
		target: tagName === 'img' || tagName === 'input' ? targetOf(element) : '',
		link: tagName === 'area' ? valueOf(element, 'href') : valueOf(ancestor(element, 'a', parents), 'href'),
		inButton: tagName === 'input' || ancestor(element, 'button', parents) !== undefined,
	};
}

/** The text of an SVG's title. */
function titleOf({ tagName, childNodes }: Element): string | undefined {
	const title = tagName === 'svg' ? childNodes.find(({ nodeName }) => nodeName === 'title') : undefined;
	const [text, ...others] = title && 'childNodes' in title ? title.childNodes : [];
	return text && 'value' in text && others.length === 0 ? text.value : undefined;
}

function targetOf(element: Element): string {
	const targets = [
		...['src', 'data-src', 'data-original', 'data-lazy-src'].map((name) => trimmed(valueOf(element, name))),
		...['data-srcset', 'srcset'].map(
			(name) => /[^\t\n\f\r ,][^\t\n\f\r ]*(?<!,)/.exec(valueOf(element, name) ?? '')?.[0],
		),
	].filter((target) => target !== undefined && target !== '');
	return targets.find((target) => target?.startsWith('data:') === false) ?? targets[0] ?? '';
}

function trimmed(text: string | undefined): string | undefined {
	return text?.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
}

function valueOf(element: Element | undefined, name: string): string | undefined {
	return element?.attrs.find((attribute) => attribute.name === name)?.value;
}

function ancestor(element: Element, tagName: string, parents: Parents): Element | undefined {
	for (let parent = parents.get(element); parent !== undefined; parent = parents.get(parent)) {
		if (parent.tagName === tagName && parent.namespaceURI === html.NS.HTML) {
			return parent;
		}
	}
	return undefined;
}

/** Every element with the one around it, out of templates too. */
type Parents = ReadonlyMap<Element, Element | undefined>;

function elementsOf(node: Node, parent?: Element): readonly (readonly [Element, Element | undefined])[] {
	const own = 'tagName' in node ? node : undefined;
	const children = [...('childNodes' in node ? node.childNodes : []), ...('content' in node ? [node.content] : [])];
	return [...(own ? [[own, parent] as const] : []), ...children.flatMap((child) => elementsOf(child, own ?? parent))];
}
