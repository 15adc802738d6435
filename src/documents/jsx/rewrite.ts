import { remembered, type RewriteLanguage } from '../rewrite.ts';
import { jsxCandidates } from './candidates.ts';
import { findJsxImages, type JsxImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';
import type { Dialect } from './script.ts';

export const jsxRewrites: Readonly<Record<Dialect, RewriteLanguage<JsxImage>>> = {
	javascript: rewritesIn('javascript'),
	typescript: rewritesIn('typescript'),
};

function rewritesIn(dialect: Dialect): RewriteLanguage<JsxImage> {
	return {
		createFinder: () => (text) => findJsxImages(text, dialect),
		candidatesFor: jsxCandidates,
		judge: remembered((text) => {
			const before = judge(text, dialect);
			return (
				before &&
				(({ image, altText, newText }) =>
					differOnlyInAltText(before, judge(newText, dialect), image.reference.start, altText))
			);
		}),
	};
}
