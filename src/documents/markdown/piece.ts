import type { Definition, Nodes, Root, RootContent } from 'mdast';
import type { Rewrite } from '../imageReference.ts';

/** A document before and after a rewrite. */
interface Versions {
	/** What the reference parser sees in `text`. */
	readonly before: Root;
	readonly text: string;
	readonly rewrite: Rewrite;
	readonly newText: string;
	/** Reads a text with the reference parser; undefined for a syntax error. */
	readonly judge: (text: string) => Root | undefined;
}

/** Whether two texts differ in nothing but what they should; `shift` is how far the offsets of one are from the other's. */
export type Comparison = (before: Root, after: Root, shift: number) => boolean;

/** Undefined where two texts are not alike, else what the reference parser sees in the new one. */
type Judgement = (() => Root) | undefined;

/** Compares the piece that a rewrite is in, which takes a part of the time, and where that does not do the whole. */
export function judgedByPiece(versions: Versions, areAlike: Comparison): Judgement {
	return judgedInPiece(versions, areAlike) ?? judgedWhole(versions, areAlike);
}

/** Undefined also where the piece alone does not tell. */
export function judgedInPiece(versions: Versions, areAlike: Comparison): Judgement {
	const piece = pieceAround(versions);
	const after = piece && versions.judge(piece.newText);
	const part = after && piece.partOf(after);
	return piece !== undefined && part !== undefined && areAlike(piece.before, part, piece.start)
		? () => withPiece(versions, piece, part)
		: undefined;
}

export function judgedWhole({ before, newText, judge }: Versions, areAlike: Comparison): Judgement {
	const after = judge(newText);
	return after !== undefined && areAlike(before, after, 0) ? () => after : undefined;
}

/** The document with the piece as it is after the rewrite, everything where it is then. */
function withPiece({ before, text, newText }: Versions, piece: Piece, part: Root): Root {
	const first = before.children.findIndex((node) => node === piece.before.children[0]);
	const growth = newText.length - text.length;
	const behind = before.children.slice(first + piece.before.children.length);
	const moved = [
		...part.children.map((node) => movedNode(node, piece.start)),
		...behind.map((node) => movedNode(node, growth)),
	];
	const { position } = movedNode({ ...before, children: [] }, growth);
	return {
		...before,
		children: [...before.children.slice(0, first), ...moved],
		...(position && { position: { ...position, start: before.position?.start ?? position.start } }),
	};
}

type Point = NonNullable<Nodes['position']>['start'];

/** Lines and columns stay as they are: nothing here asks for them. */
function movedNode<Node extends Nodes>(node: Node, by: number): Node {
	const { position } = node;
	const at = (point: Point): Point => ({ ...point, offset: (point.offset ?? 0) + by });
	return {
		...node,
		...(position && { position: { start: at(position.start), end: at(position.end) } }),
		...('children' in node && { children: node.children.map((child) => movedNode(child, by)) }),
	};
}

/** A piece of a document that can be judged in the place of the whole. */
interface Piece {
	/** What the reference parser saw in it before the rewrite, at the offsets of the document. */
	readonly before: Root;
	/** How far the offsets of the document are from those of the piece. */
	readonly start: number;
	/** The piece after the rewrite, and behind it the definitions of the document. */
	readonly newText: string;
	/** The same part of what the parser sees in `newText`; undefined where there is more in the piece than there was. */
	readonly partOf: (after: Root) => Root | undefined;
}

/**
 * The blocks of the top level that a rewrite is in, from a blank line on, and the block after them. What is proven of
 * this piece holds for the document, since a parser reads Markdown line by line:
 * - The lines before it are the same as before. They end with a blank line behind which a block of the top level began,
 *   so nothing was open there but the document: the parser comes to the piece as to a text of its own.
 * - The block after the touched ones is the same as before, so these end where they did. What comes after that block
 *   is the same text again and meets a parser in the same state.
 * - Whether brackets are a link or an image depends on the labels of all definitions: the piece is read with a
 *   definition of each label that the reference parser saw defined in the document. A definition that a rewrite would add or remove is a node of
 *   the piece, and so a difference.
 *
 * Undefined where the piece would be most of the document.
 */
function pieceAround({ before: root, text, rewrite }: Versions): Piece | undefined {
	const touched = root.children.findIndex((node) => startOf(node) <= rewrite.start && rewrite.end <= endOf(node));
	const first = fromBlankLine(root, text, touched);
	const next = root.children[touched + 1];
	const start = lineStart(text, first === undefined ? 0 : startOf(first));
	const end = next === undefined ? text.length : lineEnd(text, endOf(next));
	if (first === undefined || (end - start) * 2 > text.length) {
		return undefined;
	}
	const { newText } = rewrite;
	const blocks = root.children.slice(root.children.indexOf(first), touched + 2);
	const definitions = [...new Map(definitionsIn(root).map((node) => [node.identifier, node])).values()];
	const sources = definitions.map((node) => text.slice(startOf(node), endOf(node)));
	return {
		before: { type: 'root', children: blocks },
		start,
		newText: `${text.slice(start, rewrite.start)}${newText}${text.slice(rewrite.end, end)}\n\n${sources.join('\n')}`,
		partOf({ children }) {
			const own = children.slice(0, blocks.length);
			const added = children.slice(blocks.length);
			const areThere = added.length === definitions.length && added.every(({ type }) => type === 'definition');
			return areThere ? { type: 'root', children: own } : undefined;
		},
	};
}

/** The last block up to an index that has a blank line or nothing before it. */
function fromBlankLine({ children }: Root, text: string, index: number): RootContent | undefined {
	const before = children.slice(0, index + 1);
	return before.findLast((node) => isAfterBlankLine(text, lineStart(text, startOf(node))));
}

function isAfterBlankLine(text: string, start: number): boolean {
	const end = start - (text.endsWith('\r\n', start) ? 2 : 1);
	return start === 0 || text.slice(lineStart(text, end), end).trim() === '';
}

function definitionsIn(node: Nodes): readonly Definition[] {
	return node.type === 'definition' ? [node] : 'children' in node ? node.children.flatMap(definitionsIn) : [];
}

function startOf({ position }: Nodes): number {
	return position?.start.offset ?? Infinity;
}

function endOf({ position }: Nodes): number {
	return position?.end.offset ?? 0;
}

function lineStart(text: string, offset: number): number {
	return offset === 0 ? 0 : Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function lineEnd(text: string, offset: number): number {
	const end = text.slice(offset).search(/[\r\n]/);
	return end === -1 ? text.length : offset + end;
}
