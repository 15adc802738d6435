import type { SyntaxNode, Tree } from '@lezer/common';
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

/** `@lezer/javascript` wants an expression in each pair of braces, and loses its way where two of them have none. */
function parse(source: string, dialect: Dialect): Tree {
	let tree = parsers[dialect].parse(source);
	let text = source;
	for (let look = 0; look < mostLooks; look++) {
		const filled = withoutEmptyChildren(text, tree);
		if (filled === text) {
			break;
		}
		tree = parsers[dialect].parse(filled);
		text = filled;
	}
	return tree;
}

function withoutEmptyChildren(text: string, tree: Tree): string {
	let filled = '';
	tree.iterate({
		enter: (reference) => {
			if (reference.name === 'JSXEscape' && reference.from >= filled.length) {
				emptyBraces.lastIndex = reference.from;
				if (emptyBraces.test(text) && reference.node.parent?.name === 'JSXElement') {
					filled += text.slice(filled.length, reference.from);
					filled += ' '.repeat(emptyBraces.lastIndex - reference.from);
				}
			}
		},
	});
	return filled + text.slice(filled.length);
}

/** The source of a regular expression for braces with nothing but comments in them. */
export const emptyExpression = '\\{(?:\\s|/\\*(?:[^*]|\\*(?!/))*\\*/|//[^\\r\\n]*[\\r\\n])*\\}';

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
