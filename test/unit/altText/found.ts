import type { ImageReference } from '../../../src/documents/index.ts';

/** An image as a finder would give it. */
export function found(image: Partial<ImageReference> & Pick<ImageReference, 'start' | 'end'>): ImageReference {
	return {
		syntax: 'markdown-inline',
		alt: '',
		altKind: 'written',
		altStart: image.start,
		altEnd: image.start,
		target: '',
		targetStart: image.end,
		targetEnd: image.end,
		...image,
	};
}
