import { remembered, type RewriteLanguage } from '../rewrite.ts';
import { htmlCandidates } from './candidates.ts';
import { findHtmlImages } from './find.ts';
import { altPlace, type HtmlImage } from './imageTag.ts';
import { differOnlyInAttribute, judge } from './judge.ts';

export const htmlRewrites: RewriteLanguage<HtmlImage> = {
	createFinder: () => findHtmlImages,
	candidatesFor: htmlCandidates,
	judge: remembered((text) => {
		const before = judge(text);
		return ({ image, altText, newText }) =>
			differOnlyInAttribute(before, judge(newText), {
				name: altPlace(image),
				value: altText,
				tagStart: image.reference.start,
			});
	}),
};
