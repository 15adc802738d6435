import type { PdfAttachment, PdfPage, Picture } from '../../attachments/attachment.ts';
import type { Endpoint } from '../../client/endpoint.ts';
import type { ImagePart, Part } from '../../client/request.ts';
import type { CoverageEvent } from '../model.ts';
import { askedPages, type Interest, nearestPages, selectText, tokensOfText } from './pdfSelection.ts';
import { leftOut, outlineText, pdfHead, textByPage } from './pdfWording.ts';
import { type ReadingLimits, readingLimits, tokensOf } from './readingLimits.ts';
import type { PdfShare } from './shareRequest.ts';
import { type ReadText, recognisePages, scannedPages, withRecognised } from './recognisedPages.ts';

/** Who reads a PDF, and how much of it there is room for. */
export interface PdfReader extends PdfShare {
	readonly endpoint: Pick<Endpoint, 'baseUrl'> & { readonly protocol: string };
	readonly model: string;
	/** Whether the model sees pictures. */
	readonly sees: 'yes' | 'no' | 'unknown';
	/** As the server's list says; by the model's family where it says nothing. */
	readonly contextTokens?: number;
}

/** Who reads a PDF, and what for. */
export interface PdfReading extends PdfReader, Interest {
	readonly readText: ReadText;
}

/** What is read of pages one by one, and how. */
export interface PagesRead {
	readonly parts: readonly Part[];
	readonly coverage: CoverageEvent;
}

/**
 * The text of a PDF's pages, recognised where a model that sees nothing could not read it, and pictures of those that
 * are more than text: all of them, or what the question is about and there is room for.
 */
export async function readPages(
	pdf: PdfAttachment,
	number: number,
	reading: PdfReading,
	signal: AbortSignal,
): Promise<PagesRead> {
	const limits = pageLimits(reading);
	const asked = askedPages(reading, pdf);
	const recognised =
		reading.sees === 'no'
			? await recognisePages(pdf, byWish(scannedPages(pdf), asked), reading.readText, signal)
			: new Map<number, string>();
	const read = withRecognised(pdf, recognised);
	const room = limits.tokens;
	const opening = openingOf(pdf, number, room);
	const roomForPages = room - tokensOf(opening);
	const isCut = tokensOfText(read) > roomForPages;
	const wanted = reading.sees === 'no' ? [] : worthDrawing(pdf, asked, await nearestPages(pdf, reading), isCut);
	const roomForPictures = Math.max(roomForPages - tokensOfText(read), roomForPages * pictureShare);
	const most = Math.min(limits.pictures, roomForPictures / limits.pictureTokens);
	const drawing = { side: limits.pictureSide, bytes: reading.pictureBytes };
	const pictures = await drawPages(pdf, wanted.slice(0, Math.floor(most)), drawing, signal);
	const left = roomForPages - pictures.length * limits.pictureTokens;
	const { wholePages, passages } = await selectText(read, reading, left);
	const partPages = [...new Set(passages.map(({ page }) => page))];
	const coverage: CoverageEvent = {
		kind: 'coverage',
		name: pdf.name,
		pageCount: pdf.pages.length,
		whole: false,
		textPages: inOrder([...wholePages.filter((page) => !recognised.has(page)), ...blank(pdf.pages)]),
		partPages,
		picturePages: pictures.map(({ page }) => page),
		// Also those in which nothing was found.
		recognisedPages: inOrder(
			[...recognised].flatMap(([page, text]) => (text === '' || wholePages.includes(page) ? page : [])),
		),
		damagedPages: damaged(pdf.pages),
	};
	const text = [opening, textByPage(read.pages, wholePages, passages, recognised), leftOut(coverage)]
		.filter((part) => part !== '')
		.join('\n\n');
	return {
		parts: [
			{ kind: 'text', text },
			...pictures.flatMap(({ page, part }): Part[] => [
				{ kind: 'text', text: `Picture of page ${page} of file ${number}:` },
				part,
			]),
		],
		coverage,
	};
}

