import { htmlCandidates } from '../html/candidates.ts';
import { altPlace } from '../html/imageTag.ts';
import { type Judge, remembered, rememberedFinder, type RewriteLanguage } from '../rewrite.ts';
import { markdownCandidates } from './candidates.ts';
import { spellings } from './escape.ts';
import { createFinder, type FoundImage } from './find.ts';
import { differOnlyInAltText, judge, type Judged } from './judge.ts';
import { judgedByPiece } from './piece.ts';

export const markdownRewrites: RewriteLanguage<FoundImage> = {
	createFinder: rememberedFinder(createFinder),
	candidatesFor: (image, altText) =>
		'altForm' in image
			? htmlCandidates(image, altText)
			: markdownCandidates(image, altText, spellings(altText, image.inTable)),
	judge: remembered((text) => judgeOf(text, judge(text))),
};

function judgeOf(text: string, before: Judged): Judge<FoundImage> {
	return ({ image, altText, rewrite, newText }) => {
		const attribute = 'altForm' in image ? altPlace(image) : undefined;
		const change = { imageStart: image.reference.start, altText, attribute };
		const versions = { before, text, rewrite, newText, judge };
		const after = judgedByPiece(versions, (...texts) => differOnlyInAltText(...texts, change));
		return after && (() => judgeOf(newText, after()));
	};
}
