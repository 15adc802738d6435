import { NodeType, Tree, TreeFragment } from '@lezer/common';
import type { ImageReference } from '../imageReference.ts';
import type { Span } from '../span.ts';
import { Block } from './block.ts';
import { changedLines } from './changedLines.ts';
import type { Grammar } from './grammar.ts';
import type { LinkTarget, Target } from './linkTarget.ts';
import type { EmbeddedPart, ImagePart } from './parts.ts';
import { withBarsAtLineEnds, withLineFeeds, withoutFrontMatter } from './sameOffsets.ts';

/** An image with what its rewrite has to know. */
export interface MarkdownImage {
	readonly reference: ImageReference;
	/** The source on one line of a label that is the alt text at the same time, as in `![label]` and `![label][]`. */
	readonly ownLabel?: string;
	/** In a table a bar ends the cell, whatever is around it. */
	readonly inTable: boolean;
}

/** A stretch of another language in Markdown. */
export interface Embedded extends Span {
	/** Of its node. */
	readonly name: string;
	readonly inTable: boolean;
	/** The decoded target of the Markdown link around it. */
	readonly link: string | undefined;
}

/** In the order of the text; `end`: where a block ends that holds another language. */
export type DocumentPart =
	| { readonly kind: 'image'; readonly image: MarkdownImage }
	| { readonly kind: 'embedded'; readonly embedded: Embedded }
	| { readonly kind: 'end'; readonly offset: number };

/** At the offsets of the document's text. */
export interface ParsedMarkdown {
	/** Without the marks of the block quotes that hold parts. */
	readonly source: string;
	readonly parts: readonly DocumentPart[];
	/** What another version of the document can go on from. */
	readonly state: ParseState;
}

export interface ParseState {
	readonly markdown: string;
	readonly tree: Tree;
	/** By their trees, which stay the same while the text of a block does. */
	readonly blocks: WeakMap<Tree, Block>;
}

interface PlacedBlock {
	readonly start: number;
	readonly block: Block;
}

/** By normalized label. */
type Targets = ReadonlyMap<string, Target>;

/** Reads a document, most of it from what was read of an earlier version of it, if there is one. */
export function parseMarkdown(text: string, grammar: Grammar, earlier?: ParseState): ParsedMarkdown {
	const markdown = withBarsAtLineEnds(withLineFeeds(withoutFrontMatter(text)));
	const tree = grammar.blockParser(markdown).parse(markdown, grammar.isLocal ? unchanged(markdown, earlier) : []);
	const blocks = earlier?.blocks ?? new WeakMap<Tree, Block>();
	const placed = blocksIn(tree, markdown, grammar, blocks);
	const targets = targetsIn(placed);
	const parts = placed.flatMap(({ start, block }) =>
		block.partsWith(targets).map((part) => partAt(start, part, targets)),
	);
	return { source: sourceOf(placed, markdown), parts, state: { markdown, tree, blocks } };
}

function unchanged(markdown: string, earlier: ParseState | undefined): readonly TreeFragment[] {
	return earlier === undefined
		? []
		: TreeFragment.applyChanges(TreeFragment.addTree(earlier.tree), [changedLines(earlier.markdown, markdown)]);
}

/** The blocks of the top level that may hold images or definitions. */
function blocksIn(tree: Tree, markdown: string, grammar: Grammar, known: WeakMap<Tree, Block>): readonly PlacedBlock[] {
	const placed: PlacedBlock[] = [];
	const visit = (node: Tree, start: number): void => {
		node.children.forEach((child, index) => {
			const at = start + (node.positions[index] ?? 0);
			if (child instanceof Tree && child.type === NodeType.none) {
				// Long rows of blocks are kept in nodes without a name.
				visit(child, at);
			} else if (child instanceof Tree) {
				const text = markdown.slice(at, at + child.length);
				if (grammar.signs.test(text) || text.includes(']:')) {
					const block = known.get(child) ?? new Block(child, text, grammar);
					known.set(child, block);
					placed.push({ start: at, block });
				}
			}
		});
	};
	visit(tree, 0);
	return placed;
}

/** The first definition of a label counts. */
function targetsIn(placed: readonly PlacedBlock[]): Targets {
	const targets = new Map<string, Target>();
	for (const { start, block } of placed) {
		for (const { label, target } of block.definitions) {
			if (!targets.has(label)) {
				targets.set(label, targetAt(start, target));
			}
		}
	}
	return targets;
}

function sourceOf(placed: readonly PlacedBlock[], markdown: string): string {
	let source = '';
	for (const { start, block } of placed) {
		source += markdown.slice(source.length, start) + block.source;
	}
	return source + markdown.slice(source.length);
}

function partAt(start: number, part: ReturnType<Block['partsWith']>[number], targets: Targets): DocumentPart {
	switch (part.kind) {
		case 'image':
			return { kind: 'image', image: imageAt(start, part.image, targets) };
		case 'embedded':
			return { kind: 'embedded', embedded: embeddedAt(start, part, targets) };
		case 'end':
			return { kind: 'end', offset: start + part.offset };
	}
}

function imageAt(
	by: number,
	{ target, link, ownLabel, inTable, ...image }: ImagePart,
	targets: Targets,
): MarkdownImage {
	const to = resolve(target, by, targets) ?? { start: by + image.end, end: by + image.end, text: '' };
	const linked = link && resolve(link, by, targets);
	return {
		...(ownLabel !== undefined && { ownLabel }),
		inTable,
		reference: {
			syntax: image.syntax,
			start: by + image.start,
			end: by + image.end,
			alt: image.alt,
			altKind: 'written',
			altStart: by + image.altStart,
			altEnd: by + image.altEnd,
			target: to.text,
			targetStart: to.start,
			targetEnd: to.end,
			...(linked && { link: linked.text }),
		},
	};
}

function embeddedAt(by: number, { name, start, end, inTable, link }: EmbeddedPart, targets: Targets): Embedded {
	return { name, start: by + start, end: by + end, inTable, link: link && resolve(link, by, targets)?.text };
}

function resolve(linked: LinkTarget, by: number, targets: Targets): Target | undefined {
	return 'label' in linked ? targets.get(linked.label) : targetAt(by, linked.target);
}

function targetAt(by: number, { start, end, text }: Target): Target {
	return { start: by + start, end: by + end, text };
}