/** Which file it is and its outline, as far as there is room for it. */
export function openingOf(pdf: PdfAttachment, number: number, room: number): string {
	return [pdfHead(pdf, number), outlineText(pdf, room * outlineShare)].filter((text) => text !== '').join('\n\n');
}

/** How much one of the files may take of the model, where its pages are read one by one. */
export function pageLimits({ endpoint, model, contextTokens, files, pictures }: PdfReader): ReadingLimits {
	const limits = readingLimits(endpoint, model, contextTokens);
	return { ...limits, tokens: limits.tokens / files, pictures: Math.min(limits.pictures / files, pictures) };
}

/** Of the room; an outline of thousands of entries says less than pages do. */
const outlineShare = 0.1;

/** Of the room, at least, even where there is more text than room. */
const pictureShare = 0.4;

/**
 * Pages worth a picture, the most wanted first: those asked for, those that have no text, and those with figures. Of a
 * file that is cut down, figures near the question come before scans, of which nobody knows what they are about.
 */
function worthDrawing(
	{ pages }: PdfAttachment,
	asked: readonly number[],
	nearest: readonly number[],
	isCut: boolean,
): readonly number[] {
	const showing = (...kinds: readonly PdfPage['shows'][]): readonly number[] =>
		pages.filter(({ shows }) => kinds.includes(shows)).map(({ number }) => number);
	// Those damaged or blank show nothing.
	const visible = new Set(showing('text', 'picture', 'text-and-figures'));
	const wanted = asked.filter((page) => visible.has(page));
	const scans = showing('picture');
	const figures = showing('text-and-figures');
	const near = nearest.filter((page) => figures.includes(page));
	return isCut && nearest.length > 0 ? union(wanted, near, scans) : union(wanted, scans, near, figures);
}

/** Pictures of pages, each smaller where it would take more than its share of the bytes that there are for all. */
async function drawPages(
	pdf: PdfAttachment,
	pages: readonly number[],
	{ side, bytes }: { readonly side: number; readonly bytes: number },
	signal: AbortSignal,
): Promise<readonly { readonly page: number; readonly part: Part }[]> {
	const drawn: { page: number; part: Part }[] = [];
	let room = bytes;
	for (const [index, page] of inOrder(pages).entries()) {
		const picture = await drawWithin(pdf, page, side, room / (pages.length - index), signal);
		if (picture) {
			room -= picture.bytes.length;
			drawn.push({ page, part: pagePart(pdf, page, picture, signal) });
		}
	}
	return drawn;
}

/** Below this a page is made no smaller, px: nobody could read it. */
const leastSide = 512;

async function drawWithin(
	pdf: PdfAttachment,
	page: number,
	side: number,
	bytes: number,
	signal: AbortSignal,
): Promise<Picture | undefined> {
	const picture = await pdf.draw(page, side, signal);
	return picture && picture.bytes.length > bytes && side >= 2 * leastSide
		? drawWithin(pdf, page, side / 2, bytes, signal)
		: picture;
}

function pagePart(pdf: PdfAttachment, page: number, picture: Picture, signal: AbortSignal): ImagePart {
	const { mediaType, bytes } = picture;
	const half = Math.max(picture.width, picture.height) / 2;
	return {
		kind: 'image',
		mediaType,
		content: bytes,
		instead: async (refused) => {
			const smaller = refused === 'size' && half >= leastSide ? await pdf.draw(page, half, signal) : undefined;
			return smaller && pagePart(pdf, page, smaller, signal);
		},
	};
}

function byWish(pages: readonly number[], wanted: readonly number[]): readonly number[] {
	return union(
		wanted.filter((page) => pages.includes(page)),
		pages,
	);
}

export function damaged(pages: readonly PdfPage[]): readonly number[] {
	return pages.filter(({ shows }) => shows === 'damaged').map(({ number }) => number);
}

function blank(pages: readonly PdfPage[]): readonly number[] {
	return pages.filter(({ shows }) => shows === 'nothing').map(({ number }) => number);
}

function inOrder(pages: readonly number[]): readonly number[] {
	return pages.toSorted((one, other) => one - other);
}

function union(...lists: readonly (readonly number[])[]): readonly number[] {
	return [...new Set(lists.flat())];
}
