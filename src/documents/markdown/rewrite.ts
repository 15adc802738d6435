import { htmlCandidates } from '../html/candidates.ts';
import { altAttributes, type HtmlImage } from '../html/imageTag.ts';
import type { RewriteLanguage } from '../rewrite.ts';
import { markdownCandidates } from './candidates.ts';
import { spellings } from './escape.ts';
import type { MarkdownImage } from './document.ts';
import { findMarkdownImages } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';

export const markdownRewrites: RewriteLanguage<MarkdownImage | HtmlImage> = {
	findImages: findMarkdownImages,
	candidatesFor: (image, altText) =>
		'altForm' in image
			? htmlCandidates(image, altText)
			: markdownCandidates(image, altText, spellings(altText, image.inTable)),
	judge(text) {
		const before = judge(text);
		return (newText, image, altText) => {
			const attribute = 'altForm' in image ? altAttributes[image.reference.syntax] : undefined;
			return differOnlyInAltText(before, judge(newText), image.reference.start, altText, attribute);
		};
	},
};
