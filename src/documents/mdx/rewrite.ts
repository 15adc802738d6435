import { jsxCandidates } from '../jsx/candidates.ts';
import { markdownCandidates } from '../markdown/candidates.ts';
import { spellings } from '../markdown/escape.ts';
import { judgedByPiece } from '../markdown/piece.ts';
import { type Judge, remembered, rememberedFinder, type RewriteLanguage } from '../rewrite.ts';
import { findMdxImages, type MdxImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

export const mdxRewrites: RewriteLanguage<MdxImage> = {
	createFinder: rememberedFinder(() => findMdxImages),
	candidatesFor: (image, altText) =>
		'markup' in image
			? jsxCandidates(image, altText)
			: markdownCandidates(image, altText, spellings(altText, image.inTable).map(withoutMdx)),
	judge: remembered(judgeOf),
};

function judgeOf(text: string): Judge<MdxImage> | undefined {
	const before = judge(text);
	return (
		before &&
		(({ image, altText, rewrite, newText }) => {
			const change = { imageStart: image.reference.start, altText };
			const versions = { before, text, rewrite, newText, judge };
			const after = judgedByPiece(versions, (...texts) => differOnlyInAltText(...texts, change));
			return after && (() => judgeOf(newText));
		})
	);
}

/** Braces in an alt text are dropped, with an expression or without (mdx-js/mdx#2612); tags are errors at best. */
function withoutMdx(spelling: string): string {
	return spelling.replace(/(\\[^])|[{}<]/g, (character, escaped?: string) => escaped ?? `\\${character}`);
}
