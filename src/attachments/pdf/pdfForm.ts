import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { PdfiumMemory } from './pdfiumMemory.ts';

/** FPDF_FORMFIELD_… */
const checkBox = 2;
const radioButton = 3;
const pushButton = 1;
const signature = 7;

/** Bit 14 of a field's flags: what is typed shows as dots, and is nobody's to read. */
const passwordFlag = 1 << 13;

/** FPDF_ANNOT_WIDGET */
const widget = 20;

/** A page with more is a trap. */
const annotationLimit = 2000;

/**
 * What is filled in on forms, which no text layer holds: read from the fields, with no script of the file run. (This
 * PDFium has no JavaScript engine at all, and none of its functions that run a document's actions is called.)
 */
export class PdfForm {
	readonly #library: WrappedPdfiumModule;
	readonly #memory: PdfiumMemory;
	readonly #infoPointer: number;
	readonly #formPointer: number;

	constructor(library: WrappedPdfiumModule, memory: PdfiumMemory, documentPointer: number) {
		this.#library = library;
		this.#memory = memory;
		this.#infoPointer = library.PDFiumExt_OpenFormFillInfo();
		this.#formPointer = library.PDFiumExt_InitFormFillEnvironment(documentPointer, this.#infoPointer);
	}

	/** Of the fields on a page that have a value, a line each: `Name: Ada Lovelace`. */
	linesOn(pagePointer: number): readonly string[] {
		// Else no box is known to be checked.
		this.#library.FORM_OnAfterLoadPage(pagePointer, this.#formPointer);
		try {
			const count = Math.min(annotationLimit, this.#library.FPDFPage_GetAnnotCount(pagePointer));
			return Array.from({ length: count }, (_, index) => this.#lineOf(pagePointer, index)).filter(
				(line) => line !== undefined,
			);
		} finally {
			this.#library.FORM_OnBeforeClosePage(pagePointer, this.#formPointer);
		}
	}

	close(): void {
		this.#library.PDFiumExt_ExitFormFillEnvironment(this.#formPointer);
		this.#library.PDFiumExt_CloseFormFillInfo(this.#infoPointer);
	}

	#lineOf(pagePointer: number, index: number): string | undefined {
		const annotation = this.#library.FPDFPage_GetAnnot(pagePointer, index);
		if (annotation === 0) {
			return undefined;
		}
		try {
			return this.#library.FPDFAnnot_GetSubtype(annotation) === widget ? this.#line(annotation) : undefined;
		} finally {
			this.#library.FPDFPage_CloseAnnot(annotation);
		}
	}

	#line(annotation: number): string | undefined {
		const name =
			this.#text(annotation, 'FPDFAnnot_GetFormFieldAlternateName') ||
			this.#text(annotation, 'FPDFAnnot_GetFormFieldName');
		const value = this.#value(annotation);
		return value === '' ? undefined : name === '' ? value : `${name}: ${value}`;
	}

	#value(annotation: number): string {
		const type = this.#library.FPDFAnnot_GetFormFieldType(this.#formPointer, annotation);
		const hidden = (this.#library.FPDFAnnot_GetFormFieldFlags(this.#formPointer, annotation) & passwordFlag) !== 0;
		switch (type) {
			case checkBox:
			case radioButton:
				return this.#library.FPDFAnnot_IsChecked(this.#formPointer, annotation)
					? this.#text(annotation, 'FPDFAnnot_GetFormFieldExportValue') || 'x'
					: '';
			case pushButton:
			case signature:
				return '';
			default:
				return hidden ? '' : this.#text(annotation, 'FPDFAnnot_GetFormFieldValue');
		}
	}

	#text(
		annotation: number,
		read:
			| 'FPDFAnnot_GetFormFieldAlternateName'
			| 'FPDFAnnot_GetFormFieldName'
			| 'FPDFAnnot_GetFormFieldValue'
			| 'FPDFAnnot_GetFormFieldExportValue',
	): string {
		return this.#memory
			.string((buffer, length) => this.#library[read](this.#formPointer, annotation, buffer, length))
			.replace(/\s+/g, ' ')
			.trim();
	}
}
