import { parse } from '@babel/parser';
import type { JSXAttribute, JSXElement, JSXOpeningElement, Node } from '@babel/types';
import type { ImageReference } from '../../../../src/documents/index.ts';

/** What the finder and Babel have to agree on about an image; offsets are UTF-16 code units. */
export interface SeenImage {
	readonly start: number;
	readonly end: number;
	readonly kind: ImageReference['altKind'];
	/** With each run of white space as one space. */
	readonly alt: string;
	/** Where a written text is, without quotes and braces. */
	readonly altRange: readonly [start: number, end: number] | undefined;
	/** Of a `src` that is a text; undefined for every other. */
	readonly target: string | undefined;
}

export type Dialect = 'javascript' | 'typescript';

/** The images of a document as Babel sees them; undefined where it sees a syntax error. */
export function imagesByBabel(text: string, dialect: Dialect = 'typescript'): readonly SeenImage[] | undefined {
	const images: SeenImage[] = [];
	try {
		const file = parse(text, {
			sourceType: 'module',
			plugins: dialect === 'typescript' ? ['jsx', 'typescript'] : ['jsx'],
			attachComment: false,
		});
		walk(file.program, (node) => {
			if (node.type === 'JSXElement' && ['img', 'Image'].includes(nameOf(node))) {
				images.push(seen(node));
			}
		});
	} catch {
		return undefined;
	}
	return images;
}

export function seenByUs(image: ImageReference): SeenImage {
	const { start, end, altKind, alt, altStart, altEnd, target, targetKind } = image;
	return {
		start,
		end,
		kind: altKind,
		alt: oneSpace(alt),
		altRange: altKind === 'written' ? [altStart, altEnd] : undefined,
		target: targetKind === 'computed' ? undefined : target,
	};
}

function seen({ start, end, openingElement }: JSXElement): SeenImage {
	const alt = attributeOf(openingElement, 'alt');
	const src = attributeOf(openingElement, 'src');
	const spread = openingElement.attributes.findLast(({ type }) => type === 'JSXSpreadAttribute');
	const isSetBySpread = (attribute: JSXAttribute | undefined): boolean =>
		(attribute?.start ?? -1) < (spread?.start ?? -1);
	const altText = textOf(alt);
	const kind = isSetBySpread(alt) ? 'computed' : kindOf(alt);
	return {
		start: Number(start),
		end: Number(end),
		kind,
		alt: oneSpace(altText ?? ''),
		altRange: kind === 'written' ? rangeOf(alt) : undefined,
		target: isSetBySpread(src) ? undefined : src?.value ? textOf(src) : '',
	};
}

function kindOf(alt: JSXAttribute | undefined): ImageReference['altKind'] {
	if (!alt?.value) {
		return 'absent';
	}
	return textOf(alt) === undefined ? 'computed' : 'written';
}

function nameOf({ openingElement: { name } }: JSXElement): string {
	return name.type === 'JSXIdentifier' ? name.name : '';
}

function attributeOf({ attributes }: JSXOpeningElement, name: string): JSXAttribute | undefined {
	return attributes
		.filter((attribute) => attribute.type === 'JSXAttribute')
		.findLast((attribute) => attribute.name.name === name);
}

function textOf(attribute: JSXAttribute | undefined): string | undefined {
	const value = attribute?.value;
	const expression = value?.type === 'JSXExpressionContainer' ? value.expression : value;
	if (expression?.type === 'TemplateLiteral') {
		const [quasi, ...others] = expression.quasis;
		return others.length === 0 && !isParenthesized(expression) ? (quasi?.value.cooked ?? undefined) : undefined;
	}
	return expression?.type === 'StringLiteral' && !isParenthesized(expression) ? expression.value : undefined;
}

function rangeOf(attribute: JSXAttribute | undefined): readonly [number, number] {
	const value = attribute?.value;
	const literal = value?.type === 'JSXExpressionContainer' ? value.expression : value;
	return [Number(literal?.start) + 1, Number(literal?.end) - 1];
}

function isParenthesized({ extra }: Node): boolean {
	return extra?.['parenthesized'] === true;
}

function oneSpace(text: string): string {
	return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

/** In the order of the source. */
function walk(node: unknown, visit: (node: Node) => void): void {
	if (Array.isArray(node)) {
		for (const item of node) {
			walk(item, visit);
		}
	} else if (isNode(node)) {
		visit(node);
		for (const child of Object.values(node)) {
			walk(child, visit);
		}
	}
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
