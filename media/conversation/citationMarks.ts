/** Marks travel through the renderer as characters for private use: they mean nothing in Markdown or HTML. */
const firstMark = 0xe000;
const privateUse = /[\uE000-\uF8FF]/g;
const mostMarks = 0xf8ff - firstMark + 1;

/** Renderings that finding good places may cost; the marks that are left then have none. */
const mostAttempts = 100;

/** The mark of an index, as it stands in the rendered text. */
export function markOf(index: number): string {
	return String.fromCharCode(firstMark + index);
}

/** The index of a mark; undefined when the character is none. */
export function indexOfMark(character: string): number | undefined {
	return character.search(privateUse) === -1 ? undefined : character.charCodeAt(0) - firstMark;
}

interface Mark {
	readonly index: number;
	readonly at: number;
	/** Where to try next. */
	readonly others: readonly number[];
}

/**
 * Renders Markdown with a mark in its text at each offset, in UTF-16 units, or near it. A mark that would change
 * anything else of what is rendered, or would not be read as text, is left out: offsets come from servers and can be
 * wrong.
 */
export function renderWithMarks(text: string, offsets: readonly number[], render: (text: string) => string): string {
	const plain = render(text);
	if (text.search(privateUse) !== -1) {
		return plain;
	}
	const marks = offsets.slice(0, mostMarks).flatMap((offset, index): Mark[] => {
		const at = placeFor(text, offset);
		return at === undefined ? [] : [{ index, at, others: [beforeDelimiters(text, at), endOfLine(text, at)] }];
	});
	let attempts = 0;
	let placed: readonly Mark[] = [];
	let html = plain;

	/** Halves what cannot be placed together, down to the marks that cannot be placed alone. */
	const place = (some: readonly Mark[]): void => {
		if (some.length === 0 || attempts++ >= mostAttempts) {
			return;
		}
		const tried = [...placed, ...some];
		const rendered = render(withMarks(text, tried));
		if (isFaithful(rendered, plain, tried)) {
			placed = tried;
			html = rendered;
		} else if (some.length > 1) {
			const half = some.length >> 1;
			place(some.slice(0, half));
			place(some.slice(half));
		} else {
			place(some.flatMap(({ index, others: [at, ...others] }) => (at === undefined ? [] : { index, at, others })));
		}
	};
	place(marks);
	return html;
}

function withMarks(text: string, marks: readonly Mark[]): string {
	let marked = '';
	let end = 0;
	for (const { index, at } of [...marks].sort((one, other) => one.at - other.at || one.index - other.index)) {
		marked += text.slice(end, at) + markOf(index);
		end = at;
	}
	return marked + text.slice(end);
}

/** After a word and before the space that follows it; undefined for no place in the text. */
function placeFor(text: string, offset: number): number | undefined {
	if (!Number.isInteger(offset) || offset <= 0 || offset > text.length) {
		return undefined;
	}
	let at = offset;
	if (/[\p{L}\p{N}\p{M}]$/u.test(text.slice(Math.max(0, at - 2), at)) || isInPair(text, at)) {
		at += /^[\uDC00-\uDFFF]?[\p{L}\p{N}\p{M}]*/u.exec(text.slice(at, at + 100))?.[0].length ?? 0;
	}
	const trimmed = text.slice(0, at).trimEnd().length;
	return trimmed === 0 ? undefined : trimmed;
}

function isInPair(text: string, at: number): boolean {
	return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
}

/** `**So.**` ends in emphasis only while no letter follows it, and a mark counts as one. */
function beforeDelimiters(text: string, at: number): number {
	return at - (/[*_~]*$/.exec(text.slice(Math.max(0, at - 3), at))?.[0].length ?? 0);
}

function endOfLine(text: string, at: number): number {
	return at + (/^[^\r\n]*/.exec(text.slice(at))?.[0].trimEnd().length ?? 0);
}

/** Each mark stands once, in text that is no block of code, and nothing else is different. */
function isFaithful(html: string, plain: string, marks: readonly Mark[]): boolean {
	const text = html.replace(/<pre[^]*?<\/pre>|<[^>]*>/g, '');
	return html.replace(privateUse, '') === plain && (text.match(privateUse) ?? []).length === marks.length;
}
