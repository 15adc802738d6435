export interface Data {
	readonly mediaType: string;
	readonly bytes: Uint8Array;
}

/**
 * What a `data:` URL holds (RFC 2397). Undefined when it is broken or holds more than `limit` bytes:
 * nothing is decoded to find that out.
 */
export function readDataUrl(url: string, limit: number): Data | undefined {
	const comma = url.indexOf(',');
	const [, type = '', encoding] = /^data:([^;,]*)(?:;[^;,]*)*?(;\s*base64\s*)?$/i.exec(url.slice(0, comma)) ?? [];
	if (comma === -1 || url.length - comma > 3 * limit + 4) {
		return undefined;
	}
	const bytes = percentDecoded(url.slice(comma + 1));
	const content = encoding === undefined ? bytes : base64Decoded(bytes);
	return content === undefined || content.length > limit
		? undefined
		: { mediaType: type.trim().toLowerCase() || 'text/plain', bytes: content };
}

function percentDecoded(text: string): Uint8Array {
	const parts = text
		.split(/((?:%[0-9a-f]{2})+)/i)
		.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : Buffer.from(part.replaceAll('%', ''), 'hex')));
	return Buffer.concat(parts);
}

/** White space comes from values over several lines, `-` and `_` from the alphabet for URLs. */
function base64Decoded(bytes: Uint8Array): Uint8Array | undefined {
	const text = Buffer.from(bytes).toString('latin1').replace(/\s+/g, '');
	return /^[\w+/-]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
