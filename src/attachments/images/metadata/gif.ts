const extension = 0x21;
const picture = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;

/** How often a film repeats; all other applications' blocks hold XMP and the like. */
const keptApplications: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/** Drops comments, plain texts, applications' blocks and what follows the end. Undefined when the file is cut off. */
export function gifWithoutMetadata(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
	const head = 13 + paletteLength(bytes[10] ?? 0);
	const kept: Uint8Array[] = [bytes.subarray(0, head)];
	for (let at = head; at < bytes.length;) {
		const start = at;
		switch (bytes[at]) {
			case trailer:
				return new Uint8Array(Buffer.concat([...kept, Uint8Array.of(trailer)]));
			case extension: {
				const label = bytes[at + 1];
				const name = String.fromCharCode(...bytes.subarray(at + 3, at + 14));
				at = endOfBlocks(bytes, at + 2);
				if (label === graphicControl || (label === application && keptApplications.has(name))) {
					kept.push(bytes.subarray(start, at));
				}
				break;
			}
			case picture:
				at = endOfBlocks(bytes, at + 10 + paletteLength(bytes[at + 9] ?? 0) + 1);
				kept.push(bytes.subarray(start, at));
				break;
			case undefined:
			default:
				return undefined;
		}
	}
	return undefined;
}

function paletteLength(flags: number): number {
	return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Behind the empty block that ends a row of blocks. */
function endOfBlocks(bytes: Uint8Array, start: number): number {
	let at = start;
	for (;;) {
		const length = bytes[at] ?? 0;
		at += 1 + length;
		if (length === 0 || at >= bytes.length) {
			return at;
		}
	}
}
