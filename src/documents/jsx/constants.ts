import type { SyntaxNode } from '@lezer/common';
import { children, type Script } from './script.ts';

/** The expressions that names of a document stand for, each with the script that holds it. */
export type Constants = ReadonlyMap<string, Constant>;

export interface Constant {
	readonly value: SyntaxNode;
	readonly script: Script;
}

/**
 * What `import name from 'value'` and `const name = value` define. A name that is bound twice, as by a parameter,
 * is left out: which of the two a place means would need the scopes.
 */
export function constantsIn(scripts: readonly Script[]): Constants {
	const bindings = scripts.flatMap(bindingsIn);
	const counts = new Map<string, number>();
	for (const { name } of bindings) {
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return new Map(
		bindings.flatMap(({ name, constant }) =>
			constant !== undefined && counts.get(name) === 1 ? [[name, constant] as const] : [],
		),
	);
}

interface Binding {
	readonly name: string;
	readonly constant: Constant | undefined;
}

function bindingsIn(script: Script): readonly Binding[] {
	const bindings: Binding[] = [];
	script.tree.iterate({
		enter: (reference) => {
			if (reference.name === 'VariableDefinition') {
				const value = definedValue(reference.node);
				const name = script.source.slice(reference.from, reference.to);
				bindings.push({ name, constant: value && { value, script } });
			}
		},
	});
	return bindings;
}

function definedValue(variable: SyntaxNode): SyntaxNode | undefined {
	const statement = variable.parent;
	if (statement?.name === 'ImportDeclaration') {
		return statement.getChild('String') ?? undefined;
	}
	const isConstant = statement?.name === 'VariableDeclaration' && statement.getChild('const') !== null;
	return isConstant ? initializer(variable, statement) : undefined;
}

/** Between the variable and its value stand a type, perhaps, and the equals sign. */
function initializer(variable: SyntaxNode, declaration: SyntaxNode): SyntaxNode | undefined {
	const parts = children(declaration).filter(({ from }) => from >= variable.to);
	const equals = parts.findIndex(({ name }) => name === 'Equals');
	return equals === -1 ? undefined : parts[equals + 1];
}
