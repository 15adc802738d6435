import type { PictureTarget, Size } from '../attachment.ts';

/** Shrunk, never enlarged, until no side is longer; px, whole, at least 1. */
export function fitInside(size: Size, maxSide: number): Size {
	return scaled(size, maxSide / Math.max(size.width, size.height));
}

/** Shrunk by a factor; one of 1 or more changes nothing. */
export function scaled({ width, height }: Size, factor: number): Size {
	const side = (length: number): number => Math.max(1, Math.round(length * Math.min(1, factor)));
	return { width: side(width), height: side(height) };
}

/** For readers on this device, which see all there is: no larger than is worth their time. */
export const deviceTarget: PictureTarget = {
	fits: (size) => fitInside(size, 2048),
	mediaTypes: ['image/png', 'image/jpeg'],
	maxBytes: Infinity,
};
