import type { Pixels } from './pixels.ts';

/** Tag, type (3: 16 bits, 4: 32 bits, 7: bytes), count, value or offset (TIFF 6.0, section 2). */
type Entry = readonly [tag: number, type: 3 | 4 | 7, count: number, value: number];

/**
 * Pixels as an uncompressed TIFF file: the one way to hand sharp bare pixels together with the profile of their
 * colours, at the price of a copy.
 */
export function tiffOf({ bytes, width, height, channels }: Pixels, profile: Uint8Array): Uint8Array {
	const entryCount = channels === 4 ? 12 : 11;
	const bitsAt = 8 + 2 + 12 * entryCount + 4;
	const profileAt = bitsAt + 2 * channels;
	const pixelsAt = profileAt + profile.length + (profile.length % 2);
	const entries: readonly Entry[] = [
		[256, 4, 1, width],
		[257, 4, 1, height],
		[258, 3, channels, bitsAt],
		[259, 3, 1, 1], // not compressed
		[262, 3, 1, 2], // RGB
		[273, 4, 1, pixelsAt],
		[277, 3, 1, channels],
		[278, 4, 1, height],
		[279, 4, 1, bytes.length],
		[284, 3, 1, 1], // pixel by pixel
		...(channels === 4 ? [[338, 3, 1, 2] as const] : []), // alpha, not multiplied
		[34675, 7, profile.length, profileAt],
	];
	const file = new Uint8Array(pixelsAt + bytes.length);
	const view = new DataView(file.buffer);
	file.set([0x49, 0x49, 42, 0, 8]);
	view.setUint16(8, entries.length, true);
	entries.forEach(([tag, type, count, value], index) => {
		const at = 10 + 12 * index;
		view.setUint16(at, tag, true);
		view.setUint16(at + 2, type, true);
		view.setUint32(at + 4, count, true);
		view.setUint32(at + 8, value, true);
	});
	for (let channel = 0; channel < channels; channel++) {
		view.setUint16(bitsAt + 2 * channel, 8, true);
	}
	file.set(profile, profileAt);
	file.set(bytes, pixelsAt);
	return file;
}
