import type {
	Attachment,
	ImageAttachment,
	Motion,
	PdfAttachment,
	Picture,
	Size,
} from '../../attachments/attachment.ts';
import { AttachmentFailure } from '../../attachments/attachmentFailure.ts';
import { mostInStrip, stripLayout, stripSize } from '../../attachments/images/moving/stripLayout.ts';
import type { Parameters } from '../../client/request.ts';
import { openingOf, pageLimits, type PdfReader } from './pdfPages.ts';
import { takesFile } from './pdfParts.ts';
import { textByPage } from './pdfWording.ts';
import { nativePdf, tokensOf } from './readingLimits.ts';
import { type PdfShare, shareRequest } from './shareRequest.ts';
import { targetOf } from './imageParts.ts';
import { type Sight, sightOf } from './sight.ts';

/** What sending attachments will come to. */
export interface Estimate {
	/** Undefined when nobody says what this model counts. */
	readonly tokens: number | undefined;
	/** Before base64. */
	readonly bytes: number;
}

/** Something that is sent. */
interface Load {
	readonly tokens: number | undefined;
	/** Known, or guessed as for a photograph or a page of paper. */
	readonly bytes: number;
	/** Makes it, where that tells more than the guess. */
	readonly make?: (signal: AbortSignal) => Promise<Picture | undefined>;
}

/**
 * How many pictures are made, to know what they come to and what the others will: the same drawing can take a tenth
 * or three times of what a photograph takes. They are kept for the request itself.
 */
const samples = 4;

/** Of a photograph as JPEG of quality 85. */
const bytesPerPixel = 0.25;

/** Of a page, mostly paper. */
const bytesPerPagePixel = 0.08;

/** Of A4, width by height. */
const pageShape = 0.71;

/** Where the picture made of a file, no larger, takes no more than the file. */
const compact: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/**
 * What requests come to, each with some attachments. Some of their pictures are made for it.
 * Fails with `TooManyImages`, as the request would, or with the signal's reason.
 */
export async function estimateOf(
	requests: readonly (readonly Attachment[])[],
	reader: Omit<PdfReader, keyof PdfShare> & {
		readonly parameters?: Parameters;
		readonly keepsMetadata?: boolean;
	},
	signal = new AbortController().signal,
): Promise<Estimate> {
	const sight = { ...sightOf(reader), keepsMetadata: reader.keepsMetadata === true };
	const loads = requests.map((attachments) => {
		const { images, pdfs, share } = shareRequest(attachments, sight);
		return [
			...images.map((image) => imageLoad(image, sight)),
			...pdfs.flatMap((pdf) => pdfLoads(pdf, { ...reader, ...share })),
		];
	});
	const bytesOf = await measured(loads.flat(), signal);
	signal.throwIfAborted();
	return loads
		.map((request) => ({
			tokens: sum(request.map(({ tokens }) => tokens)),
			bytes: Math.min(sight.requestBytes, sum(request.map(bytesOf)) ?? 0),
		}))
		.reduce((all, one) => ({ tokens: sum([all.tokens, one.tokens]), bytes: all.bytes + one.bytes }), {
			tokens: 0,
			bytes: 0,
		});
}

/** Undefined when one of them is. */
function sum(numbers: readonly (number | undefined)[]): number | undefined {
	return numbers.reduce<number | undefined>(
		(total, one) => (total === undefined || one === undefined ? undefined : total + one),
		0,
	);
}

/** The bytes of each: of samples as they are, of others guessed by how wrong the guesses of the samples were. */
async function measured(loads: readonly Load[], signal: AbortSignal): Promise<(load: Load) => number> {
	const largest = loads.filter(({ make }) => make !== undefined).toSorted((one, other) => other.bytes - one.bytes);
	const known = new Map<Load, number>();
	for (const load of largest.slice(0, samples)) {
		const bytes = await madeBytes(load, signal);
		if (bytes !== undefined) {
			known.set(load, bytes);
		}
	}
	const expected = sum([...known.keys()].map(({ bytes }) => bytes)) ?? 0;
	const error = expected === 0 ? 1 : (sum([...known.values()]) ?? 0) / expected;
	return (load) => known.get(load) ?? (load.make ? Math.ceil(load.bytes * error) : load.bytes);
}

async function madeBytes({ make }: Load, signal: AbortSignal): Promise<number | undefined> {
	try {
		return (await make?.(signal))?.bytes.length;
	} catch (error) {
		// The request will say so.
		if (error instanceof AttachmentFailure) {
			return undefined;
		}
		throw error;
	}
}

function imageLoad(image: ImageAttachment, sight: Sight): Load {
	const { motion, sends } = image;
	const strip = sends === 'strip' && motion ? estimatedStrip(image, motion, sight) : undefined;
	const { width, height } = strip ?? sight.fits(image);
	return {
		tokens: sight.tokens(strip ?? image),
		bytes: Math.min(
			Math.ceil(width * height * bytesPerPixel),
			!strip && compact.has(image.fileType) ? image.fileSize : Infinity,
			sight.maxBytes,
		),
		make: (signal) => image.pictureFor(targetOf(image, sight), signal),
	};
}

/** As if all its frames differed. px */
function estimatedStrip(image: ImageAttachment, { frameCount, duration }: Motion, { fits }: Sight): Size {
	return stripSize(stripLayout(Math.min(mostInStrip, frameCount), image, duration, fits));
}

function pdfLoads(pdf: PdfAttachment, reader: PdfReader): readonly Load[] {
	const native = nativePdf(reader.endpoint, reader.model);
	if (native && takesFile(pdf, reader)) {
		const text = pdf.pages.reduce((total, page) => total + tokensOf(page.text), 0);
		const tokens = pdf.pages.length * native.pageTokens + (native.textIsCharged ? text : 0);
		return [{ tokens, bytes: pdf.fileSize }];
	}
	const { tokens: room, pictures, pictureTokens, pictureSide } = pageLimits(reader);
	const shown = reader.sees === 'no' ? [] : pagesWithPictures(pdf).slice(0, Math.floor(pictures));
	const written = pdf.pages.filter((page) => page.text.trim() !== '').map(({ number }) => number);
	const words = [openingOf(pdf, 1, room), textByPage(pdf.pages, written, [], new Map())].join('\n\n');
	const wordTokens = tokensOf(words);
	return [
		{
			tokens: Math.min(Math.floor(room), wordTokens + shown.length * pictureTokens),
			bytes: Math.ceil(Buffer.byteLength(words) * Math.min(1, room / wordTokens)),
		},
		...shown.map((page) => ({
			tokens: 0,
			bytes: Math.ceil(pictureSide ** 2 * pageShape * bytesPerPagePixel),
			make: (signal: AbortSignal) => pdf.draw(page, pictureSide, signal),
		})),
	];
}

/** Scans before figures, as they are drawn while nothing is asked. */
function pagesWithPictures({ pages }: PdfAttachment): readonly number[] {
	return (['picture', 'text-and-figures'] as const).flatMap((kind) =>
		pages.filter(({ shows }) => shows === kind).map(({ number }) => number),
	);
}
