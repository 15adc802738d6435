import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';

/** In TypeScript `a<b>(c)` is a call with a type, in JavaScript it compares. */
export type Dialect = 'javascript' | 'typescript';

/** A document or a part of one as its syntax tree; offsets are UTF-16 code units of `source`. */
export interface Script {
	readonly source: string;
	/** The same offsets of the document as it is: line ends and the marks of block quotes are different in MDX. */
	readonly original: string;
	readonly tree: Tree;
	/** Whose names attributes outside of expressions may use in `&name;`: in MDX's own tags it is HTML's. */
	readonly references: 'jsx' | 'html';
}

const parsers: Readonly<Record<Dialect, typeof parser>> = {
	javascript: parser.configure({ dialect: 'jsx' }),
	typescript: parser.configure({ dialect: 'jsx ts' }),
};

export function parseScript(source: string, dialect: Dialect): Script {
	return { source, original: source, references: 'jsx', tree: parse(source, dialect) };
}

/** How often to look for what a look before has uncovered. */
const mostLooks = 3;

/**
 * `@lezer/javascript` wants an expression in each pair of braces, and loses its way where two of them have none. It
 * also wants `/>` in one piece.
 */
function parse(source: string, dialect: Dialect): Tree {
	let tree = parsers[dialect].parse(source);
	let text = source;
	for (let look = 0; look < mostLooks; look++) {
		const readable = withoutTraps(text, tree);
		if (readable === text) {
			break;
		}
		tree = parsers[dialect].parse(readable);
		text = readable;
	}
	return tree;
}

/** With what is as long and means the same in the place of what the parser stumbled over. */
function withoutTraps(text: string, tree: Tree): string {
	let readable = '';
	const replace = (start: number, newText: string): void => {
		if (start >= readable.length) {
			readable += text.slice(readable.length, start) + newText;
		}
	};
	tree.iterate({
		enter: (reference) => {
			if (reference.name === 'JSXEscape') {
				const length = lengthOf(emptyBraces, text, reference.from);
				if (length > 0 && reference.node.parent?.name === 'JSXElement') {
					replace(reference.from, ' '.repeat(length));
				}
			} else if (reference.type.isError) {
				const length = lengthOf(looseTagEnd, text, reference.from);
				if (length > 0 && isInTag(reference.node)) {
					replace(reference.from, '/>'.padStart(length));
				}
			}
		},
	});
	return readable + text.slice(readable.length);
}

function isInTag({ parent }: SyntaxNode): boolean {
	// The error may be a part of the name before it.
	return parent !== null && (isTag(parent) || (parent.parent !== null && isTag(parent.parent)));
}

export function isTag({ name }: Pick<SyntaxNodeRef, 'name'>): boolean {
	return name === 'JSXOpenTag' || name === 'JSXSelfClosingTag';
}

/** 0 where a sticky pattern does not match. */
function lengthOf(pattern: RegExp, text: string, start: number): number {
	pattern.lastIndex = start;
	return pattern.test(text) ? pattern.lastIndex - start : 0;
}

const blockComment = '/\\*(?:[^*]|\\*(?!/))*\\*/';
const lineComment = '//[^\\r\\n]*[\\r\\n]';
const gap = `(?:\\s|${blockComment}|${lineComment})*`;

/** With a gap in it, or before it. */
const looseTagEnd = new RegExp(`${gap}/${gap}>`, 'y');

/** The source of a regular expression for braces with nothing but comments in them. */
export const emptyExpression = `\\{${gap}\\}`;

const emptyBraces = new RegExp(`(?:${emptyExpression})+`, 'y');

const comments: ReadonlySet<string> = new Set(['LineComment', 'BlockComment']);

/** In the order of the source, without comments. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
	const found: SyntaxNode[] = [];
	for (let child = node.firstChild; child !== null; child = child.nextSibling) {
		if (!comments.has(child.name)) {
			found.push(child);
		}
	}
	return found;
}
