import type { OutlineEntry, PdfPage, TextLine } from '../attachment.ts';
import { AttachmentFailure } from '../attachmentFailure.ts';
import { loadPdfium, type OpenPdf, type PdfDocument } from './pdfium.ts';
import { repairedPdf } from './pdfRepair.ts';
import type { Pixels } from '../images/pixels.ts';
import { serveJobs } from '../workers/serveJobs.ts';

/** A file that the worker keeps open between jobs. */
export interface PdfFile {
	/** Another number for each file and password. */
	readonly id: number;
	/** Shared, not copied, with each job. */
	readonly bytes: Uint8Array<SharedArrayBuffer>;
	readonly password: string | undefined;
}

/** Pages are counted from 1. */
export type PdfJob = { readonly file: PdfFile } & (
	| {
			readonly kind: 'read';
			/** The first page wanted; 1 gives the document as well. */
			readonly first: number;
	  }
	| {
			readonly kind: 'picture';
			readonly page: number;
			/** Longest side, px. */
			readonly maxSide: number;
	  }
	| { readonly kind: 'lines'; readonly page: number }
);

/** A `read` job yields the document, then each page; the others yield one piece. */
export type PdfPiece =
	| {
			readonly kind: 'document';
			readonly title: string | undefined;
			readonly outline: readonly OutlineEntry[];
			readonly pageCount: number;
			/** The file was damaged; `repairedPdf` made it readable. */
			readonly repaired: boolean;
	  }
	| { readonly kind: 'page'; readonly page: PdfPage }
	/** Without pixels when the page cannot be drawn. */
	| { readonly kind: 'picture'; readonly pixels: Pixels<ArrayBuffer> | undefined }
	| { readonly kind: 'lines'; readonly lines: readonly TextLine[] };

/** Dots per inch. Text of usual size stays readable; more made recognised text no better. */
const resolution = 150;

let library: Promise<OpenPdf> | undefined;
let opened: Opened | undefined;

interface Opened {
	readonly id: number;
	readonly document: PdfDocument;
	readonly repaired: boolean;
}

serveJobs(read, (piece) => (piece.kind === 'picture' && piece.pixels ? [piece.pixels.bytes.buffer] : []));

async function* read(job: PdfJob): AsyncGenerator<PdfPiece, void, undefined> {
	library ??= loadPdfium();
	yield* pieces(openedFile(await library, job.file), job);
}

function openedFile(open: OpenPdf, file: PdfFile): Opened {
	if (opened?.id !== file.id) {
		opened?.document.close();
		opened = undefined;
		opened = { id: file.id, ...openOrRepair(open, file) };
	}
	return opened;
}

function openOrRepair(open: OpenPdf, { bytes, password }: PdfFile): Omit<Opened, 'id'> {
	try {
		return { document: open(bytes, password), repaired: false };
	} catch (error) {
		const repaired = error instanceof AttachmentFailure && error.kind === 'damaged' ? repairedPdf(bytes) : undefined;
		if (!repaired) {
			throw error;
		}
		return { document: open(repaired, password), repaired: true };
	}
}

function* pieces({ document, repaired }: Opened, job: PdfJob): Generator<PdfPiece, void, undefined> {
	switch (job.kind) {
		case 'read':
			if (job.first === 1) {
				const { pageCount } = document;
				yield { kind: 'document', title: document.title(), outline: document.outline(), pageCount, repaired };
			}
			for (let page = job.first; page <= document.pageCount; page++) {
				yield { kind: 'page', page: afterRepair(document.page(page - 1), repaired) };
			}
			break;
		case 'picture':
			yield { kind: 'picture', pixels: document.render(job.page - 1, resolution, job.maxSide) };
			break;
		case 'lines':
			yield { kind: 'lines', lines: document.lines(job.page - 1) };
			break;
	}
}

/** What a repaired file shows nothing of is lost, for all that can be told: a blank page is rare. */
function afterRepair(page: PdfPage, repaired: boolean): PdfPage {
	return repaired && page.shows === 'nothing' ? { ...page, shows: 'damaged' } : page;
}
