import { decodeNamedCharacterReference } from 'decode-named-character-reference';

/** Names that need no semicolon, as old pages have them: HTML Standard, 13.5. */
const legacyNames: ReadonlySet<string> = new Set(
	[
		'AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc',
		'Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute',
		'aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute',
		'ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot',
		'nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1',
		'sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml',
	].flatMap((names) => names.split(' ')),
);

const reference = /&(?:#[xX]([\da-fA-F]+);?|#(\d+);?|([a-zA-Z][\da-zA-Z]*)([;=]?))/g;

/** The value of an attribute with this source: HTML Standard, 13.2.3.5 and 13.2.5.72 to 13.2.5.80. */
export function decodeAttributeValue(source: string): string {
	return source
		.replace(/\r\n?/g, '\n')
		.replaceAll('\0', '\uFFFD')
		.replace(reference, (match: string, hexadecimal?: string, decimal?: string, name?: string, end?: string) =>
			name === undefined
				? character(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16))
				: (named(name, end) ?? match),
		);
}

function named(name: string, end: string | undefined): string | undefined {
	const isReference = end === ';' || (end === '' && legacyNames.has(name));
	return (isReference && decodeNamedCharacterReference(name)) || undefined;
}

function character(codePoint: number): string {
	if (codePoint >= 0x80 && codePoint <= 0x9f) {
		return windows1252.decode(Uint8Array.of(codePoint));
	}
	const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
	return codePoint === 0 || isSurrogate || codePoint > 0x10ffff ? '\uFFFD' : String.fromCodePoint(codePoint);
}

const windows1252 = new TextDecoder('windows-1252');
