import type { ImageReference } from '../documents/index.ts';

/** A text with all its images, in their order. */
interface Version {
	readonly text: string;
	readonly images: readonly ImageReference[];
}

/**
 * The image of one version of a document in another. Of several with its target it is the one with as many of them
 * before it; where there are more or fewer of them than there were, the one of its alt text that is nearest.
 */
export function sameImage(
	{ image, images }: Version & { readonly image: ImageReference },
	now: Version,
): ImageReference | undefined {
	const isLike = ({ target, syntax }: ImageReference): boolean => target === image.target && syntax === image.syntax;
	const before = images.filter(isLike);
	const after = now.images.filter(isLike);
	if (before.length === after.length) {
		return after[before.findIndex(({ start }) => start === image.start)];
	}
	const distance = ({ start, alt }: ImageReference): number =>
		Math.abs(start - image.start) + (alt === image.alt ? 0 : now.text.length);
	return after.sort((one, other) => distance(one) - distance(other))[0];
}
