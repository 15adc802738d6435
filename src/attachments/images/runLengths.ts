export interface RunLengthShape {
	/** px */
	readonly width: number;
	readonly height: number;
	readonly bitsPerPixel: 4 | 8;
}

/**
 * The palette indexes of a bitmap in run-length encoding (BI_RLE8, BI_RLE4), from the top row on; 0 where it skips.
 * Such bitmaps always run from the bottom up. Throws `RangeError` when the data ends early.
 */
export function readRunLengths(
	view: DataView,
	start: number,
	{ width, height, bitsPerPixel }: RunLengthShape,
): Uint8Array {
	const indexes = new Uint8Array(width * height);
	let at = start;
	let column = 0;
	let row = 0;
	const put = (index: number): void => {
		if (column < width && row < height) {
			indexes[(height - 1 - row) * width + column] = index;
		}
		column++;
	};
	/** The index at a place within bytes that hold one or two each. */
	const indexAt = (byte: number, place: number): number =>
		bitsPerPixel === 8 ? byte : place % 2 === 0 ? byte >> 4 : byte & 15;
	while (row < height) {
		const count = view.getUint8(at++);
		const code = view.getUint8(at++);
		if (count > 0) {
			for (let place = 0; place < count; place++) {
				put(indexAt(code, place));
			}
		} else if (code === 0) {
			column = 0;
			row++;
		} else if (code === 1) {
			break;
		} else if (code === 2) {
			column += view.getUint8(at++);
			row += view.getUint8(at++);
		} else {
			for (let place = 0; place < code; place++) {
				put(indexAt(view.getUint8(at + Math.floor((place * bitsPerPixel) / 8)), place));
			}
			// Filled up to two bytes.
			at += Math.ceil((code * bitsPerPixel) / 16) * 2;
		}
	}
	return indexes;
}
