import { moved } from '../moved.ts';
import type { Candidate } from '../rewrite.ts';
import { spell } from './escape.ts';
import type { JsxImage } from './find.ts';

/** JSX has one spelling for every text. */
export function jsxCandidates({ reference, markup }: JsxImage, alt: string): readonly Candidate[] {
	const rewrite = { start: reference.altStart, end: reference.altEnd, newText: spell(alt, markup) };
	return [
		{
			rewrite,
			reference: {
				...moved(reference, rewrite),
				alt,
				altKind: 'written',
				altStart: rewrite.start + markup.before.length,
				altEnd: rewrite.start + rewrite.newText.length - markup.after.length,
			},
		},
	];
}
