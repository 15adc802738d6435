/** A node of a syntax tree as parsers make them, whatever their format. */
export interface TreeNode {
	readonly type: string;
	readonly [field: string]: unknown;
}

/** Decides about a pair of nodes in the place of the comparison; undefined when the pair is nothing special. */
export type Exception = (one: TreeNode, other: TreeNode) => boolean | undefined;

/** What says where a node is, or how it was found, and not what it is. */
const positions: ReadonlySet<string> = new Set([
	...['start', 'end', 'loc', 'range', 'position', 'parenStart', 'trailingComma', 'trailingCommaLoc'],
]);

export function isNode(value: unknown): value is TreeNode {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** What is still to be compared of a node; not a node itself, so that no exception is made for it again. */
export function fieldsWithout(node: TreeNode, ...compared: readonly string[]): Readonly<Record<string, unknown>> {
	const fields = Object.entries(node).filter(([key]) => key !== 'type' && !compared.includes(key));
	return { ...Object.fromEntries(fields), nodeType: node.type };
}

/** Whether two trees are the same but for where things are in the source. */
export function sameTree(one: unknown, other: unknown, exception: Exception): boolean {
	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
		return Object.is(one, other);
	}
	if (Array.isArray(one) && Array.isArray(other)) {
		return one.length === other.length && one.every((item, index) => sameTree(item, other[index], exception));
	}
	const decided = isNode(one) && isNode(other) ? exception(one, other) : undefined;
	return decided ?? sameFields(one as Fields, other as Fields, exception);
}

type Fields = Readonly<Record<string, unknown>>;

function sameFields(one: Fields, other: Fields, exception: Exception): boolean {
	const names = fieldNames(one);
	return (
		names.length === fieldNames(other).length &&
		names.every((name) => name in other && sameTree(one[name], other[name], exception))
	);
}

function fieldNames(node: object): readonly string[] {
	return Object.keys(node).filter((name) => !positions.has(name));
}
