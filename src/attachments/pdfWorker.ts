import type { OutlineEntry } from './attachment.ts';
import { loadPdfium, type PdfDocument } from './pdfium.ts';
import type { Pixels } from './pixels.ts';
import { serveJobs } from './serveJobs.ts';

/** Pages are counted from 1. */
export type PdfJob =
	| { readonly kind: 'text'; readonly bytes: Uint8Array }
	| {
			readonly kind: 'pictures';
			readonly bytes: Uint8Array;
			/** Both included; what lies beyond the last page is left out. */
			readonly first: number;
			readonly last: number;
			/** Longest side of a picture, px. */
			readonly maxSide: number;
	  };

/** A `text` job yields the document, then each page's text; a `pictures` job yields each page's picture. */
export type PdfPiece =
	| {
			readonly kind: 'document';
			readonly title: string | undefined;
			readonly outline: readonly OutlineEntry[];
			readonly pageCount: number;
	  }
	| { readonly kind: 'text'; readonly text: string }
	/** Without pixels when the page cannot be drawn. */
	| { readonly kind: 'picture'; readonly page: number; readonly pixels: Pixels<ArrayBuffer> | undefined };

/** Dots per inch. Text of usual size stays readable; more made recognised text no better. */
const resolution = 150;

let openDocument: ReturnType<typeof loadPdfium> | undefined;

serveJobs(read, (piece) => (piece.kind === 'picture' && piece.pixels ? [piece.pixels.bytes.buffer] : []));

async function* read(job: PdfJob): AsyncGenerator<PdfPiece, void, undefined> {
	openDocument ??= loadPdfium();
	const document = (await openDocument)(job.bytes);
	try {
		yield* pieces(document, job);
	} finally {
		document.close();
	}
}

function* pieces(document: PdfDocument, job: PdfJob): Generator<PdfPiece, void, undefined> {
	const { pageCount } = document;
	switch (job.kind) {
		case 'text':
			yield { kind: 'document', title: document.title(), outline: document.outline(), pageCount };
			for (let page = 1; page <= pageCount; page++) {
				yield { kind: 'text', text: document.text(page - 1) };
			}
			break;
		case 'pictures':
			for (let page = job.first; page <= Math.min(job.last, pageCount); page++) {
				yield { kind: 'picture', page, pixels: document.render(page - 1, resolution, job.maxSide) };
			}
			break;
	}
}
