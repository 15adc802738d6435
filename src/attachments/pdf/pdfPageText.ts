import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { Box, TextLine, TextWord } from '../attachment.ts';
import type { PdfiumMemory } from './pdfiumMemory.ts';

/** The text layer of a page in reading order, words hyphenated at line ends joined; empty without one. */
export function readText(library: WrappedPdfiumModule, memory: PdfiumMemory, pagePointer: number): string {
	return withTextLayer(library, pagePointer, '', (textPointer, count) => {
		// Two UTF-16 units for each character at most, and the terminator.
		const text = memory.with(4 * count + 2, (buffer) =>
			memory.utf16(buffer, 2 * library.FPDFText_GetText(textPointer, 0, count, buffer)),
		);
		return isGarbled(text) ? '' : readableText(text);
	});
}

/**
 * Where the words of the text layer stand, in the order of `readText`.
 * @param upright From the page's own coordinates to points from the upper left corner of the upright page.
 */
export function readLines(
	library: WrappedPdfiumModule,
	memory: PdfiumMemory,
	pagePointer: number,
	upright: (x: number, y: number) => readonly [x: number, y: number],
): readonly TextLine[] {
	return withTextLayer(library, pagePointer, [], (textPointer, count) => {
		const lines: { words: TextWord[] }[] = [];
		let line: TextWord[] = [];
		let text = '';
		let boxes: Box[] = [];
		const endWord = (): void => {
			if (text !== '' && boxes.length > 0) {
				line.push({ text, box: around(boxes) });
			}
			text = '';
			boxes = [];
		};
		const endLine = (): void => {
			endWord();
			if (line.length > 0) {
				lines.push({ words: line });
			}
			line = [];
		};
		for (let index = 0; index < count; index++) {
			const character = characterOf(library.FPDFText_GetUnicode(textPointer, index));
			if (character === '\n' || character === '\r') {
				endLine();
			} else if (character === lineEndHyphen) {
				// The word goes on in the next line, where it is an entry of its own.
				endLine();
			} else if (/^\s?$/.test(character)) {
				endWord();
			} else {
				text += character;
				const corners = memory.numbers('double', 4, (left = 0, right = 0, bottom = 0, top = 0) =>
					library.FPDFText_GetCharBox(textPointer, index, left, right, bottom, top),
				);
				if (corners) {
					const [left = 0, right = 0, bottom = 0, top = 0] = corners;
					boxes.push(boxBetween(upright(left, bottom), upright(right, top)));
				}
			}
		}
		endLine();
		return lines.map(({ words }) => ({ words, box: around(words.map(({ box }) => box)) }));
	});
}

function withTextLayer<Value>(
	library: WrappedPdfiumModule,
	pagePointer: number,
	otherwise: Value,
	use: (textPointer: number, count: number) => Value,
): Value {
	const textPointer = library.FPDFText_LoadPage(pagePointer);
	if (textPointer === 0) {
		return otherwise;
	}
	try {
		const count = library.FPDFText_CountChars(textPointer);
		return count > 0 ? use(textPointer, count) : otherwise;
	} finally {
		library.FPDFText_ClosePage(textPointer);
	}
}

/** How PDFium gives a hyphen at a line's end as a single character; in running text it is U+FFFE. */
const lineEndHyphen = '\u0002';

/** PDFium marks a hyphen at a line's end with U+FFFE; the word goes on in the next line. */
function readableText(text: string): string {
	return text
		.replace(/\uFFFE[\r\n]*/g, '')
		.replace(/\r\n?/g, '\n')
		.replaceAll('\0', '');
}

/** A font that names no letters gives text nobody can read; such a page is better looked at than quoted. */
function isGarbled(text: string): boolean {
	const letters = text.replace(/[\s\uFFFE]/g, '');
	const unreadable = letters.match(/[\p{Co}\p{Cn}\uFFFD\u0001-\u001f]/gu)?.length ?? 0;
	return unreadable > letters.length * garbledShare;
}

const garbledShare = 0.3;

function characterOf(codePoint: number): string {
	return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '';
}

function boxBetween([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): Box {
	return { left: Math.min(x1, x2), top: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}

function around(boxes: readonly Box[]): Box {
	const left = Math.min(...boxes.map((box) => box.left));
	const top = Math.min(...boxes.map((box) => box.top));
	const right = Math.max(...boxes.map((box) => box.left + box.width));
	const bottom = Math.max(...boxes.map((box) => box.top + box.height));
	return { left, top, width: right - left, height: bottom - top };
}
