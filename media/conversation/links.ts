import type { FromWebview } from '../../src/conversation/messages.ts';

/**
 * Gives the links in a part of a page to the host, where VS Code asks before it opens one: by itself it opens those of
 * a webview unasked in a workspace that is trusted, and an answer's links are the model's.
 */
export function openLinksOutside(place: HTMLElement | Document, send: (message: FromWebview) => void): void {
	const follow = (event: Event): void => {
		// The target may be of a frame, whose classes are others.
		const target = event.target as Partial<Element> | null;
		const link = target?.closest?.('a');
		if (link) {
			event.preventDefault();
			event.stopPropagation();
			const address = link.getAttribute('href') ?? '';
			send({ kind: address.startsWith('page:') ? 'open-page' : 'open-link', address });
		}
	};
	place.addEventListener('click', follow);
	place.addEventListener('auxclick', follow);
}
