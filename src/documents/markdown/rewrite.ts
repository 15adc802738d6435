import { htmlCandidates } from '../html/candidates.ts';
import { altPlace } from '../html/imageTag.ts';
import { remembered, type RewriteLanguage } from '../rewrite.ts';
import { markdownCandidates } from './candidates.ts';
import { spellings } from './escape.ts';
import { createFinder, type FoundImage } from './find.ts';
import { differOnlyInAltText, judge } from './judge.ts';
import { judgedByPiece } from './piece.ts';

export const markdownRewrites: RewriteLanguage<FoundImage> = {
	createFinder,
	candidatesFor: (image, altText) =>
		'altForm' in image
			? htmlCandidates(image, altText)
			: markdownCandidates(image, altText, spellings(altText, image.inTable)),
	judge: remembered((text) => {
		const before = judge(text);
		return ({ image, altText, rewrite, newText }) => {
			const attribute = 'altForm' in image ? altPlace(image) : undefined;
			return judgedByPiece({ before, text, rewrite, newText, judge }, (one, other, shift) =>
				differOnlyInAltText(one, other, { imageStart: image.reference.start, altText, attribute, shift }),
			);
		};
	}),
};
