import type { FromWebview, Words } from '../../src/conversation/messages.ts';
import { button, element } from './element.ts';

/** An image that the model drew, with what can be done with it. */
export function drawImage(
	address: string,
	words: Words,
	send: (message: FromWebview) => void,
	place: { readonly turn: number; readonly item: number },
): HTMLElement {
	// Its pixels can be copied only when its server lets this page have them, which must be asked for.
	const image = element('img', { src: address, alt: words.modelImage, crossorigin: 'anonymous' });
	const copy = async (): Promise<void> => {
		try {
			await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(image) })]);
			send({ kind: 'image-copied', success: true });
		} catch {
			send({ kind: 'image-copied', success: false });
		}
	};
	return element(
		'figure',
		{},
		image,
		element(
			'div',
			{ class: 'actions', role: 'group', 'aria-label': words.modelImage },
			button(words.copyImage, { icon: 'copy', iconOnly: true, className: 'icon' }, () => void copy()),
			button(words.saveImage, { icon: 'save', iconOnly: true, className: 'icon' }, () =>
				send({ kind: 'save-image', ...place }),
			),
		),
	);
}

/** The one format that every clipboard takes. */
async function pngOf(image: HTMLImageElement): Promise<Blob> {
	await image.decode();
	const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
	canvas.getContext('2d')?.drawImage(image, 0, 0);
	return canvas.convertToBlob({ type: 'image/png' });
}
