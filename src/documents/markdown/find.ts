import type { SyntaxNode, Tree } from '@lezer/common';
import { HtmlImages } from '../html/find.ts';
import type { HtmlImage } from '../html/imageTag.ts';
import type { ImageReference } from '../imageReference.ts';
import type { Span } from '../span.ts';
import { type Grammar, markdownGrammar } from './grammar.ts';
import { type Definition, normalizeLabel, readDefinition } from './linkSyntax.ts';
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
export function findMarkdownImages(text: string): readonly (MarkdownImage | HtmlImage)[] {
	const document = parseMarkdown(text, markdownGrammar);
	const images: MarkdownImage[] = [];
	const html = new HtmlImages(document.source);
	document.tree.iterate({
		enter: ({ name, node, from, to }) => {
			if (name === 'Image') {
				images.push(withLink(readImage(node, document), html.link));
			} else if (htmlNodes.has(name)) {
				html.read({ start: from, end: to }, { inTable: isInTable(node), link: linkAround(node, document) });
			}
			return name !== 'Image';
		},
		leave: ({ name, type, to }) => {
			if (type.is('LeafBlock') || name === 'TableCell') {
				// A browser would go on, but who writes about a `<title>` means its name, and GitHub shows it as text.
				html.endText(to);
			}
		},
	});
	return [...images, ...html.finish()].sort((one, other) => one.reference.start - other.reference.start);
}

/** HTML ends comments and processing instructions earlier than Markdown: what is left of them are tags. */
const htmlNodes: ReadonlySet<string> = new Set([
	'HTMLBlock',
	'CommentBlock',
	'ProcessingInstructionBlock',
	'HTMLTag',
	'ProcessingInstruction',
]);

function withLink(image: MarkdownImage, link: string | undefined): MarkdownImage {
	return link === undefined ? image : { ...image, reference: { link, ...image.reference } };
}

/** At the offsets of the document's text. */
export interface ParsedMarkdown {
	/** Without the marks of block quotes. */
	readonly source: string;
	readonly tree: Tree;
	readonly targets: Targets;
}

export function parseMarkdown(text: string, grammar: Grammar): ParsedMarkdown {
	const markdown = withBarsAtLineEnds(withLineFeeds(withoutFrontMatter(text)));
	const blocks = grammar.blockParser(markdown).parse(markdown);
	const source = withoutQuoteMarks(markdown, blocks);
	const definitions = definitionsIn(blocks, source);
	const targets = targetsOf(definitions, source);
	const inlineText = withoutDefinitions(markdown, source, definitions);
	return { source, targets, tree: grammar.parserWith(targets, inlineText).parse(inlineText) };
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

/** Reads an `Image` node. */
export function readImage(node: SyntaxNode, document: ParsedMarkdown): MarkdownImage {
	const { source, targets } = document;
	const { start: altStart, end: altEnd } = bracketsOf(node);
	const form = formOf(node);
	const target = targetOf(node, source, targets);
	const link = linkAround(node, document);
	return {
		...((form === 'collapsed' || form === 'shortcut') && { ownLabel: onOneLine(source.slice(altStart, altEnd)) }),
		inTable: isInTable(node),
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
			...(link !== undefined && { link }),
		},
	};
}

/** The decoded target of the link that a node stands in. */
export function linkAround(
	node: SyntaxNode,
	{ source, targets }: Pick<ParsedMarkdown, 'source' | 'targets'>,
): string | undefined {
	const link = ancestor(node, 'Link');
	return link && targetOf(link, source, targets).text;
}

function isInTable(node: SyntaxNode): boolean {
	return ancestor(node, 'TableCell') !== undefined;
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
