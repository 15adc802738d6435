import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { parseEntities } from 'parse-entities';

/** Which names JSX has in `&name;`: those of HTML 4 and `apos`, as the JSX specification says. */
const names: ReadonlySet<string> = new Set(
	[
		'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute',
		'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig',
		'Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times',
		'Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave',
		'eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave',
		'uacute ucirc uuml yacute thorn yuml fnof Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu',
		'Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta iota kappa',
		'lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv bull hellip prime',
		'Prime oline frasl weierp image real trade alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr',
		'forall part exist empty nabla isin notin ni prod sum minus lowast radic prop infin ang and or cap cup int',
		'there4 sim cong asymp ne equiv le ge sub sup nsub sube supe oplus otimes perp sdot lceil rceil lfloor rfloor',
		'loz spades clubs hearts diams quot amp apos lt gt OElig oelig Scaron scaron Yuml circ tilde ensp emsp thinsp',
		'zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger permil lsaquo rsaquo euro',
	].flatMap((line) => line.split(' ')),
);

/** HTML 5 gave these names to other characters. */
const otherwiseInHtml5: ReadonlyMap<string, string> = new Map([
	['lang', '\u2329'],
	['rang', '\u232A'],
]);

const reference = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([0-9a-zA-Z]+));/g;

/** Resolves the character references of a JSX attribute string, which knows no other escapes. */
export function decodeReferences(source: string): string {
	return source.replace(reference, (match, hexadecimal?: string, decimal?: string, name?: string) => {
		if (name !== undefined) {
			return otherwiseInHtml5.get(name) ?? ((names.has(name) && decodeNamedCharacterReference(name)) || match);
		}
		const codePoint = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
		return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : match;
	});
}

/** The same for a tag of MDX that stands in Markdown text, by the library that MDX itself decodes with. */
export function decodeHtmlReferences(source: string): string {
	return parseEntities(source, { nonTerminated: false });
}
