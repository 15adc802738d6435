import { parse, type ParserOptions, type ParseResult } from '@babel/parser';
import { sameElement } from './sameElement.ts';
import { sameTree, type Exception } from './sameTree.ts';
import type { Dialect } from './script.ts';

/** A document as the reference parser reads it, which shares no code with the finder. */
export type Judged = ParseResult;

const plugins: Readonly<Record<Dialect, NonNullable<ParserOptions['plugins']>>> = {
	javascript: ['jsx', 'flow', 'decorators-legacy'],
	typescript: ['jsx', 'typescript', 'decorators-legacy'],
};

/** Undefined for a document with a syntax error. */
export function judge(text: string, dialect: Dialect): Judged | undefined {
	try {
		return parse(text, {
			sourceType: 'unambiguous',
			plugins: plugins[dialect],
			// Comments are compared one by one: the nodes they are given to change with what stands beside them.
			attachComment: false,
		});
	} catch {
		// A SyntaxError, or a RangeError where a character reference is no character.
		return undefined;
	}
}

/**
 * Whether two documents are the same but for the image that starts at this UTF-16 offset in both,
 * and whether that one has the alt text in the second.
 */
export function differOnlyInAltText(before: Judged, after: Judged, imageStart: number, altText: string): boolean {
	let seen = false;
	const exception: Exception = (one, other) => {
		if (one.type !== 'JSXElement' || one['start'] !== imageStart) {
			return undefined;
		}
		seen = true;
		return other['start'] === imageStart && sameElement(one, other, altText, exception);
	};
	return sameTree(before, after, exception) && seen;
}
