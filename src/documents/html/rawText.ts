/** Elements whose content is text to its end tag, with scripting on as in every browser: HTML Standard, 13.2.6. */
const endTags: ReadonlyMap<string, RegExp> = new Map(
	['title', 'textarea', 'style', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript'].map((name) => [
		name,
		new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi'),
	]),
);

/** Whether an HTML element holds text only; in SVG and MathML the same names are elements like others. */
export function isRawText(name: string): boolean {
	return endTags.has(name) || name === 'script' || name === 'plaintext';
}

/** Where the end tag of such an element starts, or the text's end, given where its content starts. */
export function rawTextEnd(text: string, contentStart: number, name: string): number {
	if (name === 'script') {
		return scriptEnd(text, contentStart);
	}
	const endTag = endTags.get(name);
	if (endTag === undefined) {
		return text.length;
	}
	endTag.lastIndex = contentStart;
	return endTag.exec(text)?.index ?? text.length;
}

type ScriptState = 'script' | 'escaped' | 'double escaped';

/** What a piece of markup in a script leads to, from each state: HTML Standard, 13.2.5.15 to 13.2.5.31. */
const transitions: Readonly<Record<ScriptState, Readonly<Record<string, ScriptState | 'end'>>>> = {
	script: { '<!--': 'escaped', '</script': 'end' },
	escaped: { '-->': 'script', '<script': 'double escaped', '</script': 'end' },
	'double escaped': { '-->': 'script', '</script': 'escaped' },
};

/** Scripts may hold scripts in comments, since pages once hid them from browsers without scripts. */
function scriptEnd(text: string, contentStart: number): number {
	const markup = /<!--|-->|<\/?script(?=[\t\n\f\r />])/gi;
	markup.lastIndex = contentStart;
	let state: ScriptState = 'script';
	for (let found = markup.exec(text); found !== null; found = markup.exec(text)) {
		const [piece] = found;
		const next: ScriptState | 'end' = transitions[state][piece.toLowerCase()] ?? state;
		if (next === 'end') {
			return found.index;
		}
		state = next;
		if (piece === '<!--') {
			// Its hyphens may be those that end it, as in `<!-->`.
			markup.lastIndex -= '--'.length;
		}
	}
	return text.length;
}
