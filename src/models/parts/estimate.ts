import type { Attachment, ImageAttachment, PdfAttachment } from '../../attachments/attachment.ts';
import type { Parameters } from '../../client/request.ts';
import { pageLimits, type PdfReader } from './pdfPages.ts';
import { takesFile } from './pdfParts.ts';
import { nativePdf, tokensOf } from './readingLimits.ts';
import { shareRequest } from './shareRequest.ts';
import { type Sight, sightOf } from './sight.ts';

/** What sending attachments will come to, known before anything is made of them. */
export interface Estimate {
	/** Undefined when nobody says what this model counts. */
	readonly tokens: number | undefined;
	/** Before base64. A drawing needs less than is said, a photograph of leaves more. */
	readonly bytes: number;
}

/** Of a photograph as JPEG of quality 85. */
const bytesPerPixel = 0.25;

/** Of a page, mostly paper. */
const bytesPerPagePixel = 0.08;

/** Of A4, width by height. */
const pageShape = 0.71;

/** Where the picture made of a file, no larger, takes no more than the file. */
const compact: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** Fails with `TooManyImages`, as the request would. */
export function estimateOf(
	attachments: readonly Attachment[],
	reader: Omit<PdfReader, 'files' | 'pictures'> & { readonly parameters?: Parameters },
): Estimate {
	const sight = sightOf(reader);
	const { images, pdfs, ...shares } = shareRequest(attachments, sight);
	const { tokens, bytes } = together([
		...images.map((image) => estimateImage(image, sight)),
		...pdfs.map((pdf) => estimatePdf(pdf, { ...reader, ...shares })),
	]);
	return { tokens, bytes: Math.min(bytes, sight.requestBytes) };
}

/** What several requests come to. */
export function together(estimates: readonly Estimate[]): Estimate {
	return estimates.reduce(
		(sum, { tokens, bytes }) => ({
			tokens: sum.tokens === undefined || tokens === undefined ? undefined : sum.tokens + tokens,
			bytes: sum.bytes + bytes,
		}),
		{ tokens: 0, bytes: 0 },
	);
}

function estimateImage(image: ImageAttachment, sight: Sight): Estimate {
	const { width, height } = sight.fits(image);
	return {
		tokens: sight.tokens(image),
		bytes: Math.min(
			Math.ceil(width * height * bytesPerPixel),
			compact.has(image.fileType) ? image.fileSize : Infinity,
			sight.maxBytes,
		),
	};
}

function estimatePdf(pdf: PdfAttachment, reader: PdfReader): Estimate {
	const text = pdf.pages.reduce((sum, page) => sum + tokensOf(page.text), 0);
	const native = nativePdf(reader.endpoint, reader.model);
	if (native && takesFile(pdf, reader)) {
		return {
			tokens: pdf.pages.length * native.pageTokens + (native.textIsCharged ? text : 0),
			bytes: pdf.fileSize,
		};
	}
	const { tokens: room, pictures, pictureTokens, pictureSide } = pageLimits(reader);
	const shown = pdf.pages.filter(({ shows }) => shows === 'picture' || shows === 'text-and-figures').length;
	const drawn = reader.sees === 'no' ? 0 : Math.min(shown, Math.floor(pictures));
	const letters = pdf.pages.reduce((sum, page) => sum + page.text.length, 0);
	return {
		tokens: Math.min(Math.floor(room), text + drawn * pictureTokens),
		bytes: Math.ceil(
			letters * Math.min(1, room / Math.max(1, text)) + drawn * pictureSide ** 2 * pageShape * bytesPerPagePixel,
		),
	};
}
