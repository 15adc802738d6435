import sharp from 'sharp';

/** Where in a moving picture to look for a frame that shows it, the preferred first: 0 is its start, 1 its end. */
const places = [0.5, 0.75, 0.25, 1, 0] as const;

/** Of the richest frame's detail: a frame with so much shows the picture as well. */
const enough = 0.6;

/** The frames to look at, the preferred first. */
export function candidateFrames(count: number): readonly number[] {
	return [...new Set(places.map((place) => Math.floor(place * (count - 1))))];
}

/** The first candidate that shows nearly as much as the richest; many begin and end blank. */
export function richest<Frame>(
	candidates: readonly { readonly frame: Frame; readonly detail: number }[],
): Frame | undefined {
	const most = Math.max(...candidates.map(({ detail }) => detail));
	return candidates.find(({ detail }) => detail >= enough * most)?.frame;
}

/** How much levels of grey differ from their mean. */
export function detailOf(grey: Uint8Array): number {
	const mean = grey.reduce((sum, level) => sum + level, 0) / grey.length;
	return Math.sqrt(grey.reduce((sum, level) => sum + (level - mean) ** 2, 0) / grey.length);
}

/** The page to show of a GIF or WebP; the first of a still picture, and of a document of pages. */
export async function representativePage(bytes: Uint8Array): Promise<number> {
	const { format, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
	if (pages < 2 || (format !== 'gif' && format !== 'webp')) {
		return 0;
	}
	const candidates: { frame: number; detail: number }[] = [];
	for (const frame of candidateFrames(pages)) {
		candidates.push({ frame, detail: detailOf(await smallGrey(bytes, frame)) });
	}
	return richest(candidates) ?? 0;
}

async function smallGrey(bytes: Uint8Array, page: number): Promise<Uint8Array> {
	return sharp(bytes, { page, limitInputPixels: false })
		.flatten({ background: 'white' })
		.resize(64, 64, { fit: 'inside' })
		.toColourspace('b-w')
		.raw({ depth: 'uchar' })
		.toBuffer();
}
