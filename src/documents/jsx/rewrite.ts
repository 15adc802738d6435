import { type Judge, remembered, rememberedFinder, type RewriteLanguage } from '../rewrite.ts';
import { jsxCandidates } from './candidates.ts';
import { findJsxImages, type JsxImage } from './find.ts';
import { differOnlyInAltText, judge, type Judged } from './judge.ts';
import type { Dialect } from './script.ts';

export const jsxRewrites: Readonly<Record<Dialect, RewriteLanguage<JsxImage>>> = {
	javascript: rewritesIn('javascript'),
	typescript: rewritesIn('typescript'),
};

function rewritesIn(dialect: Dialect): RewriteLanguage<JsxImage> {
	return {
		createFinder: rememberedFinder(() => (text) => findJsxImages(text, dialect)),
		candidatesFor: jsxCandidates,
		judge: remembered((text) => {
			const before = judge(text, dialect);
			return before && judgeOf(before, dialect);
		}),
	};
}

function judgeOf(before: Judged, dialect: Dialect): Judge<JsxImage> {
	return ({ image, altText, newText }) => {
		const after = judge(newText, dialect);
		return after !== undefined && differOnlyInAltText(before, after, image.reference.start, altText)
			? () => judgeOf(after, dialect)
			: undefined;
	};
}
