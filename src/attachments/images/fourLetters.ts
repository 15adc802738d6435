/** The name of a box, a chunk or a tag of a file. Fails with `RangeError` where the file ends before. */
export function fourLettersAt(view: DataView, at: number): string {
	return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
