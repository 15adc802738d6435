import type { ImageReference, Refusal, Rewrite } from './imageReference.ts';
import { type NewAltText, type Rewriter, rewriterOf } from './rewrite.ts';

export type { ImageReference, ImageSyntax, Refusal, RefusalReason, Rewrite } from './imageReference.ts';
export type { NewAltText } from './rewrite.ts';

export interface DocumentOptions {
	/** Any path or URL path of the document; its extension decides when the language id says nothing. */
	readonly path?: string;
}

/** Finds the images in a text. */
export type Finder = (text: string) => Promise<readonly ImageReference[]>;

type ReadyFinder = (text: string) => readonly ImageReference[];

/** Its functions load the parsers they need, so the first document with an image pays for them and no earlier moment. */
interface DocumentLanguage {
	/** False when a look at the text is enough to know that there is no image. */
	readonly mayHoldImages: (text: string) => boolean;
	readonly createFinder: () => Promise<ReadyFinder>;
	readonly rewriter: () => Promise<Rewriter>;
}

const html: DocumentLanguage = {
	mayHoldImages: (text) => /<(?:img|image|input|area|svg)/i.test(text),
	createFinder: async () => (await import('./html/find.ts')).findImages,
	rewriter: async () => rewriterOf((await import('./html/rewrite.ts')).htmlRewrites),
};

const markdown: DocumentLanguage = {
	mayHoldImages: (text) => text.includes('![') || html.mayHoldImages(text),
	createFinder: async () => {
		const find = (await import('./markdown/find.ts')).createFinder();
		return (text) => find(text).map(({ reference }) => reference);
	},
	rewriter: async () => rewriterOf((await import('./markdown/rewrite.ts')).markdownRewrites),
};

const jsxImage = /<(?:img|Image)(?![\w$-])/;

/** JSX without TypeScript may hold Flow's types. A `.ts` file holds no JSX: there `<Image>value` is a cast. */
function jsx(dialect: 'javascript' | 'typescript'): DocumentLanguage {
	return {
		mayHoldImages: (text) => jsxImage.test(text),
		createFinder: async () => {
			const { findImages } = await import('./jsx/find.ts');
			return (text) => findImages(text, dialect);
		},
		rewriter: async () => rewriterOf((await import('./jsx/rewrite.ts')).jsxRewrites[dialect]),
	};
}

const javascript = jsx('javascript');
const typescript = jsx('typescript');

const mdx: DocumentLanguage = {
	mayHoldImages: (text) => text.includes('![') || jsxImage.test(text),
	createFinder: async () => (await import('./mdx/find.ts')).findImages,
	rewriter: async () => rewriterOf((await import('./mdx/rewrite.ts')).mdxRewrites),
};

const byLanguageId: ReadonlyMap<string, DocumentLanguage> = new Map([
	['markdown', markdown],
	['html', html],
	['javascript', javascript],
	['javascriptreact', javascript],
	['typescriptreact', typescript],
	['mdx', mdx],
]);

const byExtension: ReadonlyMap<string, DocumentLanguage> = new Map([
	['md', markdown],
	['markdown', markdown],
	['htm', html],
	['html', html],
	['js', javascript],
	['jsx', javascript],
	['mjs', javascript],
	['tsx', typescript],
	['mdx', mdx],
]);

/** The images of a document in the order of its text; none for a language without a finder. */
export async function findImages(
	text: string,
	languageId: string,
	options: DocumentOptions = {},
): Promise<readonly ImageReference[]> {
	return createFinder(languageId, options)(text);
}

/**
 * Gives the images of one version of a document after the other, as `findImages` would. In Markdown a change costs
 * little more than the blocks that it touches.
 */
export function createFinder(languageId: string, options: DocumentOptions = {}): Finder {
	const language = languageOf(languageId, options);
	let finder: Promise<ReadyFinder> | undefined;
	return async (text) =>
		language?.mayHoldImages(text) === true ? (await (finder ??= language.createFinder()))(text) : [];
}

/**
 * The edit that gives one image, found in exactly this text, a new alt text; proven to change nothing else.
 * White space in the alt text is collapsed and control characters are dropped. An empty one marks it as decorative.
 */
export async function rewriteAltText(
	text: string,
	languageId: string,
	image: ImageReference,
	altText: string,
	options: DocumentOptions = {},
): Promise<Rewrite | Refusal> {
	const [rewrite] = await rewriteAltTexts(text, languageId, [{ image, altText }], options);
	return rewrite ?? { refused: 'stale' };
}

/**
 * The edits that give several images of exactly this text their new alt texts, each as `rewriteAltText` has it, proven
 * one after the other; all at the offsets of this text, and in the order given. The document is read once for all.
 */
export async function rewriteAltTexts(
	text: string,
	languageId: string,
	news: readonly NewAltText[],
	options: DocumentOptions = {},
): Promise<readonly (Rewrite | Refusal)[]> {
	const language = languageOf(languageId, options);
	return language === undefined
		? news.map(() => ({ refused: 'unknown-language' }))
		: (await language.rewriter()).rewrites(text, news);
}

/**
 * Loads what a rewrite needs and reads the text as the proof does: while a model thinks there is time for that. A
 * rewrite that follows in the same text takes less than half as long then.
 */
export async function prepareRewrite(text: string, languageId: string, options: DocumentOptions = {}): Promise<void> {
	(await languageOf(languageId, options)?.rewriter())?.read(text);
}

function languageOf(languageId: string, { path }: DocumentOptions): DocumentLanguage | undefined {
	const extension = path?.slice(path.lastIndexOf('.') + 1).toLowerCase();
	return byLanguageId.get(languageId) ?? (extension === undefined ? undefined : byExtension.get(extension));
}
