import type { ImageAttachment, Picture, PictureTarget } from '../../attachments/attachment.ts';
import { scaled } from '../../attachments/images/fit.ts';
import type { ImagePart, Part } from '../../client/request.ts';
import type { Sight } from './sight.ts';

/** Below this a refused picture is made no smaller, px. */
const leastSide = 128;

/**
 * The pictures of images as a model sees them, in their order. Together they keep to what a request may hold: large
 * ones give way until all have room.
 */
export async function picturesOf(
	images: readonly ImageAttachment[],
	sight: Sight,
	signal: AbortSignal,
): Promise<readonly Picture[]> {
	const pictures = await Promise.all(images.map((image) => image.pictureFor(sight, signal)));
	const share = fairShare(
		pictures.map(({ bytes }) => bytes.length),
		sight.requestBytes,
	);
	return Promise.all(
		pictures.map(async (picture, index) => {
			const image = images[index];
			return image && picture.bytes.length > share
				? image.pictureFor({ ...sight, maxBytes: Math.min(share, sight.maxBytes) }, signal)
				: picture;
		}),
	);
}

/** The size that no picture may exceed if all together are to keep to the total, in bytes; smaller ones leave theirs. */
export function fairShare(sizes: readonly number[], total: number): number {
	let rest = total;
	let waiting = sizes.length;
	for (const size of [...sizes].sort((one, other) => one - other)) {
		const share = Math.floor(rest / waiting);
		if (size > share) {
			return share;
		}
		rest -= size;
		waiting--;
	}
	return Infinity;
}

/** An image under a label with its number, so that an answer can say which one it means. */
export function imageParts(
	image: ImageAttachment,
	picture: Picture,
	number: number,
	sight: Sight,
	signal: AbortSignal,
): readonly Part[] {
	return [
		{ kind: 'text', text: `File ${number}: image ${JSON.stringify(image.name)}` },
		{
			...partOf(picture),
			instead: async (refused) => {
				const other = refused === 'format' ? inCommonFormat(picture, sight) : halved(picture, sight);
				return other && partOf(await image.pictureFor(other, signal));
			},
		},
	];
}

function partOf({ mediaType, bytes }: Picture): ImagePart {
	return { kind: 'image', mediaType, content: bytes };
}

/** JPEG is known everywhere; a JPEG that was refused has no other form. */
function inCommonFormat({ mediaType }: Picture, sight: PictureTarget): PictureTarget | undefined {
	switch (mediaType) {
		case 'image/jpeg':
			return undefined;
		case 'image/png':
			return { ...sight, mediaTypes: ['image/jpeg'] };
		case 'image/webp':
		case 'image/gif':
			return { ...sight, mediaTypes: ['image/png', 'image/jpeg'] };
	}
}

function halved({ width, height, bytes }: Picture, sight: PictureTarget): PictureTarget | undefined {
	return Math.max(width, height) < 2 * leastSide
		? undefined
		: { ...sight, fits: (size) => scaled(sight.fits(size), 0.5), maxBytes: Math.ceil(bytes.length / 2) };
}
