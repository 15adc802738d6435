import MarkdownIt from 'markdown-it';

/**
 * Links a reader may follow from an answer: to the web, and to a page of a file that it is about. `vscode:` and
 * `command:` could act on the editor (platform.md 3.4).
 */
export const followable = /^(?:https:|mailto:|page:\d+\/\d+$)/i;

const markdown = new MarkdownIt({ html: false, linkify: false });
markdown.validateLink = (url) => followable.test(url);
// An image in an answer would be fetched from wherever the answer says, carrying what the file says: show its text.
markdown.renderer.rules['image'] = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '');

/** What earlier parts of a document mean for a later one: the links it names, and the headings it stands under. */
export interface MarkdownContext {
	readonly environment: Parameters<typeof markdown.parse>[1];
	/** Levels in the source, outermost first. */
	readonly headings: number[];
}

export function newContext(): MarkdownContext {
	return { environment: {}, headings: [] };
}

export function copyOf({ environment: { references }, headings }: MarkdownContext): MarkdownContext {
	return { environment: references ? { references: { ...references } } : {}, headings: [...headings] };
}

/**
 * HTML of a part of an answer's Markdown, which adds to its context; still to be sanitised. Headings start at level 3,
 * under the panel's own, and skip none on the way down.
 */
export function htmlOf(text: string, context: MarkdownContext = newContext()): string {
	const tokens = markdown.parse(text, context.environment);
	const around = context.headings;
	for (const token of tokens) {
		if (token.type === 'heading_open') {
			const level = Number(token.tag.slice(1));
			while ((around.at(-1) ?? 0) >= level) {
				around.pop();
			}
			around.push(level);
		}
		if (token.type === 'heading_open' || token.type === 'heading_close') {
			token.tag = `h${Math.min(6, around.length + 2)}`;
		}
		const [, side] = /^text-align:(right|center)$/.exec(String(token.attrGet('style') ?? '')) ?? [];
		if (side !== undefined) {
			// The CSP forbids styles in the page.
			token.attrSet('class', `align-${side}`);
		}
	}
	return markdown.renderer.render(tokens, markdown.options, context.environment);
}

/** Where in a text its outermost blocks begin, in UTF-16 offsets. */
export function blockStarts(text: string, context: MarkdownContext): readonly number[] {
	const lines = lineStarts(text);
	return markdown
		.parse(text, copyOf(context).environment)
		.flatMap(({ level, nesting, map }) => (level === 0 && nesting >= 0 && map ? (lines[map[0]] ?? []) : []));
}

/** Lines end as markdown-it has it. */
function lineStarts(text: string): readonly number[] {
	return [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
}
