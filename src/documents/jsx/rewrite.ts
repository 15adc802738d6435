import type { RewriteLanguage } from '../rewrite.ts';
import { jsxCandidates } from './candidates.ts';
import { findJsxImages, type JsxImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';
import type { Dialect } from './script.ts';

export function jsxRewrites(dialect: Dialect): RewriteLanguage<JsxImage> {
	return {
		findImages: (text) => findJsxImages(text, dialect),
		candidatesFor: jsxCandidates,
		judge(text) {
			const before = judge(text, dialect);
			return (
				before &&
				((newText, { reference }, altText) =>
					differOnlyInAltText(before, judge(newText, dialect), reference.start, altText))
			);
		},
	};
}
