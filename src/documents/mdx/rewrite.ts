import { jsxCandidates } from '../jsx/candidates.ts';
import { markdownCandidates } from '../markdown/candidates.ts';
import { spellings } from '../markdown/escape.ts';
import { judgedByPiece } from '../markdown/piece.ts';
import { remembered, type RewriteLanguage } from '../rewrite.ts';
import { findMdxImages, type MdxImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

export const mdxRewrites: RewriteLanguage<MdxImage> = {
	createFinder: () => findMdxImages,
	candidatesFor: (image, altText) =>
		'markup' in image
			? jsxCandidates(image, altText)
			: markdownCandidates(image, altText, spellings(altText, image.inTable).map(withoutMdx)),
	judge: remembered((text) => {
		const before = judge(text);
		return (
			before &&
			(({ image, altText, rewrite, newText }) =>
				judgedByPiece({ before, text, rewrite, newText, judge }, (one, other, shift) =>
					differOnlyInAltText(one, other, { imageStart: image.reference.start, altText, shift }),
				))
		);
	}),
};

/** Braces in an alt text are dropped, with an expression or without (mdx-js/mdx#2612); tags are errors at best. */
function withoutMdx(spelling: string): string {
	return spelling.replace(/(\\[^])|[{}<]/g, (character, escaped?: string) => escaped ?? `\\${character}`);
}
