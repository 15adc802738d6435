import type { ImageReference } from './imageReference.ts';
import { attributeIn, looseTags } from './surroundings/looseTags.ts';

/** What axe's `image-alt` accepts beside `alt`, and what React Native calls it. */
const names = ['aria-label', 'aria-labelledby', 'title', 'accessibilityLabel', 'accessible'];

/** Libraries whose `Image` has no alternative text, or another attribute for it. */
const otherImages =
	/\bfrom\s+['"](?:react-native|react-native-[\w-]+|react-konva|@react-pdf\/[\w-]+|@react-three\/[\w-]+|@shopify\/react-native-skia|remotion|ink-[\w-]+)['"]/;

/** How much of an image's source its tag may take, in characters. */
const longestTag = 4000;

/** Tells which elements of a document without alt text say in another way what they show, or have no way to. */
export function namedOtherwiseIn(text: string): (image: ImageReference) => boolean {
	// The whole document is looked at once, and only if that matters.
	let hasOtherImages: boolean | undefined;
	return ({ start, end, syntax }) => {
		const [tag] = looseTags(text.slice(start, Math.min(end, start + longestTag)));
		return (
			(tag !== undefined && names.some((name) => attributeIn(tag.attributes, name))) ||
			(syntax === 'jsx' && tag?.name === 'Image' && (hasOtherImages ??= otherImages.test(text)))
		);
	};
}
