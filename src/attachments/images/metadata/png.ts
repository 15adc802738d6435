/** One chunk of a PNG file (PNG third edition, 5.3). */
export interface PngChunk {
	readonly type: string;
	readonly content: Uint8Array;
	/** With its length before and its checksum after. */
	readonly whole: Uint8Array;
}

const signatureLength = 8;

/** What the picture itself needs: its pixels, how they are coloured and how large they are. */
const kept: ReadonlySet<string> = new Set([
	...['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'],
	...['cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'cLLI', 'bKGD', 'pHYs'],
]);

/** Up to and with the end chunk; undefined when the file is cut off before it. */
export function pngChunks(bytes: Uint8Array): readonly PngChunk[] | undefined {
	const chunks = wholePngChunks(bytes);
	return chunks.at(-1)?.type === 'IEND' ? chunks : undefined;
}

/** Up to and with the end chunk, or those before the file is cut off. */
export function wholePngChunks(bytes: Uint8Array): readonly PngChunk[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const chunks: PngChunk[] = [];
	for (let at = signatureLength; at + 12 <= bytes.length;) {
		const end = at + 12 + view.getUint32(at);
		if (end > bytes.length) {
			break;
		}
		const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		chunks.push({ type, content: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
		if (type === 'IEND') {
			break;
		}
		at = end;
	}
	return chunks;
}

/** Drops every chunk that is not the picture: text, EXIF, times, thumbnails, and what follows the end. */
export function pngWithoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
	const chunks = pngChunks(bytes);
	return (
		chunks &&
		new Uint8Array(
			Buffer.concat([
				bytes.subarray(0, signatureLength),
				...chunks.filter(({ type }) => kept.has(type)).map(({ whole }) => whole),
			]),
		)
	);
}
