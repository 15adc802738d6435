import type { SyntaxNode, Tree } from '@lezer/common';
import type { ImageReference } from '../imageReference.ts';
import { blockParser, parserWith } from './grammar.ts';
import { type Definition, normalizeLabel, readDefinition, type Span } from './linkSyntax.ts';
import { altTextOf, bracketsOf, decodeString, onOneLine } from './plainText.ts';
import { withBarsAtLineEnds, withLineFeeds, withoutFrontMatter } from './sameOffsets.ts';

/** An image with what its rewrite has to know. */
export interface MarkdownImage {
	readonly reference: ImageReference;
	/** The source on one line of a label that is the alt text at the same time, as in `![label]` and `![label][]`. */
	readonly ownLabel?: string;
	/** In a table a bar ends the cell, whatever is around it. */
	readonly inTable: boolean;
}

type Form = 'inline' | 'full' | 'collapsed' | 'shortcut';

interface Target extends Span {
	readonly text: string;
}

/** By normalized label. */
type Targets = ReadonlyMap<string, Target>;

export function findImages(text: string): readonly ImageReference[] {
	return findMarkdownImages(text).map(({ reference }) => reference);
}

/** The images that a reader of the rendered document sees: one inside another's alt text is only text. */
export function findMarkdownImages(text: string): readonly MarkdownImage[] {
	const markdown = withBarsAtLineEnds(withLineFeeds(withoutFrontMatter(text)));
	const blocks = blockParser.parse(markdown);
	const source = withoutQuoteMarks(markdown, blocks);
	const definitions = definitionsIn(blocks, source);
	const targets = targetsOf(definitions, source);
	const images: MarkdownImage[] = [];
	parserWith(targets)
		.parse(withoutDefinitions(markdown, source, definitions))
		.iterate({
			enter: ({ name, node }) => {
				if (name === 'Image') {
					images.push(readImage(node, source, targets));
				}
				return name !== 'Image';
			},
		});
	return images;
}

/** The marks of a block quote stand at the start of each line, also inside labels and alt texts. */
function withoutQuoteMarks(markdown: string, blocks: Tree): string {
	if (!markdown.includes('>')) {
		return markdown;
	}
	let text = '';
	blocks.iterate({
		enter: ({ name, from, to }) => {
			if (name === 'QuoteMark') {
				text += markdown.slice(text.length, from) + ' '.repeat(to - from);
			}
		},
	});
	return text + markdown.slice(text.length);
}

/** Definitions stand at the start of paragraphs, several in a row or with text after them. */
function definitionsIn(blocks: Tree, source: string): readonly Definition[] {
	const definitions: Definition[] = [];
	blocks.iterate({
		enter: ({ name, from, to }) => {
			if (source[from] === '[' && (name === 'Paragraph' || name.startsWith('SetextHeading'))) {
				const paragraph = source.slice(0, to);
				for (let next = readDefinition(paragraph, from); next; next = readDefinition(paragraph, next.end)) {
					definitions.push(next);
				}
			}
		},
	});
	return definitions;
}

/** The first definition of a label counts. */
function targetsOf(definitions: readonly Definition[], source: string): Targets {
	return new Map(definitions.toReversed().map(({ label, target }) => [label, decodedTarget(source, target)]));
}

/** The same paragraphs at the same offsets, with words where the definitions were. */
function withoutDefinitions(markdown: string, source: string, definitions: readonly Definition[]): string {
	let text = '';
	for (const { start, end } of definitions) {
		text += markdown.slice(text.length, start);
		for (let position = start; position < end; position++) {
			text += source.charAt(position).trim() === '' ? markdown.charAt(position) : 'x';
		}
	}
	return text + markdown.slice(text.length);
}

function readImage(node: SyntaxNode, source: string, targets: Targets): MarkdownImage {
	const { start: altStart, end: altEnd } = bracketsOf(node);
	const form = formOf(node);
	const target = targetOf(node, source, targets);
	const link = ancestor(node, 'Link');
	return {
		...((form === 'collapsed' || form === 'shortcut') && { ownLabel: onOneLine(source.slice(altStart, altEnd)) }),
		inTable: ancestor(node, 'TableCell') !== undefined,
		reference: {
			syntax: form === 'inline' ? 'markdown-inline' : 'markdown-reference',
			start: node.from,
			end: node.to,
			alt: altTextOf(node, source),
			altKind: 'written',
			altStart,
			altEnd,
			target: target.text,
			targetStart: target.start,
			targetEnd: target.end,
			...(link && { link: targetOf(link, source, targets).text }),
		},
	};
}

function formOf(node: SyntaxNode): Form {
	const label = node.getChild('LinkLabel');
	if (label !== null) {
		return label.to - label.from > '[]'.length ? 'full' : 'collapsed';
	}
	return node.getChild('URL') === null ? 'shortcut' : 'inline';
}

function targetOf(node: SyntaxNode, source: string, targets: Targets): Target {
	const url = node.getChild('URL');
	if (url !== null) {
		return decodedTarget(source, { start: url.from, end: url.to });
	}
	const label = formOf(node) === 'full' ? node.getChild('LinkLabel') : null;
	const { start, end } = label === null ? bracketsOf(node) : { start: label.from + 1, end: label.to - 1 };
	return targets.get(normalizeLabel(source.slice(start, end))) ?? { start: node.to, end: node.to, text: '' };
}

function decodedTarget(source: string, target: Span): Target {
	const inAngles = source[target.start] === '<';
	const start = inAngles ? target.start + 1 : target.start;
	const end = inAngles ? target.end - 1 : target.end;
	return { start, end, text: decodeString(source.slice(start, end)) };
}

function ancestor(node: SyntaxNode, name: string): SyntaxNode | undefined {
	let parent = node.parent;
	while (parent !== null && parent.name !== name) {
		parent = parent.parent;
	}
	return parent ?? undefined;
}
