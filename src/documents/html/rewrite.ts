import type { RewriteLanguage } from '../rewrite.ts';
import { htmlCandidates } from './candidates.ts';
import { findHtmlImages } from './find.ts';
import { altAttributes, type HtmlImage } from './imageTag.ts';
import { differOnlyInAttribute, judge } from './judge.ts';

export const htmlRewrites: RewriteLanguage<HtmlImage> = {
	findImages: findHtmlImages,
	candidatesFor: htmlCandidates,
	judge(text) {
		const before = judge(text);
		return (newText, { reference: { syntax, start } }, value) =>
			differOnlyInAttribute(before, judge(newText), { name: altAttributes[syntax], value, tagStart: start });
	},
};
