/** What an alt text may become in Markdown, the most readable first: the first one that can be proven is taken. */
export function spellings(altText: string, inTable: boolean): readonly string[] {
	const readable = escapeWhereItActs(altText, inTable);
	// A backslash does not keep these from ending a code span or tag that only looks for its end so far.
	const safe = altText
		.replace(/[!-/:-@[-`{-~]/g, '\\$&')
		.replace(/\\(["'>`])/g, (_, character: string) => `&#${character.charCodeAt(0)};`);
	return readable === safe ? [readable] : [readable, safe];
}

/** Each pattern matches the characters that would be markup inside `![…]`. */
const acting: readonly RegExp[] = [
	// Brackets and backslashes could be left alone at times, but then an author has to look twice. A backtick
	// anywhere later in the paragraph would make a code span, which ends before a bracket does.
	/[\\[\]`]/g,
	// The start of a tag, comment, declaration or autolink.
	/<(?=[a-z/!?])/gi,
	/&(?=#?\w+;)/g,
];

/** Emphasis wants a character that can open it before one that can close it (CommonMark 0.31.2, section 6.2). */
const emphasis = [
	{ pair: /\*(?=[^\s*]).*[^\s*]\*/s, mark: /(?<=\S)\*|\*(?=\S)/g },
	{ pair: /_(?=[^\s_]).*[^\s_]_/s, mark: /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu },
	{ pair: /~(?=[^\s~]).*[^\s~]~/s, mark: /~/g },
];

function escapeWhereItActs(altText: string, inTable: boolean): string {
	const patterns = [
		...acting,
		...emphasis.filter(({ pair }) => pair.test(altText)).map(({ mark }) => mark),
		...(inTable ? [/\|/g] : []),
	];
	const positions = patterns.flatMap((pattern) => [...altText.matchAll(pattern)].map(({ index }) => index));
	return withBackslashes(altText, new Set(positions));
}

function withBackslashes(text: string, positions: ReadonlySet<number>): string {
	let escaped = '';
	for (let position = 0; position < text.length; position++) {
		escaped += (positions.has(position) ? '\\' : '') + text.charAt(position);
	}
	return escaped;
}
