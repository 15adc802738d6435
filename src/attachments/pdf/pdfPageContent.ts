import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { PdfiumMemory } from './pdfiumMemory.ts';

/** Kinds of things on a page: FPDF_PAGEOBJ_… */
const letters = 1;
const path = 2;
const image = 3;
const shading = 4;
const form = 5;

/** A map can have a hundred thousand; the first tell what the page is. */
const objectLimit = 3000;

/** Of the page's area. Smaller images are icons, bullets and rules. */
const figureShare = 0.03;

/** Of path segments in shapes that are no rule or border: below this it is a frame or a shaded table row. */
const drawingSegments = 48;

/** Points; a thinner shape is a rule. */
const ruleWidth = 4;

interface Drawn {
	/** Of the page's area, by images and shadings. */
	readonly imageShare: number;
	/** Of the page's area, by the whole of the drawn shapes. */
	readonly shapeShare: number;
	/** How many lines and curves the shapes have. */
	readonly segments: number;
	/** Letters stand there, even if nobody can name them. */
	readonly hasLetters: boolean;
}

/** Whether a page has images or drawings that its text says nothing of. */
export function hasFigures(
	library: WrappedPdfiumModule,
	memory: PdfiumMemory,
	pagePointer: number,
	pageArea: number,
): boolean {
	const { imageShare, shapeShare, segments } = drawnOn(library, memory, pagePointer, pageArea);
	return imageShare >= figureShare || (segments >= drawingSegments && shapeShare >= figureShare);
}

/** Whether anything is drawn on a page without text: else it is blank. */
export function hasDrawing(
	library: WrappedPdfiumModule,
	memory: PdfiumMemory,
	pagePointer: number,
	pageArea: number,
): boolean {
	const { imageShare, segments, hasLetters } = drawnOn(library, memory, pagePointer, pageArea);
	return imageShare >= figureShare || segments >= drawingSegments || hasLetters;
}

function drawnOn(library: WrappedPdfiumModule, memory: PdfiumMemory, pagePointer: number, pageArea: number): Drawn {
	let imageArea = 0;
	let segments = 0;
	let hasLetters = false;
	let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
	const boundsOf = (object: number): readonly number[] =>
		memory.numbers('float', 4, (...pointers) => {
			const [first = 0, second = 0, third = 0, fourth = 0] = pointers;
			return library.FPDFPageObj_GetBounds(object, first, second, third, fourth);
		}) ?? [0, 0, 0, 0];
	const grow = (object: number, count: number): void => {
		const [l = 0, b = 0, r = 0, t = 0] = boundsOf(object);
		const [width, height] = [r - l, t - b];
		if (Math.min(width, height) < ruleWidth || width * height > backgroundShare * pageArea) {
			return;
		}
		segments += count;
		left = Math.min(left, l);
		bottom = Math.min(bottom, b);
		right = Math.max(right, r);
		top = Math.max(top, t);
	};
	const count = Math.min(objectLimit, library.FPDFPage_CountObjects(pagePointer));
	for (let index = 0; index < count; index++) {
		const object = library.FPDFPage_GetObject(pagePointer, index);
		switch (object === 0 ? 0 : library.FPDFPageObj_GetType(object)) {
			case image:
			case shading: {
				const [l = 0, b = 0, r = 0, t = 0] = boundsOf(object);
				imageArea += Math.min(pageArea, Math.max(0, r - l) * Math.max(0, t - b));
				break;
			}
			case letters: {
				// One that is seen will do.
				const bounds: readonly number[] = hasLetters ? [] : boundsOf(object);
				const [l = 0, b = 0, r = 0, t = 0] = bounds;
				// Spaces have no height.
				hasLetters ||= r - l > 1 && t - b > 1;
				break;
			}
			case path:
				grow(object, library.FPDFPath_CountSegments(object));
				break;
			case form:
				// Its inner objects have coordinates of their own; it counts as a whole.
				grow(object, weightOfForm(library, object, 0));
				break;
		}
	}
	const shapeArea = segments === 0 ? 0 : Math.max(0, right - left) * Math.max(0, top - bottom);
	return { imageShare: imageArea / pageArea, shapeShare: shapeArea / pageArea, segments, hasLetters };
}

/** A shape that covers more of the page is its background. */
const backgroundShare = 0.95;

/** In segments; an image inside a form is worth a drawing. */
function weightOfForm(library: WrappedPdfiumModule, formObject: number, depth: number): number {
	const count = Math.min(objectLimit, library.FPDFFormObj_CountObjects(formObject));
	let segments = 0;
	for (let index = 0; index < count; index++) {
		const object = library.FPDFFormObj_GetObject(formObject, index);
		switch (object === 0 ? 0 : library.FPDFPageObj_GetType(object)) {
			case image:
			case shading:
				segments += drawingSegments;
				break;
			case path:
				segments += library.FPDFPath_CountSegments(object);
				break;
			case form:
				segments += depth < deepestForm ? weightOfForm(library, object, depth + 1) : 0;
				break;
		}
	}
	return segments;
}

const deepestForm = 3;
