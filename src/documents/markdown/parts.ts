import type { SyntaxNode } from '@lezer/common';
import type { Grammar } from './grammar.ts';
import type { Labels } from './inlines.ts';
import { formOf, type LinkTarget, linkTargetOf } from './linkTarget.ts';
import { altTextOf, bracketsOf, onOneLine } from './plainText.ts';

/** What images need of an inline text; offsets from the start of its block. */
export type Part =
	| { readonly kind: 'image'; readonly image: ImagePart }
	| EmbeddedPart
	/** Where a text ends that another language stands in. */
	| { readonly kind: 'end'; readonly offset: number };

export interface ImagePart {
	readonly start: number;
	readonly end: number;
	readonly alt: string;
	readonly altStart: number;
	readonly altEnd: number;
	readonly syntax: 'markdown-inline' | 'markdown-reference';
	/** The source on one line of a label that is the alt text at the same time, as in `![label]` and `![label][]`. */
	readonly ownLabel?: string;
	readonly inTable: boolean;
	readonly target: LinkTarget;
	readonly link: LinkTarget | undefined;
}

/** A stretch of another language. */
export interface EmbeddedPart {
	readonly kind: 'embedded';
	/** Of its node. */
	readonly name: string;
	readonly start: number;
	readonly end: number;
	readonly inTable: boolean;
	/** The Markdown link around it. */
	readonly link: LinkTarget | undefined;
}

/** The images that a reader of the rendered text sees: one inside another's alt text is only text. */
export function partsIn(
	text: string,
	{ start, inTable }: { readonly start: number; readonly inTable: boolean },
	{ inlines, embedded }: Grammar,
	labels: Labels,
): readonly Part[] {
	const parts: Part[] = [];
	inlines.parse(text, labels).iterate({
		enter: ({ name, node, from, to }) => {
			if (name === 'Image') {
				parts.push({ kind: 'image', image: imagePart(node, text, start, inTable) });
				return false;
			}
			if (embedded.has(name)) {
				const link = linkAround(node, text, start);
				parts.push({ kind: 'embedded', name, start: start + from, end: start + to, inTable, link });
				return false;
			}
			return true;
		},
	});
	return parts.some(({ kind }) => kind === 'embedded')
		? [...parts, { kind: 'end', offset: start + text.length }]
		: parts;
}

function imagePart(node: SyntaxNode, text: string, start: number, inTable: boolean): ImagePart {
	const brackets = bracketsOf(node);
	const form = formOf(node);
	return {
		syntax: form === 'inline' ? 'markdown-inline' : 'markdown-reference',
		start: start + node.from,
		end: start + node.to,
		alt: altTextOf(node, text),
		altStart: start + brackets.start,
		altEnd: start + brackets.end,
		...((form === 'collapsed' || form === 'shortcut') && {
			ownLabel: onOneLine(text.slice(brackets.start, brackets.end)),
		}),
		inTable,
		target: inBlock(linkTargetOf(node, text), start),
		link: linkAround(node, text, start),
	};
}

function linkAround(node: SyntaxNode, text: string, start: number): LinkTarget | undefined {
	let link = node.parent;
	while (link !== null && link.name !== 'Link') {
		link = link.parent;
	}
	return link === null ? undefined : inBlock(linkTargetOf(link, text), start);
}

function inBlock(linked: LinkTarget, by: number): LinkTarget {
	return 'label' in linked
		? linked
		: { target: { text: linked.target.text, start: linked.target.start + by, end: linked.target.end + by } };
}
