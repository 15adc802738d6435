import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { OutlineEntry } from './attachment.ts';
import { AttachmentFailure, type AttachmentFailureKind } from './attachmentFailure.ts';
import type { Pixels } from './pixels.ts';

/**
 * Starts PDFium. What comes back opens a document.
 * That fails with `AttachmentFailure`: `damaged`, `locked`, `no-pages` or `unreadable`.
 */
export async function loadPdfium(): Promise<(bytes: Uint8Array) => PdfDocument> {
	const library = await init({});
	library.PDFiumExt_Init();
	return (bytes) => new PdfDocument(library, bytes);
}

/** PDFium's FPDF_GetLastError */
const openingFailures: Readonly<Record<number, AttachmentFailureKind>> = { 3: 'damaged', 4: 'locked', 5: 'locked' };

/** FPDFBitmap_BGRx */
const fourBytesWithoutAlpha = 3;

/** FPDF_ANNOT | FPDF_REVERSE_BYTE_ORDER: with annotations, bytes in the order red, green, blue. */
const renderFlags = 0x01 | 0x10;

/** An outline deeper or longer than this is a trap, not a table of contents. */
const outlineLimit = { depth: 32, entries: 5000 } as const;

/**
 * An open document; pages are counted from 0 here, as PDFium does.
 * Numbers named `…Pointer` are addresses in PDFium's memory: it is C in WebAssembly.
 */
export class PdfDocument {
	readonly #library: WrappedPdfiumModule;
	readonly #bytesPointer: number;
	readonly #documentPointer: number;
	readonly pageCount: number;

	constructor(library: WrappedPdfiumModule, bytes: Uint8Array) {
		this.#library = library;
		this.#bytesPointer = this.#allocate(bytes.length);
		memoryOf(library).set(bytes, this.#bytesPointer);
		this.#documentPointer = library.FPDF_LoadMemDocument(this.#bytesPointer, bytes.length, '');
		if (this.#documentPointer === 0) {
			const code = library.FPDF_GetLastError();
			library.pdfium.wasmExports.free(this.#bytesPointer);
			throw new AttachmentFailure(openingFailures[code] ?? 'unreadable', `PDFium error ${code}`);
		}
		this.pageCount = library.FPDF_GetPageCount(this.#documentPointer);
		if (this.pageCount === 0) {
			this.close();
			throw new AttachmentFailure('no-pages');
		}
	}

	close(): void {
		this.#library.FPDF_CloseDocument(this.#documentPointer);
		this.#library.pdfium.wasmExports.free(this.#bytesPointer);
	}

	title(): string | undefined {
		const title = this.#string((buffer, length) =>
			this.#library.FPDF_GetMetaText(this.#documentPointer, 'Title', buffer, length),
		);
		return title.trim() || undefined;
	}

	outline(): readonly OutlineEntry[] {
		const entries: OutlineEntry[] = [];
		const seen = new Set<number>();
		const addChildren = (parent: number, depth: number): void => {
			let entry = this.#library.FPDFBookmark_GetFirstChild(this.#documentPointer, parent);
			// Broken files link entries in circles.
			while (entry !== 0 && !seen.has(entry) && entries.length < outlineLimit.entries) {
				seen.add(entry);
				entries.push({ title: this.#bookmarkTitle(entry), page: this.#bookmarkPage(entry), depth });
				if (depth < outlineLimit.depth) {
					addChildren(entry, depth + 1);
				}
				entry = this.#library.FPDFBookmark_GetNextSibling(this.#documentPointer, entry);
			}
		};
		addChildren(0, 0);
		return entries;
	}

	/** The text layer in reading order, words hyphenated at line ends joined; empty for a scan or a broken page. */
	text(pageIndex: number): string {
		return (
			this.#withPage(pageIndex, (pagePointer) => {
				const textPointer = this.#library.FPDFText_LoadPage(pagePointer);
				if (textPointer === 0) {
					return '';
				}
				try {
					return this.#pageText(textPointer);
				} finally {
					this.#library.FPDFText_ClosePage(textPointer);
				}
			}) ?? ''
		);
	}

	/**
	 * The page on white, upright.
	 * @param resolution Dots per inch, lowered until the longest side is at most `maxSide` px.
	 * @returns undefined for a page that cannot be drawn.
	 */
	render(pageIndex: number, resolution: number, maxSide: number): Pixels<ArrayBuffer> | undefined {
		return this.#withPage(pageIndex, (pagePointer) => {
			const points = {
				width: this.#library.FPDF_GetPageWidthF(pagePointer),
				height: this.#library.FPDF_GetPageHeightF(pagePointer),
			};
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

	#pageText(textPointer: number): string {
		const count = this.#library.FPDFText_CountChars(textPointer);
		if (count <= 0) {
			return '';
		}
		// Two UTF-16 units for each character at most, and the terminator.
		const buffer = this.#allocate(4 * count + 2);
		try {
			const units = this.#library.FPDFText_GetText(textPointer, 0, count, buffer);
			return readableText(this.#utf16(buffer, 2 * units));
		} finally {
			this.#library.pdfium.wasmExports.free(buffer);
		}
	}

	#bookmarkTitle(bookmark: number): string {
		return this.#string((buffer, length) => this.#library.FPDFBookmark_GetTitle(bookmark, buffer, length)).trim();
	}

	#bookmarkPage(bookmark: number): number | undefined {
		const action = this.#library.FPDFBookmark_GetAction(bookmark);
		const destination =
			this.#library.FPDFBookmark_GetDest(this.#documentPointer, bookmark) ||
			(action === 0 ? 0 : this.#library.FPDFAction_GetDest(this.#documentPointer, action));
		const pageIndex =
			destination === 0 ? -1 : this.#library.FPDFDest_GetDestPageIndex(this.#documentPointer, destination);
		return pageIndex < 0 ? undefined : pageIndex + 1;
	}

	/** Calls a function that tells the length in bytes first, then fills a buffer with UTF-16. */
	#string(fill: (buffer: number, length: number) => number): string {
		const length = fill(0, 0);
		if (length === 0) {
			return '';
		}
		const buffer = this.#allocate(length);
		try {
			fill(buffer, length);
			return this.#utf16(buffer, length);
		} finally {
			this.#library.pdfium.wasmExports.free(buffer);
		}
	}

	#utf16(pointer: number, length: number): string {
		const text = new TextDecoder('utf-16le').decode(memoryOf(this.#library).slice(pointer, pointer + length));
		return text.replace(/\0+$/, '');
	}

	#pixels(bitmapPointer: number, width: number, height: number): Pixels<ArrayBuffer> {
		const memory = memoryOf(this.#library);
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

	#allocate(length: number): number {
		const pointer = this.#library.pdfium.wasmExports.malloc(length);
		if (pointer === 0) {
			throw new AttachmentFailure('too-large-file', `PDFium has no ${length} bytes of memory.`);
		}
		return pointer;
	}
}

/** PDFium marks a hyphen at a line's end with U+FFFE; the word goes on in the next line. */
function readableText(text: string): string {
	return text
		.replace(/\uFFFE[\r\n]*/g, '')
		.replace(/\r\n?/g, '\n')
		.replaceAll('\0', '');
}

/** PDFium's memory as it is now: it moves when it grows. Its types do not tell of it. */
function memoryOf({ pdfium }: WrappedPdfiumModule): Uint8Array {
	const memory: unknown = Reflect.get(pdfium, 'HEAPU8');
	if (!(memory instanceof Uint8Array)) {
		throw new AttachmentFailure('unreadable', 'PDFium shows no memory.');
	}
	return memory;
}
