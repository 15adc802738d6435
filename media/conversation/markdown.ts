import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

/** Links a reader may follow from an answer; `vscode:` and `command:` could act on the editor (platform.md 3.4). */
const followable = /^(https:|mailto:)/i;

const markdown = new MarkdownIt({ html: false, linkify: false });
markdown.validateLink = (url) => followable.test(url);
// An image in an answer would be fetched from wherever the answer says, carrying what the file says: show its text.
markdown.renderer.rules['image'] = (tokens, index) => markdown.utils.escapeHtml(tokens[index]?.content ?? '');

const allowed = {
	ALLOWED_TAGS: [
		...['p', 'br', 'hr', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a'],
		...['h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
	],
	ALLOWED_ATTR: ['href', 'start', 'class'],
	ALLOWED_URI_REGEXP: followable,
};

/** Renders an answer's Markdown; headings start at level 3, under the panel's own, and skip none on the way down. */
export function renderMarkdown(text: string): DocumentFragment {
	const tokens = markdown.parse(text, {});
	const around: number[] = [];
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
	return DOMPurify.sanitize(markdown.renderer.render(tokens, markdown.options, {}), {
		...allowed,
		RETURN_DOM_FRAGMENT: true,
	});
}

/** Shows a fragment in a container, leaving blocks that are the same alone, so that a selection in them survives. */
export function patchBlocks(container: HTMLElement, fragment: DocumentFragment): void {
	const next = [...fragment.childNodes];
	const current = [...container.childNodes];
	const same = next.findIndex((node, index) => !current[index]?.isEqualNode(node));
	const from = same === -1 ? next.length : same;
	for (const node of current.slice(from)) {
		node.remove();
	}
	container.append(...next.slice(from));
}
