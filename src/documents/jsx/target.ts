import type { SyntaxNode } from '@lezer/common';
import type { Constants } from './constants.ts';
import { isSetLater, type Tag } from './element.ts';
import { readLiteral } from './literal.ts';
import { children, type Script } from './script.ts';

/** UTF-16 offsets of the target's source; `computed` when only running the document would tell. */
export interface Target {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly kind: 'written' | 'computed';
}

/** Where the `src` of an image leads: a text, or an expression around one path that a bundler knows as well. */
export function targetOf(tag: Tag, script: Script, constants: Constants): Target {
	const src = tag.attributes.get('src');
	const value = src?.value;
	const { from: start, to: end } = value ?? { from: tag.node.to, to: tag.node.to };
	if (isSetLater(src, tag)) {
		return { text: '', start, end, kind: 'computed' };
	}
	return value === undefined
		? { text: '', start, end, kind: 'written' }
		: (pathIn(value, script, constants) ?? { text: '', start, end, kind: 'computed' });
}

function pathIn(node: SyntaxNode, script: Script, constants: Constants | undefined): Target | undefined {
	const literal = readLiteral(node, script);
	if (literal !== undefined) {
		return { text: literal.text, start: literal.start, end: literal.end, kind: 'written' };
	}
	return wrappers[node.name]?.(node, script, constants);
}

type ReadPath = (node: SyntaxNode, script: Script, constants: Constants | undefined) => Target | undefined;

/** The expressions that bundlers take for a path. */
const wrappers: Readonly<Record<string, ReadPath>> = {
	VariableName(node, script, constants) {
		const constant = constants?.get(sourceOf(node, script));
		// A constant made of another constant is left alone, so that no chain of them is a circle.
		return constant && pathIn(constant.value, constant.script, undefined);
	},
	/** An imported picture is an object in Next.js and Astro, a module in webpack and Vite. */
	MemberExpression(node, script, constants) {
		const [object, , property] = children(node);
		return object?.name !== 'String' && property !== undefined && pathProperties.has(sourceOf(property, script))
			? object && pathIn(object, script, constants)
			: undefined;
	},
	CallExpression(node, script) {
		const [callee, list] = children(node);
		const [path, ...others] = list ? listed(list) : [];
		return callee && sourceOf(callee, script) === 'require' && path && others.length === 0
			? pathIn(path, script, undefined)
			: undefined;
	},
	NewExpression(node, script) {
		const [, callee, list] = children(node);
		const [path, base, ...others] = list ? listed(list) : [];
		return callee && sourceOf(callee, script) === 'URL' && path && base && others.length === 0
			? sourceOf(base, script) === 'import.meta.url'
				? pathIn(path, script, undefined)
				: undefined
			: undefined;
	},
};

const pathProperties: ReadonlySet<string> = new Set(['default', 'src', 'href', 'pathname']);

function listed(list: SyntaxNode): readonly SyntaxNode[] {
	return children(list).filter(({ name }) => !/^[(),]$/.test(name));
}

function sourceOf({ from, to }: SyntaxNode, { source }: Script): string {
	return source.slice(from, to);
}
