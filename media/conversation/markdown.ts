import DOMPurify from 'dompurify';
import { followable } from './markdownHtml.ts';

const allowed = {
	ALLOWED_TAGS: [
		...['p', 'br', 'hr', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a'],
		...['h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
	],
	ALLOWED_ATTR: ['href', 'start', 'class'],
	ALLOWED_URI_REGEXP: followable,
	// The number a list starts with is no address to test.
	ADD_URI_SAFE_ATTR: ['start'],
};

/** What may stand in an answer of the HTML that its Markdown became. */
export function sanitised(html: string): DocumentFragment {
	return DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
}

/**
 * Shows a fragment in a container, from its child of that index on, leaving blocks that are the same alone, so that a
 * selection in them survives.
 */
export function patchBlocks(container: HTMLElement, fragment: DocumentFragment, from = 0): void {
	const next = [...fragment.childNodes];
	const current = [...container.childNodes].slice(from);
	const different = next.findIndex((node, index) => !current[index]?.isEqualNode(node));
	const kept = different === -1 ? next.length : different;
	for (const node of current.slice(kept)) {
		node.remove();
	}
	container.append(...next.slice(kept));
}
