import type { ImageAttachment } from '../../attachments/attachment.ts';
import type { Sight } from './sight.ts';

/** What sending images will come to, known before any is made. */
export interface ImageEstimate {
	/** Undefined when nobody says what this model counts. */
	readonly tokens: number | undefined;
	/** About; a drawing needs less, a photograph of leaves more. */
	readonly bytes: number;
	/** Whether the endpoint takes so many at once. */
	readonly tooMany: boolean;
}

/** Of a photograph as JPEG of quality 85. */
const bytesPerPixel = 0.25;

export function estimateImages(images: readonly ImageAttachment[], sight: Sight): ImageEstimate {
	const tokens = images.map((image) => sight.tokens(image));
	const bytes = images.map((image) => {
		const { width, height } = sight.fits(image);
		return Math.min(Math.ceil(width * height * bytesPerPixel), sight.maxBytes);
	});
	return {
		tokens: tokens.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0),
		bytes: Math.min(
			bytes.reduce((sum, one) => sum + one, 0),
			sight.requestBytes,
		),
		tooMany: images.length > sight.maxImages,
	};
}
