import type { SyntaxNode } from '@lezer/common';
import { children, type Script } from './script.ts';

/** A `JSXOpenTag` or `JSXSelfClosingTag` with its attributes by name, the last one of each: it is the one that counts. */
export interface Tag {
	readonly node: SyntaxNode;
	readonly name: string;
	readonly nameEnd: number;
	readonly attributes: ReadonlyMap<string, Attribute>;
	readonly lastAttribute: SyntaxNode | undefined;
	/** Where the last `{...spread}` starts, which may set any attribute before it; -1 when there is none. */
	readonly lastSpread: number;
}

export interface Attribute {
	readonly node: SyntaxNode;
	/** A `JSXAttributeValue`, an expression without its braces, or nothing as in `<img alt>`. */
	readonly value: SyntaxNode | undefined;
}

/** Undefined for a tag whose name holds dots or colons. */
export function readTag(node: SyntaxNode, { source }: Script): Tag | undefined {
	const [, name, ...parts] = children(node);
	if (name?.name !== 'JSXBuiltin' && name?.name !== 'JSXIdentifier') {
		return undefined;
	}
	const attributes = new Map<string, Attribute>();
	for (const part of parts) {
		const key = part.name === 'JSXAttribute' ? part.firstChild : null;
		if (key?.name === 'JSXIdentifier') {
			attributes.set(source.slice(key.from, key.to), { node: part, value: valueOf(part) });
		}
	}
	const spread = parts.findLast((part) => part.name === 'JSXSpreadAttribute');
	return {
		node,
		name: source.slice(name.from, name.to),
		nameEnd: name.to,
		attributes,
		lastAttribute: parts.findLast((part) => part.name === 'JSXAttribute') ?? spread,
		lastSpread: spread?.from ?? -1,
	};
}

/** Whether a spread behind an attribute, or in the place of one that is not there, may set it. */
export function isSetLater(attribute: Attribute | undefined, { lastSpread }: Tag): boolean {
	return (attribute?.node.from ?? -1) < lastSpread;
}

function valueOf(attribute: SyntaxNode): SyntaxNode | undefined {
	const [, equals, value] = children(attribute);
	if (equals === undefined || value?.name !== 'JSXEscape') {
		return value;
	}
	return children(value)[1] ?? value;
}
