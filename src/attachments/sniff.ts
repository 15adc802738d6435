/** Image types that become attachments. */
export const imageTypes = [
	'image/png',
	'image/jpeg',
	'image/gif',
	'image/webp',
	'image/avif',
	'image/tiff',
	'image/bmp',
	'image/x-icon',
	'image/heic',
	'image/svg+xml',
] as const;

export type ImageType = (typeof imageTypes)[number];

/** What a file is by its bytes, as a MIME type: images and PDFs we take, and what a message should be able to name. */
export type FileType = ImageType | 'application/pdf' | 'text/html' | 'text/plain';

export function isImageType(type: FileType | undefined): type is ImageType {
	return imageTypes.some((taken) => taken === type);
}

/** The type of a file by its first bytes, never by its name; undefined when it is none that we know. */
export function sniff(bytes: Uint8Array): FileType | undefined {
	const head = latin1(bytes, headLength);
	return (
		signatures.find(({ pattern }) => pattern.test(head))?.type ?? isobmffType(head) ?? pdfType(head) ?? textType(bytes)
	);
}

/** PDF readers accept junk before the header up to here (ISO 32000-1, implementation note 13). */
const headLength = 1024;

/** Over the first bytes, read as Latin-1: one character a byte. */
const signatures: readonly { readonly type: FileType; readonly pattern: RegExp }[] = [
	{ type: 'image/png', pattern: /^\x89PNG\r\n\x1a\n/ },
	{ type: 'image/jpeg', pattern: /^\xff\xd8\xff/ },
	{ type: 'image/gif', pattern: /^GIF8[79]a/ },
	{ type: 'image/webp', pattern: /^RIFF[^]{4}WEBP/ },
	{ type: 'image/tiff', pattern: /^(?:II[*+]\0|MM\0[*+])/ },
	{ type: 'application/pdf', pattern: /^%PDF-/ },
	{ type: 'image/bmp', pattern: /^BM[^]{4}\0{4}/ },
	{ type: 'image/x-icon', pattern: /^\0\0[\x01\x02]\0[^\0]\0/ },
];

const heicBrands: ReadonlySet<string> = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/** AVIF and HEIC are both ISO media files; the brands in their first box tell them apart. */
function isobmffType(head: string): FileType | undefined {
	if (head.slice(4, 8) !== 'ftyp') {
		return undefined;
	}
	// The box's length comes first; no box of brands has 256 bytes or more.
	const brands = head.slice(8, head.charCodeAt(3)).match(/[^]{4}/g) ?? [];
	if (brands.some((brand) => brand === 'avif' || brand === 'avis')) {
		return 'image/avif';
	}
	return brands.some((brand) => heicBrands.has(brand)) ? 'image/heic' : undefined;
}

function pdfType(head: string): FileType | undefined {
	return /%PDF-\d\.\d/.test(head) ? 'application/pdf' : undefined;
}

const xmlProlog = /^(?:\s|<\?[^]*?\?>|<!--[^]*?-->|<!doctype[^>[]*(?:\[[^\]]*\][^>]*)?>)*/i;

function textType(bytes: Uint8Array): FileType | undefined {
	const text = decodeText(bytes.subarray(0, 4 * headLength));
	if (text === undefined) {
		return undefined;
	}
	const root = text.replace(xmlProlog, '');
	if (/^<svg[\s>:]/i.test(root)) {
		return 'image/svg+xml';
	}
	return /^\s*<!doctype html/i.test(text) || /^<(?:html|head|body)[\s>]/i.test(root) ? 'text/html' : 'text/plain';
}

/** The text of the first bytes; undefined when they are no text. */
function decodeText(bytes: Uint8Array): string | undefined {
	const utf16 = [...utf16Encodings].find(([mark]) => latin1(bytes, 2) === mark)?.[1];
	try {
		// `stream`: the last character may be cut.
		const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes, { stream: true });
		return text === '' || controlCharacters.test(text) ? undefined : text;
	} catch (error) {
		if (error instanceof TypeError) {
			return undefined;
		}
		throw error;
	}
}

const utf16Encodings: ReadonlyMap<string, string> = new Map([
	['\xff\xfe', 'utf-16le'],
	['\xfe\xff', 'utf-16be'],
]);

// Written as escapes in a string: ESLint takes control characters in a literal for a slip.
const controlCharacters = new RegExp('[\\u0000-\\u0008\\u000e-\\u001a\\u001c-\\u001f]');

function latin1(bytes: Uint8Array, length: number): string {
	return String.fromCharCode(...bytes.subarray(0, length));
}
