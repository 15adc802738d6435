import type { ImageReference } from './imageReference.ts';
import { attributeIn, looseTags } from './surroundings/looseTags.ts';

/** What axe's `image-alt` accepts beside `alt`, and what React Native calls it. */
const names = ['aria-label', 'aria-labelledby', 'title', 'accessibilityLabel', 'accessible'];

/** Libraries whose `Image` has no alternative text, or another attribute for it. */
const otherImages =
	/\bfrom\s+['"](?:react-native|react-native-[\w-]+|react-konva|@react-pdf\/[\w-]+|@react-three\/[\w-]+|@shopify\/react-native-skia|remotion|ink-[\w-]+)['"]/;

/** How much of an image's source its tag may take, in characters. */
const longestTag = 4000;

/** Whether an element without alt text says in another way what it shows, or has no way to. */
export function isNamedOtherwise(text: string, { start, end, syntax }: ImageReference): boolean {
	const [tag] = looseTags(text.slice(start, Math.min(end, start + longestTag)));
	return (
		(tag !== undefined && names.some((name) => attributeIn(tag.attributes, name))) ||
		(syntax === 'jsx' && tag?.name === 'Image' && otherImages.test(text))
	);
}
