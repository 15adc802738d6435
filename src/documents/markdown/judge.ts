import type { Nodes, Parents, Root } from 'mdast';
import { type CompileContext, type Extension, fromMarkdown, type Token } from 'mdast-util-from-markdown';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { differOnlyInAttribute, judgePiece } from '../html/judge.ts';
import { withoutFrontMatter } from './sameOffsets.ts';

/** A document as the reference parser reads it, which shares no code with the finder. */
export type Judged = Root;

export function judge(text: string): Judged {
	return fromMarkdown(withoutFrontMatter(text), {
		extensions: [gfmTable(), gfmStrikethrough()],
		mdastExtensions: [gfmNodes],
	});
}

/** The nodes of what GitHub adds to Markdown. */
const gfmNodes: Extension = {
	enter: {
		table(token) {
			this.enter({ type: 'table', children: [] }, token);
		},
		tableRow(token) {
			this.enter({ type: 'tableRow', children: [] }, token);
		},
		tableHeader(token) {
			this.enter({ type: 'tableCell', children: [] }, token);
		},
		tableData(token) {
			this.enter({ type: 'tableCell', children: [] }, token);
		},
		strikethrough(token) {
			this.enter({ type: 'delete', children: [] }, token);
		},
	},
	exit: { table: exit, tableRow: exit, tableHeader: exit, tableData: exit, strikethrough: exit },
};

function exit(this: CompileContext, token: Token): void {
	this.exit(token);
}

/** What is to be different after a rewrite. */
export interface Change {
	/** A UTF-16 offset into the text before. */
	readonly imageStart: number;
	readonly altText: string;
	/** For an image in HTML, the attribute that has its alt text. */
	readonly attribute?: string | undefined;
}

/**
 * Whether two texts render alike but for one image, and whether that one has the alt text in the second.
 * The offsets of the first are `shift` more than those of the second.
 */
export function differOnlyInAltText(
	before: Judged,
	after: Judged,
	shift: number,
	{ imageStart, altText, attribute }: Change,
): boolean {
	let seen = false;
	const alike = (one: Nodes, other: Nodes): boolean => {
		if (!isAt(one, imageStart, attribute)) {
			return sameFields(one, other) && sameChildren(one, other, alike);
		}
		seen = true;
		return (
			one.position?.start.offset === (other.position?.start.offset ?? 0) + shift &&
			(one.type === 'html'
				? other.type === 'html' && attribute !== undefined && samePiece(one.value, other.value, attribute, altText)
				: isImage(one) && isImage(other) && sameImage(one, other, altText))
		);
	};
	return alike(before, after) && seen;
}

function isAt(node: Nodes, imageStart: number, attribute: string | undefined): boolean {
	const { start, end } = node.position ?? {};
	return attribute === undefined
		? isImage(node) && start?.offset === imageStart
		: node.type === 'html' && (start?.offset ?? Infinity) <= imageStart && imageStart < (end?.offset ?? 0);
}

/** Offsets into a piece are not the document's, so this leaves it to the finder which image in the piece it is. */
function samePiece(one: string, other: string, name: string, value: string): boolean {
	return differOnlyInAttribute(judgePiece(one), judgePiece(other), { name, value });
}

type Image = Extract<Nodes, { type: 'image' | 'imageReference' }>;

function isImage(node: Nodes): node is Image {
	return node.type === 'image' || node.type === 'imageReference';
}

/** Brackets that name their own definition become `[text][label]`. */
const rewritten = new Set(['alt', 'referenceType', 'label']);

function sameImage(one: Image, other: Image, altText: string): boolean {
	return one.type === other.type && sameFields(one, other, rewritten) && (other.alt ?? '') === altText;
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
