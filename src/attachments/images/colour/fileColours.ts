import type { Metadata } from 'sharp';
import { pngChunks } from '../metadata/png.ts';
import { sniff } from '../../sniff.ts';
import { codedColours } from './codePoints.ts';
import { heifCodePoints } from './heifCodePoints.ts';
import { profileColours } from './iccProfile.ts';
import type { RgbColours } from './rgbColours.ts';

/**
 * What the numbers of a file's pixels mean once they are RGB of 8 bits. Undefined where the file does not say, and
 * where only the image library understands what it says.
 */
export function fileColours(bytes: Uint8Array, { icc, depth, space }: Metadata): RgbColours | undefined {
	const type = sniff(bytes);
	if (space !== 'srgb' && space !== 'rgb16') {
		return undefined;
	}
	// Its numbers win over a profile (PNG third edition, 4.3).
	const coded = type === 'image/png' ? pngColours(bytes) : undefined;
	if (coded) {
		return coded;
	}
	if (icc) {
		// More than 8 bits are worth converting before they are cut down.
		return depth === 'uchar' ? profileColours(icc) : undefined;
	}
	const points = type === 'image/avif' ? heifCodePoints(bytes) : undefined;
	return points && codedColours(points);
}

function pngColours(bytes: Uint8Array): RgbColours | undefined {
	const chunk = pngChunks(bytes)?.find(({ type }) => type === 'cICP');
	const [primaries, transfer] = chunk?.content ?? [];
	return primaries === undefined || transfer === undefined ? undefined : codedColours({ primaries, transfer });
}
