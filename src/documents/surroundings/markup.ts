import type { ImageReference } from '../imageReference.ts';

/** What the text around an image is written in, coarsely. */
export type Markup = 'markdown' | 'mdx' | 'html' | 'jsx';

/** Languages that hold images of others. */
const byLanguageId: ReadonlyMap<string, Markup> = new Map([
	['markdown', 'markdown'],
	['mdx', 'mdx'],
]);

/** Other languages are what their images are written in. */
export function markupOf(languageId: string, { syntax }: Pick<ImageReference, 'syntax'>, path = ''): Markup {
	const known = /\.mdx$/i.test(path) ? 'mdx' : byLanguageId.get(languageId);
	return known ?? (syntax === 'jsx' ? 'jsx' : syntax.startsWith('markdown') ? 'markdown' : 'html');
}

/** Whether braces hold expressions. */
export function hasExpressions(markup: Markup): boolean {
	return markup === 'jsx' || markup === 'mdx';
}
