import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { OutlineEntry, PdfPage, TextLine } from '../attachment.ts';
import { AttachmentFailure, type AttachmentFailureKind } from '../attachmentFailure.ts';
import { PdfForm } from './pdfForm.ts';
import { PdfiumMemory } from './pdfiumMemory.ts';
import { readOutline } from './pdfOutline.ts';
import { hasDrawing, hasFigures } from './pdfPageContent.ts';
import { readLines, readText } from './pdfPageText.ts';
import type { Pixels } from '../images/pixels.ts';

/** Opens a document. Fails with `damaged`, `locked`, `wrong-password`, `no-pages`, `dynamic-form`, `too-large-file` or `unreadable`. */
export type OpenPdf = (bytes: Uint8Array, password: string | undefined) => PdfDocument;

export async function loadPdfium(): Promise<OpenPdf> {
	const library = await init({});
	library.PDFiumExt_Init();
	return (bytes, password) => new PdfDocument(library, bytes, password);
}

/** PDFium's FPDF_GetLastError. 5 is a lock that is no password, such as a certificate. */
const openingFailures: Readonly<Record<number, AttachmentFailureKind>> = {
	3: 'damaged',
	4: 'locked',
	5: 'locked-otherwise',
};

/** FORMTYPE_XFA_FULL: the file says that its pages have to be made; above it, forms that have pages as well. */
const xfaForm = 2;

/** Of files that do not say so, as Adobe's designers of forms write it. */
const placeholder = /If this message is not eventually replaced/;

/** FPDFBitmap_BGRx */
const fourBytesWithoutAlpha = 3;

/** FPDF_ANNOT | FPDF_REVERSE_BYTE_ORDER: with annotations, bytes in the order red, green, blue. */
const renderFlags = 0x01 | 0x10;

/**
 * An open document; pages are counted from 0 here, as PDFium does.
 * Numbers named `…Pointer` are addresses in PDFium's memory: it is C in WebAssembly.
 */
export class PdfDocument {
	readonly #library: WrappedPdfiumModule;
	readonly #memory: PdfiumMemory;
	readonly #bytesPointer: number;
	readonly #documentPointer: number;
	readonly #form: PdfForm | undefined;
	readonly pageCount: number;

	constructor(library: WrappedPdfiumModule, bytes: Uint8Array, password: string | undefined) {
		this.#library = library;
		this.#memory = new PdfiumMemory(library);
		this.#bytesPointer = this.#memory.store(bytes);
		this.#documentPointer = library.FPDF_LoadMemDocument(this.#bytesPointer, bytes.length, password ?? '');
		if (this.#documentPointer === 0) {
			const code = library.FPDF_GetLastError();
			this.#memory.free(this.#bytesPointer);
			const kind = openingFailures[code] ?? 'unreadable';
			throw new AttachmentFailure(
				kind === 'locked' && password !== undefined ? 'wrong-password' : kind,
				`PDFium error ${code}`,
			);
		}
		const formType = library.FPDF_GetFormType(this.#documentPointer);
		this.#form = formType > 0 ? new PdfForm(library, this.#memory, this.#documentPointer) : undefined;
		this.pageCount = library.FPDF_GetPageCount(this.#documentPointer);
		if (this.pageCount === 0) {
			this.close();
			throw new AttachmentFailure('no-pages');
		}
		if (formType >= xfaForm && this.#isPlaceholder(formType)) {
			this.close();
			throw new AttachmentFailure('dynamic-form');
		}
	}

	close(): void {
		this.#form?.close();
		this.#library.FPDF_CloseDocument(this.#documentPointer);
		this.#memory.free(this.#bytesPointer);
	}

	title(): string | undefined {
		const title = this.#memory.string((buffer, length) =>
			this.#library.FPDF_GetMetaText(this.#documentPointer, 'Title', buffer, length),
		);
		return title.trim() || undefined;
	}

	outline(): readonly OutlineEntry[] {
		return readOutline(this.#library, this.#memory, this.#documentPointer);
	}

	page(pageIndex: number): PdfPage {
		const number = pageIndex + 1;
		const label = this.#label(pageIndex);
		const page = this.#withPage(pageIndex, (pagePointer): PdfPage => {
			const size = this.#size(pagePointer);
			const text = [readText(this.#library, this.#memory, pagePointer), ...(this.#form?.linesOn(pagePointer) ?? [])]
				.filter((part) => part !== '')
				.join('\n');
			return { number, label, text, ...size, shows: this.#shows(pagePointer, text, size.width * size.height) };
		});
		return page ?? damagedPage(number, label);
	}

	/** Where the words of a page stand; none on a page that cannot be read. */
	lines(pageIndex: number): readonly TextLine[] {
		return (
			this.#withPage(pageIndex, (pagePointer) =>
				readLines(this.#library, this.#memory, pagePointer, this.#upright(pagePointer)),
			) ?? []
		);
	}

	/**
	 * The page on white, upright.
	 * @param resolution Dots per inch, lowered until the longest side is at most `maxSide` px.
	 * @returns undefined for a page that cannot be drawn.
	 */
	render(pageIndex: number, resolution: number, maxSide: number): Pixels<ArrayBuffer> | undefined {
		return this.#withPage(pageIndex, (pagePointer) => {
			const points = this.#size(pagePointer);
			const scale = Math.min(resolution / 72, maxSide / Math.max(points.width, points.height));
			const width = Math.max(1, Math.round(points.width * scale));
			const height = Math.max(1, Math.round(points.height * scale));
			const bitmapPointer = this.#library.FPDFBitmap_CreateEx(width, height, fourBytesWithoutAlpha, 0, 0);
			if (bitmapPointer === 0) {
				return undefined;
			}
			try {
				this.#library.FPDFBitmap_FillRect(bitmapPointer, 0, 0, width, height, 0xffffffff);
				this.#library.FPDF_RenderPageBitmap(bitmapPointer, pagePointer, 0, 0, width, height, 0, renderFlags);
				return this.#pixels(bitmapPointer, width, height);
			} finally {
				this.#library.FPDFBitmap_Destroy(bitmapPointer);
			}
		});
	}

	/** Whether the one page there is stands for those that a form's own program would make. */
	#isPlaceholder(formType: number): boolean {
		return this.pageCount === 1 && (formType === xfaForm || placeholder.test(this.page(0).text));
	}

