import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { AttachmentFailure } from '../attachmentFailure.ts';

/** What PDFium reads and writes: it is C in WebAssembly, and takes addresses where others take values. */
export class PdfiumMemory {
	readonly #pdfium: WrappedPdfiumModule['pdfium'];

	constructor(library: WrappedPdfiumModule) {
		this.#pdfium = library.pdfium;
	}

	/** The address of a copy; to be freed by whoever asked for it. Fails with `too-large-file`. */
	store(bytes: Uint8Array): number {
		const pointer = this.#allocate(bytes.length);
		this.bytes().set(bytes, pointer);
		return pointer;
	}

	free(pointer: number): void {
		this.#pdfium.wasmExports.free(pointer);
	}

	/** A buffer that is free again afterwards. */
	with<Value>(length: number, use: (pointer: number) => Value): Value {
		const pointer = this.#allocate(length);
		try {
			return use(pointer);
		} finally {
			this.free(pointer);
		}
	}

	/** Calls a function that tells the length in bytes first, then fills a buffer with UTF-16. */
	string(fill: (pointer: number, length: number) => number): string {
		const length = fill(0, 0);
		if (length <= 0 || length > longestString) {
			return '';
		}
		return this.with(length, (pointer) => {
			fill(pointer, length);
			return this.utf16(pointer, length);
		});
	}

	/** @param length In bytes. */
	utf16(pointer: number, length: number): string {
		const text = new TextDecoder('utf-16le').decode(this.bytes().slice(pointer, pointer + length));
		return text.replace(/\0+$/, '');
	}

	/** Numbers that a function writes to as many addresses; undefined when it says that it failed. */
	numbers(
		type: keyof typeof readers,
		count: number,
		fill: (...pointers: readonly number[]) => boolean,
	): readonly number[] | undefined {
		const size = 8;
		return this.with(count * size, (start) => {
			const pointers = Array.from({ length: count }, (_, index) => start + index * size);
			return fill(...pointers) ? pointers.map((pointer) => this.#number(type, pointer)) : undefined;
		});
	}

	/** All of it as it is now: it moves when it grows. PDFium's types do not tell of it. */
	bytes(): Uint8Array {
		const memory: unknown = Reflect.get(this.#pdfium, 'HEAPU8');
		if (!(memory instanceof Uint8Array)) {
			throw new AttachmentFailure('unreadable', 'PDFium shows no memory.');
		}
		return memory;
	}

	#number(type: keyof typeof readers, pointer: number): number {
		return readers[type](new DataView(this.bytes().buffer), pointer);
	}

	#allocate(length: number): number {
		const pointer = this.#pdfium.wasmExports.malloc(length);
		if (pointer === 0) {
			throw new AttachmentFailure('too-large-file', `PDFium has no ${length} bytes of memory.`);
		}
		return pointer;
	}
}

/** By C's names, little-endian as WebAssembly is. */
const readers = {
	float: (memory: DataView, pointer: number) => memory.getFloat32(pointer, true),
	double: (memory: DataView, pointer: number) => memory.getFloat64(pointer, true),
	int: (memory: DataView, pointer: number) => memory.getInt32(pointer, true),
} as const;

/** In bytes; a title, label or value beyond this is damage. */
const longestString = 1024 * 1024;
