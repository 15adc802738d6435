import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../span.ts';
import { normalizeLabel } from './linkSyntax.ts';
import { bracketsOf, decodeString } from './plainText.ts';

/** Where a link leads or an image is; decoded. */
export interface Target extends Span {
	readonly text: string;
}

/** A target, or the normalized label of the definition that has it. */
export type LinkTarget = { readonly target: Target } | { readonly label: string };

/** How an `Image` or `Link` node says where its target is. */
export type Form = 'inline' | 'full' | 'collapsed' | 'shortcut';

export function formOf(node: SyntaxNode): Form {
	const label = node.getChild('LinkLabel');
	if (label !== null) {
		return label.to - label.from > '[]'.length ? 'full' : 'collapsed';
	}
	return node.getChild('URL') === null ? 'shortcut' : 'inline';
}

/** The target of an `Image` or `Link` node. */
export function linkTargetOf(node: SyntaxNode, source: string): LinkTarget {
	const url = node.getChild('URL');
	if (url !== null) {
		return { target: decodedTarget(source, { start: url.from, end: url.to }) };
	}
	const label = formOf(node) === 'full' ? node.getChild('LinkLabel') : null;
	const { start, end } = label === null ? bracketsOf(node) : { start: label.from + 1, end: label.to - 1 };
	return { label: normalizeLabel(source.slice(start, end)) };
}

export function decodedTarget(source: string, target: Span): Target {
	const inAngles = source[target.start] === '<';
	const start = inAngles ? target.start + 1 : target.start;
	const end = inAngles ? target.end - 1 : target.end;
	return { start, end, text: decodeString(source.slice(start, end)) };
}
