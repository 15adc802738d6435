import type { Node as EstreeNode } from 'estree';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { mdxjs } from 'micromark-extension-mdxjs';
import type { ImageReference } from '../../../../src/documents/index.ts';

/** What the finder and MDX's own parser have to agree on about an image; offsets are UTF-16 code units. */
export interface SeenImage {
	readonly start: number;
	readonly end: number;
	readonly kind: ImageReference['altKind'];
	/** With each run of white space as one space: parsers break lines inside alt texts differently. */
	readonly alt: string;
	/** Undefined where it is no text. */
	readonly target: string | undefined;
}

interface Attribute {
	readonly name: string | undefined;
	/** Undefined for an expression, true for no value. */
	readonly value: string | true | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** The images of a document as mdast and acorn see them, in its order; undefined where they see a syntax error. */
export function imagesByMdx(text: string): readonly SeenImage[] | undefined {
	let root;
	try {
		root = fromMarkdown(text, { extensions: [mdxjs()], mdastExtensions: [mdxFromMarkdown()] });
	} catch {
		return undefined;
	}
	const definitions = new Map<unknown, unknown>();
	walk(root, (node) => {
		if (node['type'] === 'definition' && !definitions.has(node['identifier'])) {
			definitions.set(node['identifier'], node['url']);
		}
	});
	const images: SeenImage[] = [];
	walk(root, (node) => {
		const image = readers[String(node['type'])]?.(node, definitions);
		if (image !== undefined) {
			images.push(image);
		}
	});
	return images.sort((one, other) => one.start - other.start);
}

export function seenByUs({ start, end, altKind, alt, target, targetKind }: ImageReference): SeenImage {
	return {
		start,
		end,
		kind: altKind,
		alt: altKind === 'computed' ? '' : oneSpace(alt),
		target: targetKind === 'computed' ? undefined : target,
	};
}

type Read = (node: Fields, definitions: ReadonlyMap<unknown, unknown>) => SeenImage | undefined;

const readers: Readonly<Record<string, Read>> = {
	image: (node) => markdownImage(node, node['url']),
	imageReference: (node, definitions) => markdownImage(node, definitions.get(node['identifier'])),
	mdxJsxFlowElement: (node) => element(node, node['name'], list(node['attributes']).map(mdxAttribute)),
	mdxJsxTextElement: (node) => element(node, node['name'], list(node['attributes']).map(mdxAttribute)),
	JSXElement(node) {
		const opening = fields(node['openingElement']);
		return element(node, fields(opening['name'])['name'], list(opening['attributes']).map(jsxAttribute));
	},
};

function markdownImage(node: Fields, target: unknown): SeenImage {
	return {
		...placeOf(node),
		kind: 'written',
		alt: oneSpace(typeof node['alt'] === 'string' ? node['alt'] : ''),
		target: String(target),
	};
}

function element(node: Fields, name: unknown, attributes: readonly Attribute[]): SeenImage | undefined {
	if (name !== 'img' && name !== 'Image') {
		return undefined;
	}
	const spread = attributes.findLastIndex((attribute) => attribute.name === undefined);
	const read = (wanted: string): string | true | undefined => {
		const index = attributes.findLastIndex((attribute) => attribute.name === wanted);
		return index < spread ? undefined : index === -1 ? true : attributes[index]?.value;
	};
	const alt = read('alt');
	const target = read('src');
	return {
		...placeOf(node),
		kind: alt === undefined ? 'computed' : alt === true ? 'absent' : 'written',
		alt: typeof alt === 'string' ? oneSpace(alt) : '',
		target: target === true ? '' : target,
	};
}

function mdxAttribute(node: Fields): Attribute {
	if (node['type'] === 'mdxJsxExpressionAttribute') {
		return { name: undefined, value: undefined };
	}
	const value = node['value'];
	const program = fields(fields(fields(value)['data'])['estree']);
	const [statement] = list(program['body']);
	return {
		name: String(node['name']),
		value: typeof value === 'string' ? value : value === null ? true : textOf(fields(statement?.['expression'])),
	};
}

function jsxAttribute(node: Fields): Attribute {
	const name = fields(node['name']);
	if (node['type'] === 'JSXSpreadAttribute') {
		return { name: undefined, value: undefined };
	}
	const value = node['value'];
	const literal = fields(fields(value)['type'] === 'JSXExpressionContainer' ? fields(value)['expression'] : value);
	return {
		name: name['type'] === 'JSXIdentifier' ? String(name['name']) : 'a:b',
		value: value === null ? true : textOf(literal),
	};
}

function textOf(literal: Fields): string | undefined {
	if (literal['type'] === 'Literal') {
		return typeof literal['value'] === 'string' ? literal['value'] : undefined;
	}
	const quasis = literal['type'] === 'TemplateLiteral' ? list(literal['quasis']) : [];
	return quasis.length === 1 ? String(fields(quasis[0]?.['value'])['cooked']) : undefined;
}

function placeOf(node: Fields): { readonly start: number; readonly end: number } {
	const { start, end } = fields(node['position']);
	return {
		start: Number(fields(start)['offset'] ?? node['start']),
		end: Number(fields(end)['offset'] ?? node['end']),
	};
}

function oneSpace(text: string): string {
	return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

function fields(value: unknown): Fields {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly Fields[] {
	return Array.isArray(value) ? value.map(fields) : [];
}

function walk(value: unknown, visit: (node: Fields) => void): void {
	if (Array.isArray(value)) {
		for (const item of value) {
			walk(item, visit);
		}
	} else if (typeof value === 'object' && value !== null) {
		visit(fields(value));
		for (const child of Object.values(value as EstreeNode)) {
			walk(child, visit);
		}
	}
}
