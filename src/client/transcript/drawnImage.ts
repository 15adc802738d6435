/** Its bytes and what they are. */
export interface DrawnImage {
	readonly mediaType: string;
	readonly bytes: Uint8Array;
}

/** First bytes of the formats that models draw in, as Latin-1. */
const beginnings: readonly (readonly [pattern: RegExp, mediaType: string])[] = [
	[/^\x89PNG\r\n/, 'image/png'],
	[/^\xff\xd8\xff/, 'image/jpeg'],
	[/^RIFF.{4}WEBP/s, 'image/webp'],
	[/^GIF8/, 'image/gif'],
];

const dataUrl = /^data:(image\/[a-z0-9.+-]+)(?:;[^;,]*)*;base64,/i;

/**
 * An image in an answer, from its base64; undefined if it is none. Its bytes win over what the server calls them, since
 * servers compare when they get them back.
 */
export function drawnImage(mediaType: string, base64: string): DrawnImage | undefined {
	const bytes = decodeBase64(base64);
	if (!bytes) {
		return undefined;
	}
	const head = bytes.toString('latin1', 0, 16);
	return { mediaType: beginnings.find(([pattern]) => pattern.test(head))?.[1] ?? mediaType.toLowerCase(), bytes };
}

/** The image that a data URL holds; undefined for any other URL. */
export function imageOfDataUrl(url: string): DrawnImage | undefined {
	const [beginning, mediaType] = dataUrl.exec(url.slice(0, 200)) ?? [];
	return beginning === undefined || mediaType === undefined
		? undefined
		: drawnImage(mediaType, url.slice(beginning.length));
}

/** Undefined for what is empty or no base64. Line ends are let through. */
function decodeBase64(base64: string): Buffer | undefined {
	const text = base64.includes('\n') ? base64.replace(/\s+/g, '') : base64;
	const bytes = Buffer.from(text, 'base64');
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	// What is not of the alphabet is passed over, so that the length tells.
	return bytes.length > 0 && bytes.length === Math.floor(((text.length - padding) * 3) / 4) ? bytes : undefined;
}
