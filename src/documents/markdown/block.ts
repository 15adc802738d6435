import type { SyntaxNodeRef, Tree } from '@lezer/common';
import type { Span } from '../span.ts';
import type { Grammar } from './grammar.ts';
import type { Labels } from './inlines.ts';
import { type Definition, readDefinition } from './linkSyntax.ts';
import { decodedTarget, type Target } from './linkTarget.ts';
import { type Part, partsIn } from './parts.ts';

/** A definition of a link's or an image's target; offsets from the start of its block. */
export interface BlockDefinition {
	/** Normalized. */
	readonly label: string;
	readonly target: Target;
}

/** A stretch of a block that holds inline text or another language. */
interface Leaf extends Span {
	/** Set for another language: the name of its node. */
	readonly embedded?: string;
	readonly inTable: boolean;
}

/**
 * A block of a document's top level, as far as images need it. All that it knows depends on its own text, and on
 * which labels are defined. Offsets are from the start of the block.
 */
export class Block {
	readonly definitions: readonly BlockDefinition[];
	/** Without the marks of block quotes: they stand at the start of each line, also inside labels and alt texts. */
	readonly source: string;
	readonly #grammar: Grammar;
	readonly #leaves: readonly Leaf[];
	/** The source with words where the definitions are. */
	readonly #inlineText: string;
	readonly #asked = new Map<string, boolean>();
	#parts: readonly Part[] | undefined;

	constructor(tree: Tree, text: string, grammar: Grammar) {
		this.#grammar = grammar;
		this.source = withoutQuoteMarks(tree, text);
		const { leaves, paragraphs } = leavesIn(tree, this.source, grammar);
		const definitions = paragraphs.flatMap((paragraph) => definitionsAt(paragraph, this.source));
		this.definitions = definitions.map(({ label, target }) => ({ label, target: decodedTarget(this.source, target) }));
		this.#inlineText = withWordsAt(definitions, this.source);
		this.#leaves = leaves;
	}

	/** In the order of the text. */
	partsWith(labels: Labels): readonly Part[] {
		if (this.#parts === undefined || [...this.#asked].some(([label, was]) => labels.has(label) !== was)) {
			this.#asked.clear();
			this.#parts = this.#leaves.flatMap((leaf) => this.#partsOf(leaf, labels));
		}
		return this.#parts;
	}

	#partsOf({ start, end, embedded, inTable }: Leaf, labels: Labels): readonly Part[] {
		if (embedded !== undefined) {
			return [
				{ kind: 'embedded', name: embedded, start, end, inTable, link: undefined },
				{ kind: 'end', offset: end },
			];
		}
		const text = this.#inlineText.slice(start, end);
		if (!this.#grammar.signs.test(text)) {
			return [];
		}
		const recording: Labels = {
			has: (label) => {
				const isDefined = labels.has(label);
				this.#asked.set(label, isDefined);
				return isDefined;
			},
		};
		return partsIn(text, { start, inTable }, this.#grammar, recording);
	}
}

function withoutQuoteMarks(block: Tree, text: string): string {
	if (!text.includes('>')) {
		return text;
	}
	let source = '';
	block.iterate({
		enter: ({ name, from, to }) => {
			if (name === 'QuoteMark') {
				source += text.slice(source.length, from) + ' '.repeat(to - from);
			}
		},
	});
	return source + text.slice(source.length);
}

interface Leaves {
	readonly leaves: readonly Leaf[];
	/** Those of `leaves`, with underlines, that may start with definitions. */
	readonly paragraphs: readonly Span[];
}

function leavesIn(block: Tree, source: string, { embedded }: Grammar): Leaves {
	const leaves: Leaf[] = [];
	const paragraphs: Span[] = [];
	block.iterate({
		enter: (node) => {
			const { name, from, to } = node;
			if (embedded.has(name)) {
				leaves.push({ start: from, end: to, embedded: name, inTable: false });
				return false;
			}
			const content = contents[name]?.(node, source);
			if (content === undefined) {
				return true;
			}
			leaves.push({ ...content, inTable: name === 'TableCell' });
			if (source[from] === '[' && (name === 'Paragraph' || name.startsWith('SetextHeading'))) {
				paragraphs.push({ start: from, end: to });
			}
			return false;
		},
	});
	return { leaves, paragraphs };
}

type ContentOf = (node: SyntaxNodeRef, source: string) => Span;

const atxContent: ContentOf = ({ node, to }) => {
	const [opening, closing] = node.getChildren('HeaderMark');
	return { start: opening?.to ?? to, end: closing?.from ?? to };
};

/** Up to the end of the line before the underline. */
const setextContent: ContentOf = ({ node, from, to }, source) => ({
	start: from,
	end: source.lastIndexOf('\n', node.getChild('HeaderMark')?.from ?? to),
});

/** Where the blocks that hold inline text have it. */
const contents: Readonly<Record<string, ContentOf>> = {
	Paragraph: ({ from, to }) => ({ start: from, end: to }),
	TableCell: ({ from, to }) => ({ start: from, end: to }),
	Task: ({ from, to }) => ({ start: from + '[ ]'.length, end: to }),
	SetextHeading1: setextContent,
	SetextHeading2: setextContent,
	ATXHeading1: atxContent,
	ATXHeading2: atxContent,
	ATXHeading3: atxContent,
	ATXHeading4: atxContent,
	ATXHeading5: atxContent,
	ATXHeading6: atxContent,
};

/** Definitions stand at the start of paragraphs, several in a row or with text after them. */
function definitionsAt({ start, end }: Span, source: string): readonly Definition[] {
	const definitions: Definition[] = [];
	const paragraph = source.slice(0, end);
	for (let next = readDefinition(paragraph, start); next; next = readDefinition(paragraph, next.end)) {
		definitions.push(next);
	}
	return definitions;
}

function withWordsAt(spans: readonly Span[], source: string): string {
	let text = '';
	for (const { start, end } of spans) {
		text += source.slice(text.length, start) + source.slice(start, end).replace(/\S/g, 'x');
	}
	return text + source.slice(text.length);
}
