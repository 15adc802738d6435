import { type ImageType, imageTypes } from './sniff.ts';

/** Endings of file names by what such files mostly are; what a file really is, its bytes decide. */
const endingsByType: Readonly<Record<ImageType, readonly string[]>> = {
	'image/png': ['png', 'apng'],
	'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
	'image/gif': ['gif'],
	'image/webp': ['webp'],
	'image/avif': ['avif'],
	'image/tiff': ['tif', 'tiff'],
	'image/bmp': ['bmp'],
	'image/x-icon': ['ico', 'cur'],
	'image/heic': ['heic', 'heif'],
	'image/svg+xml': ['svg'],
};

/** Without dots, in lower case. */
export const imageEndings: readonly string[] = Object.values(endingsByType).flat();

/** What a file with this ending mostly is; undefined for others than images and PDFs. */
export function typeOfEnding(ending: string): ImageType | 'application/pdf' | undefined {
	return ending === 'pdf' ? 'application/pdf' : imageTypes.find((type) => endingsByType[type].includes(ending));
}

/** Those of images, and that of PDFs. */
export const readableEndings: readonly string[] = [...imageEndings, 'pdf'];

/** The ending of a file's name, without its dot, in lower case; the whole name where it has none. */
export function endingOf(path: string): string {
	return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1).toLowerCase();
}
