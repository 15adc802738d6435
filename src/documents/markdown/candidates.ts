import type { Rewrite } from '../imageReference.ts';
import { moved } from '../moved.ts';
import type { Candidate } from '../rewrite.ts';
import type { MarkdownImage } from './document.ts';

/** The rewrites to each spelling of an alt text. */
export function markdownCandidates(
	image: MarkdownImage,
	alt: string,
	spellings: readonly string[],
): readonly Candidate[] {
	return spellings.map((spelling) => {
		const rewrite = rewriteTo(image, spelling);
		const { altStart } = image.reference;
		return {
			rewrite,
			reference: { ...moved(image.reference, rewrite), alt, altStart, altEnd: altStart + spelling.length },
		};
	});
}

/** Brackets that name their own definition go on naming it: `![logo]` becomes `![New text][logo]`. */
function rewriteTo({ reference, ownLabel }: MarkdownImage, spelling: string): Rewrite {
	return ownLabel === undefined
		? { start: reference.altStart, end: reference.altEnd, newText: spelling }
		: { start: reference.altStart, end: reference.end, newText: `${spelling}][${ownLabel}]` };
}
