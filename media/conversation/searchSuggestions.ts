import DOMPurify from 'dompurify';
import type { FromWebview, SearchState, Words } from '../../src/conversation/messages.ts';
import { element } from './element.ts';
import { fill } from './fill.ts';
import { openLinksOutside } from './links.ts';

/**
 * What was searched for. Google's terms want the HTML that it sends with a grounded answer shown as it is: it stands in
 * a frame without scripts, forms or navigation, whose content security policy is this page's, so that it loads nothing.
 */
export function drawSearch(
	{ queries, entryPoint }: SearchState,
	words: Words,
	styleNonce: string,
	send: (message: FromWebview) => void,
): HTMLElement | undefined {
	if (entryPoint !== undefined && entryPoint.trim() !== '') {
		return suggestions(entryPoint, words.searchSuggestions, styleNonce, send);
	}
	const list = new Intl.ListFormat(document.documentElement.lang).format(queries.map((query) => `“${query}”`));
	return queries.length === 0 ? undefined : element('p', { class: 'searched' }, fill(words.searchedFor, list));
}

function suggestions(
	entryPoint: string,
	title: string,
	styleNonce: string,
	send: (message: FromWebview) => void,
): HTMLElement {
	// Same origin, so that its links can be followed from here and its height be known; without scripts that is harmless.
	const frame = element('iframe', { class: 'suggestions', title, sandbox: 'allow-same-origin' });
	const draw = (): void => {
		frame.srcdoc = pageOf(
			entryPoint,
			styleNonce,
			/vscode-light|vscode-high-contrast-light/.test(document.body.className),
		);
	};
	draw();
	frame.addEventListener('load', () => {
		const page = frame.contentDocument;
		if (page) {
			openLinksOutside(page, send);
			new ResizeObserver(() => fit(frame, page)).observe(page.documentElement);
			fit(frame, page);
		}
	});
	onThemeChange(frame, draw);
	return frame;
}

function onThemeChange(frame: HTMLElement, act: () => void): void {
	const observer = new MutationObserver(() => {
		if (frame.isConnected) {
			act();
		} else {
			observer.disconnect();
		}
	});
	observer.observe(document.body, { attributes: true, attributeFilter: ['data-vscode-theme-kind'] });
}

/** No address but those of the web; what has no scheme is no address. */
const webAddresses = /^(?:https?:|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i;

function pageOf(entryPoint: string, styleNonce: string, isLight: boolean): string {
	const content = element('div');
	content.append(
		DOMPurify.sanitize(entryPoint, {
			FORCE_BODY: true,
			ADD_TAGS: ['style'],
			// None could load.
			FORBID_TAGS: ['img'],
			ALLOWED_URI_REGEXP: webAddresses,
			RETURN_DOM_FRAGMENT: true,
		}),
	);
	for (const style of content.querySelectorAll('style')) {
		style.setAttribute('nonce', styleNonce);
		style.textContent = inTheme(style.textContent, isLight);
	}
	// What comes without a style of its own stands there like the rest.
	const { fontFamily, fontSize, color } = getComputedStyle(document.body);
	const text = `font: ${fontSize} ${fontFamily}; color: ${color};`;
	const base = `<style nonce="${styleNonce}">html, body { margin: 0; overflow: hidden; ${text} }</style>`;
	return `<!DOCTYPE html><html><head>${base}</head><body>${content.innerHTML}</body></html>`;
}

/** The scheme that people chose for VS Code counts, not that of their system, which is what a frame hears of. */
function inTheme(css: string, isLight: boolean): string {
	return css.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, scheme: string) =>
		(scheme.toLowerCase() === 'light') === isLight ? '(min-width: 0)' : '(max-width: 0)',
	);
}

function fit(frame: HTMLIFrameElement, page: Document): void {
	frame.height = String(Math.ceil(page.body.getBoundingClientRect().height));
}
