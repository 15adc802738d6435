import type { ImageReference, Rewrite } from '../imageReference.ts';
import { spell } from '../jsx/escape.ts';
import { rewrittenReference } from '../jsx/rewrite.ts';
import { spellings } from '../markdown/escape.ts';
import { rewriteTo } from '../markdown/rewrite.ts';
import { moved } from '../moved.ts';
import type { MdxImage } from './find.ts';

/** A rewrite with what the finder has to see of its image once it is applied. */
export interface Candidate {
	readonly rewrite: Rewrite;
	readonly reference: ImageReference;
}

/** The most readable first. */
export function candidates(image: MdxImage, altText: string): readonly Candidate[] {
	const { altStart, altEnd } = image.reference;
	if ('markup' in image) {
		const rewrite = { start: altStart, end: altEnd, newText: spell(altText, image.markup) };
		return [{ rewrite, reference: rewrittenReference(image, rewrite, altText) }];
	}
	return spellings(altText, image.inTable)
		.map(withoutMdx)
		.map((spelling) => {
			const rewrite = rewriteTo(image, spelling);
			const reference = {
				...moved(image.reference, rewrite),
				alt: altText,
				altStart,
				altEnd: altStart + spelling.length,
			};
			return { rewrite, reference };
		});
}

/** Braces in an alt text are dropped, with an expression or without (mdx-js/mdx#2612); tags are errors at best. */
function withoutMdx(spelling: string): string {
	return spelling.replace(/(\\[^])|[{}<]/g, (character, escaped?: string) => escaped ?? `\\${character}`);
}
