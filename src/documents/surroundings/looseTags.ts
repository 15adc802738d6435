import type { Span } from '../span.ts';

/** A tag in a part of a document: read without knowing what came before, for hints only. */
export interface LooseTag extends Span {
	/** An element of HTML that never has content is `open` without its slash. */
	readonly kind: 'open' | 'close' | 'empty';
	/** As written. */
	readonly name: string;
	/** The source of the attributes. */
	readonly attributes: string;
}

/** An expression with braces in it, up to three deep. */
export const braces = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}`;

const tag = new RegExp(
	String.raw`<(/?)([A-Za-z][\w.-]*(?::[\w.-]+)?)(?=[\s/>])((?:"[^"]*"|'[^']*'|${braces}|[^<>"'{}])*?)(/?)>`,
	'g',
);

/** The tags of a piece of HTML, JSX or Markdown without those in comments and code spans. */
export function looseTags(source: string): readonly LooseTag[] {
	return [...withoutComments(source).matchAll(tag)].map(
		({ 0: all, 1: slash, 2: name = '', 3: attributes = '', 4: end, index }) => ({
			kind: slash === '/' ? 'close' : end === '/' ? 'empty' : 'open',
			name,
			attributes,
			start: index,
			end: index + all.length,
		}),
	);
}

/** Blank, so that the rest keeps its offsets. */
function withoutComments(source: string): string {
	return source.replace(/<!--[^]*?-->|\{\s*\/\*[^]*?\*\/\s*\}|(`+)(?!`)[^`]*\1(?!`)/g, (comment) =>
		' '.repeat(comment.length),
	);
}

/** The value of an attribute: '' for one without a value, undefined for none, an expression in its braces. */
export function attributeIn(attributes: string, name: string): string | undefined {
	const pattern = new RegExp(
		String.raw`(?<![\w:.-])${name}(?![\w:.-])(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*(\d+)\s*\}|(${braces})|([^\s"'{}<>/]+)))?`,
		'i',
	);
	const groups: readonly (string | undefined)[] | null = pattern.exec(attributes);
	return groups === null ? undefined : (groups.slice(1).find((value) => value !== undefined) ?? '');
}
