import { type Exception, fieldsWithout, isNode, sameTree, type TreeNode } from './sameTree.ts';

/** Whether two `JSXElement` nodes, of Babel or acorn, are the same but for the alt text, which the second has. */
export function sameElement(one: TreeNode, other: TreeNode, altText: string, exception: Exception): boolean {
	const before = splitOf(one);
	const after = splitOf(other);
	return (
		before !== undefined &&
		after !== undefined &&
		sameTree(before.rest, after.rest, exception) &&
		after.alt !== undefined &&
		valueOf(after.alt) === altText
	);
}

interface Split {
	readonly alt: TreeNode | undefined;
	/** What is left of the element. */
	readonly rest: readonly unknown[];
}

function splitOf(element: TreeNode): Split | undefined {
	const opening = element['openingElement'];
	if (element.type !== 'JSXElement' || !isNode(opening) || !Array.isArray(opening['attributes'])) {
		return undefined;
	}
	const attributes: readonly unknown[] = opening['attributes'];
	const alt = attributes.filter(isNode).findLast(isAlt);
	const others = attributes.filter((attribute) => attribute !== alt);
	return { alt, rest: [fieldsWithout(element, 'openingElement'), fieldsWithout(opening, 'attributes'), others] };
}

function isAlt({ type, name }: TreeNode): boolean {
	return type === 'JSXAttribute' && isNode(name) && name['name'] === 'alt';
}

function valueOf(attribute: TreeNode): unknown {
	const value = attribute['value'];
	return literalValue(isNode(value) && value.type === 'JSXExpressionContainer' ? value['expression'] : value);
}

/** Of a string, or of a template without expressions; no text for anything else. */
export function literalValue(expression: unknown): unknown {
	if (!isNode(expression)) {
		return undefined;
	}
	if (expression.type !== 'TemplateLiteral' || !Array.isArray(expression['quasis'])) {
		return expression['value'];
	}
	const quasis: readonly unknown[] = expression['quasis'];
	const [quasi, ...others] = quasis;
	const cooked = isNode(quasi) && others.length === 0 ? quasi['value'] : undefined;
	return typeof cooked === 'object' && cooked !== null && 'cooked' in cooked ? cooked.cooked : undefined;
}
