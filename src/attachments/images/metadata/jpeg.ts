/** Markers (ITU T.81, table B.1). */
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;
const firstApplication = 0xe0;
const lastApplication = 0xef;

/**
 * Keeps of application segments what decoders need: JFIF without its thumbnail, the colour profile, and Adobe's note
 * on how colours are stored. Drops EXIF, XMP, IPTC, comments, maker's notes, thumbnails and whatever follows the end,
 * such as a phone's film. Undefined when the file is not understood to its end.
 */
export function jpegWithoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
	const kept: Uint8Array[] = [Uint8Array.of(0xff, startOfImage)];
	for (let at = 2; ;) {
		// What stands between segments belongs to none.
		at = bytes.indexOf(0xff, at);
		while (at !== -1 && bytes[at + 1] === 0xff) {
			at++;
		}
		const marker = at === -1 ? undefined : bytes[at + 1];
		if (marker === undefined) {
			return undefined;
		}
		if (marker === endOfImage) {
			return new Uint8Array(Buffer.concat([...kept, Uint8Array.of(0xff, endOfImage)]));
		}
		if (isAlone(marker)) {
			at += 2;
			continue;
		}
		const end = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
		if (end > bytes.length || end < at + 4) {
			return undefined;
		}
		const segment = keptSegment(marker, bytes.subarray(at, end));
		if (segment) {
			kept.push(segment);
		}
		at = end;
		if (marker === startOfScan) {
			const scanEnd = endOfScan(bytes, at);
			kept.push(bytes.subarray(at, scanEnd));
			at = scanEnd;
		}
	}
}

/** Markers without a length: fill, restarts outside of a scan, a second start. */
function isAlone(marker: number): boolean {
	return marker <= 1 || (marker >= 0xd0 && marker <= startOfImage);
}

/** A scan goes on over stuffed zeros and restarts. */
function endOfScan(bytes: Uint8Array, start: number): number {
	for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1];
		if (next !== undefined && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) {
			return at;
		}
	}
	return bytes.length;
}

function keptSegment(marker: number, segment: Uint8Array): Uint8Array | undefined {
	if (marker === comment) {
		return undefined;
	}
	if (marker < firstApplication || marker > lastApplication) {
		return segment;
	}
	const application = marker - firstApplication;
	const name = String.fromCharCode(...segment.subarray(4, 16));
	if (application === 0 && name.startsWith('JFIF\0') && segment.length >= 18) {
		const short = segment.slice(0, 18);
		short.set([0, 16], 2);
		short.set([0, 0], 16);
		return short;
	}
	if (application === 2 && name.startsWith('ICC_PROFILE\0')) {
		return segment;
	}
	if (application === 14 && name.startsWith('Adobe') && segment.length >= 16) {
		const short = segment.slice(0, 16);
		short.set([0, 14], 2);
		return short;
	}
	return undefined;
}
