import DOMPurify from 'dompurify';
import type { SearchState, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';

/**
 * What was searched for. Google's terms want the HTML that it sends with a grounded answer shown as it is: it stands in
 * a frame without scripts, forms or navigation, whose content security policy is this page's, so that it loads nothing.
 */
export function drawSearch(
	{ queries, entryPoint }: SearchState,
	words: Words,
	styleNonce: string,
): HTMLElement | undefined {
	if (entryPoint !== undefined && entryPoint.trim() !== '') {
		return suggestions(entryPoint, words.searchSuggestions, styleNonce);
	}
	const list = new Intl.ListFormat(document.documentElement.lang).format(queries.map((query) => `“${query}”`));
	return queries.length === 0 ? undefined : element('p', { class: 'searched' }, fill(words.searchedFor, list));
}

function suggestions(entryPoint: string, title: string, styleNonce: string): HTMLElement {
	// Same origin, so that its links can be followed from here and its height be known; without scripts that is harmless.
	const frame = element('iframe', { class: 'suggestions', title, sandbox: 'allow-same-origin' });
	frame.srcdoc = pageOf(entryPoint, styleNonce);
	frame.addEventListener('load', () => {
		const page = frame.contentDocument;
		if (page) {
			page.addEventListener('click', followLink);
			page.addEventListener('auxclick', followLink);
			new ResizeObserver(() => fit(frame, page)).observe(page.documentElement);
			fit(frame, page);
		}
	});
	return frame;
}

function pageOf(entryPoint: string, styleNonce: string): string {
	const content = element('div');
	content.append(
		DOMPurify.sanitize(entryPoint, {
			FORCE_BODY: true,
			ADD_TAGS: ['style'],
			ALLOWED_URI_REGEXP: /^https?:/i,
			RETURN_DOM_FRAGMENT: true,
		}),
	);
	for (const style of content.querySelectorAll('style')) {
		style.setAttribute('nonce', styleNonce);
	}
	const base = `<style nonce="${styleNonce}">html, body { margin: 0; overflow: hidden; }</style>`;
	return `<!DOCTYPE html><html><head>${base}</head><body>${content.innerHTML}</body></html>`;
}

/** As if the link stood in this page, from where VS Code opens it after its own question. */
function followLink(event: MouseEvent): void {
	event.preventDefault();
	const target = event.target as Element | null;
	const address = target?.closest('a')?.getAttribute('href');
	if (address !== null && address !== undefined) {
		element('a', { href: address }).click();
	}
}

function fit(frame: HTMLIFrameElement, page: Document): void {
	frame.height = String(Math.ceil(page.body.getBoundingClientRect().height));
}
