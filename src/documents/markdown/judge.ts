import type { Nodes, Parents, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { withoutFrontMatter } from './sameOffsets.ts';

/** A document as the reference parser reads it, which shares no code with the finder. */
export type Judged = Root;

export function judge(text: string): Judged {
	return fromMarkdown(withoutFrontMatter(text));
}

/**
 * Whether two documents render alike but for the image that starts at this UTF-16 offset in both,
 * and whether that one has the alt text in the second.
 */
export function differOnlyInAltText(before: Judged, after: Judged, imageStart: number, altText: string): boolean {
	let seen = false;
	const alike = (one: Nodes, other: Nodes): boolean => {
		if ((one.type === 'image' || one.type === 'imageReference') && one.position?.start.offset === imageStart) {
			seen = true;
			return other.type === one.type && sameImage(one, other, altText) && other.position?.start.offset === imageStart;
		}
		return sameFields(one, other) && sameChildren(one, other, alike);
	};
	return alike(before, after) && seen;
}

type Image = Extract<Nodes, { type: 'image' | 'imageReference' }>;

/** Brackets that name their own definition become `[text][label]`. */
const rewritten = new Set(['alt', 'referenceType', 'label']);

function sameImage(one: Image, other: Image, altText: string): boolean {
	return sameFields(one, other, rewritten) && (other.alt ?? '') === altText;
}

const structure = new Set(['children', 'position']);

function sameFields(one: Nodes, other: Nodes, ignored: ReadonlySet<string> = structure): boolean {
	const fields = (node: Nodes): string =>
		JSON.stringify(Object.entries(node).filter(([key]) => !structure.has(key) && !ignored.has(key)));
	return fields(one) === fields(other);
}

function sameChildren(one: Nodes, other: Nodes, alike: (one: Nodes, other: Nodes) => boolean): boolean {
	const children = childrenOf(one);
	const others = childrenOf(other);
	return (
		children.length === others.length &&
		children.every((child, index) => {
			const counterpart = others[index];
			return counterpart !== undefined && alike(child, counterpart);
		})
	);
}

function childrenOf(node: Nodes): readonly Nodes[] {
	return 'children' in node ? (node satisfies Parents).children : [];
}