	#withPage<Value>(pageIndex: number, use: (pagePointer: number) => Value): Value | undefined {
		const pagePointer = this.#library.FPDF_LoadPage(this.#documentPointer, pageIndex);
		if (pagePointer === 0) {
			return undefined;
		}
		try {
			return use(pagePointer);
		} finally {
			this.#library.FPDF_ClosePage(pagePointer);
		}
	}

	#label(pageIndex: number): string {
		const label = this.#memory.string((buffer, length) =>
			this.#library.FPDF_GetPageLabel(this.#documentPointer, pageIndex, buffer, length),
		);
		return label.trim() || String(pageIndex + 1);
	}

	/** Points, of the upright page. */
	#size(pagePointer: number): { readonly width: number; readonly height: number } {
		return {
			width: hundredths(this.#library.FPDF_GetPageWidthF(pagePointer)),
			height: hundredths(this.#library.FPDF_GetPageHeightF(pagePointer)),
		};
	}

	#shows(pagePointer: number, text: string, area: number): PdfPage['shows'] {
		if (text.trim() === '') {
			return hasDrawing(this.#library, this.#memory, pagePointer, area) ? 'picture' : 'nothing';
		}
		return hasFigures(this.#library, this.#memory, pagePointer, area) ? 'text-and-figures' : 'text';
	}

	/** The way PDFium turns and crops a page, found out by three points of it. */
	#upright(pagePointer: number): (x: number, y: number) => readonly [x: number, y: number] {
		const { width, height } = this.#size(pagePointer);
		const at = (x: number, y: number): readonly [number, number] => {
			const [deviceX = 0, deviceY = 0] =
				this.#memory.numbers('int', 2, (toX = 0, toY = 0) =>
					this.#library.FPDF_PageToDevice(
						pagePointer,
						0,
						0,
						Math.round(width * fineness),
						Math.round(height * fineness),
						0,
						x,
						y,
						toX,
						toY,
					),
				) ?? [];
			return [deviceX / fineness, deviceY / fineness];
		};
		const [zeroX, zeroY] = at(0, 0);
		const [oneX, oneY] = at(far, 0);
		const [twoX, twoY] = at(0, far);
		return (x, y) => [
			zeroX + ((oneX - zeroX) * x + (twoX - zeroX) * y) / far,
			zeroY + ((oneY - zeroY) * x + (twoY - zeroY) * y) / far,
		];
	}

	#pixels(bitmapPointer: number, width: number, height: number): Pixels<ArrayBuffer> {
		const memory = this.#memory.bytes();
		const start = this.#library.FPDFBitmap_GetBuffer(bitmapPointer);
		const stride = this.#library.FPDFBitmap_GetStride(bitmapPointer);
		const bytes = new Uint8Array(width * height * 3);
		let to = 0;
		for (let row = 0; row < height; row++) {
			for (let from = start + row * stride, end = from + 4 * width; from < end; from += 4) {
				bytes[to++] = memory[from] ?? 0;
				bytes[to++] = memory[from + 1] ?? 0;
				bytes[to++] = memory[from + 2] ?? 0;
			}
		}
		return { bytes, width, height, channels: 3 };
	}
}

function damagedPage(number: number, label: string): PdfPage {
	return { number, label, text: '', width: 0, height: 0, shows: 'damaged' };
}

/** Single precision leaves 595.2000122070312. */
function hundredths(points: number): number {
	return Math.round(points * 100) / 100;
}

/** PDFium rounds to whole device pixels; so many make a point. */
const fineness = 100;

/** Points, far enough apart for the rounding not to matter. */
const far = 1000;
