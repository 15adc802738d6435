import sharp from 'sharp';

/**
 * A GIF of many frames, each of 0.1 s and of one grey: sixteen that take turns, and another at the end.
 * @param builds Whether each frame says that others show through, so that none can be drawn alone.
 */
export async function gifOf(
	count: number,
	{ width, height, builds }: { readonly width: number; readonly height: number; readonly builds: boolean },
): Promise<Uint8Array> {
	const greys = Array.from({ length: 17 }, (_, index) => 15 * index);
	const pictures = await Promise.all(
		greys.map(async (grey) => {
			const background = { r: grey, g: grey, b: grey };
			return pictureIn(
				await sharp({ create: { width, height, channels: 3, background } })
					.gif()
					.toBuffer(),
			);
		}),
	);
	const control = Uint8Array.of(0x21, 0xf9, 4, builds ? 1 : 0, 10, 0, 255, 0);
	const screen = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
	screen.writeUInt16LE(width, 6);
	screen.writeUInt16LE(height, 8);
	const frames = Array.from({ length: count }, (_, index) => [
		control,
		pictures[index === count - 1 ? 16 : (7 * index + Math.floor(index / 16)) % 16] ?? new Uint8Array(),
	]);
	return new Uint8Array(Buffer.concat([screen, ...frames.flat(), Uint8Array.of(0x3b)]));
}

/** The picture of a GIF that has one, with its colours as its own. */
function pictureIn(gif: Buffer): Uint8Array {
	const colours = 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
	const palette = gif.subarray(13, 13 + colours);
	let at = 13 + colours;
	while (gif[at] === 0x21) {
		at += 2;
		for (; gif[at] !== 0; at += (gif[at] ?? 0) + 1);
		at++;
	}
	const descriptor = Buffer.from(gif.subarray(at, at + 10));
	descriptor[9] = 0x80 | ((gif[10] ?? 0) & 7);
	return Buffer.concat([descriptor, palette, gif.subarray(at + 10, -1)]);
}
