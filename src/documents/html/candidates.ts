import { moved } from '../moved.ts';
import type { Candidate } from '../rewrite.ts';
import { type AltForm, altPlace, type HtmlImage } from './imageTag.ts';

/** What goes before the value, and the quotation mark after it. */
interface Delimiters {
	readonly before: string;
	readonly after: '' | '"';
}

/** The rewrites for a normalized alt text, the most readable first. */
export function htmlCandidates(image: HtmlImage, altText: string): readonly Candidate[] {
	if (altText === '' && image.reference.syntax === 'html-svg') {
		// Nothing but `aria-hidden` would say that it is decorative.
		return [];
	}
	const plain =
		image.altForm === 'unquoted' && /^[^\s"'=<>`&/|{}$#%?]+$/.test(altText)
			? [candidate(image, altText, altText, { before: '', after: '' })]
			: [];
	return [
		...plain,
		...spellings(altText, image).map((spelling) => candidate(image, altText, spelling, delimiters(image))),
	];
}

function candidate({ reference }: HtmlImage, alt: string, spelling: string, { before, after }: Delimiters): Candidate {
	const rewrite = { start: reference.altStart, end: reference.altEnd, newText: before + spelling + after };
	const altStart = rewrite.start + before.length;
	return {
		rewrite,
		reference: { ...moved(reference, rewrite), alt, altKind: 'written', altStart, altEnd: altStart + spelling.length },
	};
}

function delimiters(image: HtmlImage): Delimiters {
	const { altForm } = image;
	const before: Readonly<Record<AltForm, string>> = {
		'"': '',
		"'": '',
		unquoted: '"',
		'no value': '"',
		'no equals sign': '="',
		missing: ` ${altPlace(image)}="`,
		title: '',
	};
	return { before: before[altForm], after: closed.has(altForm) ? '' : '"' };
}

/** What ends after a text is there already. */
const closed: ReadonlySet<AltForm> = new Set(['"', "'", 'title']);

/** What has to be written otherwise, where that is not the double quotation mark. */
const quotes: Readonly<Partial<Record<AltForm, RegExp>>> = { "'": /'/g, title: /(?!)/g };

/** In a table cell of Markdown, a bar is the end of the cell. Braces and the like start expressions of templates. */
function spellings(altText: string, { altForm, inTable }: HtmlImage): readonly string[] {
	const readable = altText
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(quotes[altForm] ?? /"/g, (quote) => (quote === '"' ? '&quot;' : '&#39;'))
		.replace(/[$#](?=\{)|\{(?=[{%#])/g, reference)
		.replace(inTable ? /\|/g : /(?!)/, reference);
	const safe = altText.replace(/[!-+\-./:-@[-`{-~]/g, reference);
	return readable === safe ? [readable] : [readable, safe];
}

function reference(character: string): string {
	return `&#${character.charCodeAt(0)};`;
}
