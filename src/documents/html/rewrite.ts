import { type Judge, remembered, rememberedFinder, type RewriteLanguage } from '../rewrite.ts';
import { htmlCandidates } from './candidates.ts';
import { findHtmlImages } from './find.ts';
import { altPlace, type HtmlImage } from './imageTag.ts';
import { differOnlyInAttribute, judge, type Judged } from './judge.ts';

export const htmlRewrites: RewriteLanguage<HtmlImage> = {
	createFinder: rememberedFinder(() => findHtmlImages),
	candidatesFor: htmlCandidates,
	judge: remembered((text) => judgeOf(judge(text))),
};

function judgeOf(before: Judged): Judge<HtmlImage> {
	return ({ image, altText, newText }) => {
		const after = judge(newText);
		const change = { name: altPlace(image), value: altText, tagStart: image.reference.start };
		return differOnlyInAttribute(before, after, change) ? () => judgeOf(after) : undefined;
	};
}
