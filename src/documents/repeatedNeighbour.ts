import type { ImageReference } from './imageReference.ts';
import { withoutQuery } from './targetPath.ts';

/** In characters between two images, markup included: further apart they are no neighbours. */
const reach = 300;

/**
 * Whether another image, right before this one, has the same alt text (GitHub's accessibility scanner). One of both
 * for dark themes, in another size or format, or for the other case of a condition is the same image to a reader.
 */
export function repeatsNeighbour(text: string, image: ImageReference, previous: ImageReference | undefined): boolean {
	return (
		previous?.altKind === 'written' &&
		previous.hidden !== true &&
		folded(previous.alt) === folded(image.alt) &&
		previous.target !== '' &&
		image.target !== '' &&
		variantKey(previous.target) !== variantKey(image.target) &&
		image.start - previous.end <= reach &&
		!separating.test(text.slice(previous.end, image.start)) &&
		![previous, image].some(({ start, end, target }) => isVariant(text.slice(start, end), target))
	);
}

/** A heading, or the other branch of a condition. */
const separating = /<h[1-6]\b|^[ \t]*#{1,6}[ \t]|^\s*\)?\s*:\s*\(?\s*$|\belse\b|\bv-else\b/im;

/** Marks of themes and screen sizes: GitHub's `#gh-dark-mode-only`, Material's `#only-dark`, Tailwind and Bootstrap. */
function isVariant(source: string, target: string): boolean {
	return (
		/(?:^|[^\p{L}])(?:dark|light|night|day|white|black|inverted|mobile|desktop|retina)(?:[^\p{L}]|$)/iu.test(target) ||
		/(?:^|[\s"'`])(?:[\w-]+:)?(?:hidden|d-none|d-\w+-none)(?=[\s"'`])|data-theme|v-(?:else|if|show)|prefers-color-scheme/.test(
			source,
		)
	);
}

/** Without what only tells sizes and formats of one picture apart. */
function variantKey(target: string): string {
	return withoutQuery(target)
		.replace(/\.\w+$/, '')
		.replace(/(?:@\d+x|[-_]\d+(?:x\d+|w|px))$/i, '');
}

function folded(alt: string): string {
	return alt.trim().replace(/\s+/g, ' ').toLowerCase();
}
