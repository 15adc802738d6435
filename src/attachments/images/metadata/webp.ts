const kept: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ICCP', 'ANIM', 'ANMF']);

/** Bits of the first byte of `VP8X` that announce EXIF and XMP. */
const metadataFlags = 0b1100;

/**
 * Drops the chunks EXIF, XMP and all that the format does not name, and what follows its end.
 * Undefined when the file is cut off.
 */
export function webpWithoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = bytes.length < 12 ? Infinity : 8 + view.getUint32(4, true);
	if (end > bytes.length) {
		return undefined;
	}
	const chunks: Uint8Array[] = [];
	for (let at = 12; at + 8 <= end;) {
		const length = view.getUint32(at + 4, true);
		const next = at + 8 + length + (length % 2);
		if (at + 8 + length > end) {
			return undefined;
		}
		const type = String.fromCharCode(...bytes.subarray(at, at + 4));
		if (kept.has(type)) {
			const chunk = bytes.slice(at, next);
			if (type === 'VP8X') {
				chunk[8] = (chunk[8] ?? 0) & ~metadataFlags;
			}
			chunks.push(chunk);
		}
		at = next;
	}
	const file = new Uint8Array(Buffer.concat([bytes.subarray(0, 12), ...chunks]));
	new DataView(file.buffer).setUint32(4, file.length - 8, true);
	return file;
}
