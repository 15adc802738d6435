import type { BlockContext, InlineParser, LeafBlockParser, Line, MarkdownConfig } from '@lezer/markdown';
import { blocksWith, type Grammar } from '../markdown/grammar.ts';
import { Inlines } from '../markdown/inlines.ts';
import { type Part, readFlow, readModule, readPart } from './syntax.ts';

const nodeNames: Readonly<Record<Part['kind'], string>> = {
	tag: 'MdxTag',
	expression: 'MdxExpression',
};

const removed = ['IndentedCode', 'HTMLBlock', 'HTMLTag'];

const blocks = (text: string): MarkdownConfig => ({
	defineNodes: [
		{ name: 'MdxModule', block: true },
		{ name: 'MdxFlow', block: true },
	],
	remove: removed,
	parseBlock: [
		{
			name: 'MdxModule',
			parse(cx, line) {
				const end = readModule(text, cx.lineStart);
				return end !== undefined && addLines(cx, line, 'MdxModule', end);
			},
		},
		{
			name: 'MdxFlow',
			parse(cx, line) {
				const end = flowEnd(text, cx, line);
				return end !== undefined && addLines(cx, line, 'MdxFlow', end);
			},
			endLeaf: (cx, line) => flowEnd(text, cx, line) !== undefined,
			leaf: () => deepInterruption(text),
		},
	],
});

const fence = /^(?:`{3,}[^`]*|~{3,}.*)$/;

/** `@lezer/markdown` asks `endLeaf` about no line that could be indented code, which MDX does not have. */
function deepInterruption(text: string): LeafBlockParser {
	return {
		nextLine(cx, line, leaf) {
			const isInterrupted =
				line.indent >= line.baseIndent + 4 &&
				(fence.test(line.text.slice(line.pos)) || flowEnd(text, cx, line) !== undefined);
			if (isInterrupted) {
				const inlines = cx.parser.parseInline(leaf.content, leaf.start);
				cx.addLeafElement(leaf, cx.elt('Paragraph', leaf.start, leaf.start + leaf.content.length, inlines));
			}
			return isInterrupted;
		},
		finish: () => false,
	};
}

const inlineParts: InlineParser = {
	name: 'InlineHtml',
	parse(cx, next, start) {
		const part = marks.has(next) ? readPart(cx.text, start - cx.offset) : undefined;
		return part === undefined ? -1 : cx.addElement(cx.elt(nodeNames[part.kind], start, cx.offset + part.end));
	},
};

const marks: ReadonlySet<number> = new Set(['<', '{'].map((mark) => mark.charCodeAt(0)));

/** Markdown with modules, JSX and expressions in the place of HTML and indented code. */
export const mdxGrammar: Grammar = {
	blockParser: (text) => blocksWith(blocks(text)),
	inlines: new Inlines({ defineNodes: Object.values(nodeNames), remove: removed, parseInline: [inlineParts] }),
	embedded: new Set(['MdxModule', 'MdxFlow', ...Object.values(nodeNames)]),
	signs: /!\[|[<{]|^(?:import|export) /m,
	// An expression goes on until it is whole.
	isLocal: false,
};

function flowEnd(text: string, cx: BlockContext, line: Line): number | undefined {
	if (line.text[line.pos] !== '<' && line.text[line.pos] !== '{') {
		return undefined;
	}
	const start = cx.lineStart + line.pos;
	return readFlow(withoutQuoteMarks(text, start, cx), start)?.end;
}

/** Behind the first line, for as many block quotes as are open. */
function withoutQuoteMarks(text: string, start: number, cx: BlockContext): string {
	let quotes = 0;
	for (let depth = 1; depth < cx.depth; depth++) {
		quotes += cx.parentType(depth).name === 'Blockquote' ? 1 : 0;
	}
	if (quotes === 0) {
		return text;
	}
	const marks = new RegExp(`(?<=\\n)(?:[ \\t]*>){1,${quotes}}`, 'g');
	return text.slice(0, start) + text.slice(start).replace(marks, (mark) => ' '.repeat(mark.length));
}

/** Takes the lines up to an offset for one node that keeps the marks of block quotes. */
function addLines(cx: BlockContext, line: Line, name: string, end: number): true {
	const start = cx.lineStart + line.pos;
	const marks = [];
	while (cx.nextLine() && cx.lineStart < end) {
		marks.push(...line.markers);
	}
	cx.addElement(cx.elt(name, start, end, marks));
	return true;
}
