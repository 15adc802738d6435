import type { ImageAttachment, Picture, PictureTarget } from '../../attachments/attachment.ts';
import { scaled } from '../../attachments/images/fit.ts';
import type { ImagePart, Part } from '../../client/request.ts';
import type { CoverageEvent, FramesEvent } from '../model.ts';
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
	const pictures = await Promise.all(images.map((image) => image.pictureFor(targetOf(image, sight), signal)));
	const share = fairShare(
		pictures.map(({ bytes }) => bytes.length),
		sight.requestBytes,
	);
	return Promise.all(
		pictures.map(async (picture, index) => {
			const image = images[index];
			return image && picture.bytes.length > share
				? image.pictureFor({ ...targetOf(image, sight), maxBytes: Math.min(share, sight.maxBytes) }, signal)
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
		{
			kind: 'text',
			text: `File ${number}: image ${JSON.stringify(image.name)}${pageSentence(image)}${stripSentence(image, picture)}`,
		},
		{
			...partOf(picture),
			instead: async (refused) => {
				const target = targetOf(image, sight);
				const other = refused === 'format' ? inCommonFormat(picture, target) : halved(picture, target);
				return other && partOf(await image.pictureFor(other, signal));
			},
		},
	];
}

/** What the pictures show of those images that move. */
export function framesIn(images: readonly ImageAttachment[], pictures: readonly Picture[]): readonly FramesEvent[] {
	return images.flatMap(({ name, motion }, index) =>
		motion ? [{ kind: 'frames', name, frameCount: motion.frameCount, times: pictures[index]?.times }] : [],
	);
}

/** What was read of images with several pages: the first. */
export function firstPages(
	images: readonly ImageAttachment[],
	read: 'picturePages' | 'recognisedPages',
): readonly CoverageEvent[] {
	const nothing = { textPages: [], partPages: [], picturePages: [], recognisedPages: [], damagedPages: [] };
	return images.flatMap(({ name, pageCount }) =>
		pageCount === undefined ? [] : [{ kind: 'coverage', name, pageCount, whole: false, ...nothing, [read]: [1] }],
	);
}

/** What is to be made of an image for this model. */
export function targetOf({ sends }: ImageAttachment, sight: Sight): PictureTarget {
	return sends === 'strip' ? { ...sight, asStrip: true } : sight;
}

function pageSentence({ pageCount }: ImageAttachment): string {
	return pageCount === undefined ? '' : `, page 1 of ${pageCount}; the others are not given.`;
}

/** What a model has to know so that it takes a strip for one thing that moves, not for a picture of four. */
function stripSentence({ motion }: ImageAttachment, { times }: Picture): string {
	if (!motion || !times) {
		return '';
	}
	const seconds = (time: number): string => `${(time / 1000).toFixed(1)} s`;
	return [
		`, a moving picture of ${motion.frameCount} frames that lasts ${seconds(motion.duration)}.`,
		`What follows are ${times.length} of its frames in one picture, from the left and from the top,`,
		`each under a black band that was added, with its number and time: ${times.map(seconds).join(', ')}.`,
		'They are one event in time, not separate pictures.',
	].join(' ');
}

function partOf({ mediaType, bytes }: Picture): ImagePart {
	return { kind: 'image', mediaType, content: bytes };
}

/** JPEG is known everywhere; a JPEG that was refused has no other form. */
function inCommonFormat({ mediaType }: Picture, target: PictureTarget): PictureTarget | undefined {
	switch (mediaType) {
		case 'image/jpeg':
			return undefined;
		case 'image/png':
			return { ...target, mediaTypes: ['image/jpeg'] };
		case 'image/webp':
		case 'image/gif':
			return { ...target, mediaTypes: ['image/png', 'image/jpeg'] };
	}
}

function halved({ width, height, bytes }: Picture, target: PictureTarget): PictureTarget | undefined {
	return Math.max(width, height) < 2 * leastSide
		? undefined
		: { ...target, fits: (size) => scaled(target.fits(size), 0.5), maxBytes: Math.ceil(bytes.length / 2) };
}
