import { l10n, type MarkdownString } from 'vscode';
import { formatBytes } from '../../models/formatBytes.ts';
import { isShownByVsCode, pictureOfBytes, pictureOfFile, type ShownPicture } from './picture.ts';
import type { Place } from '../place.ts';
import { findTarget, whereaboutsFor } from '../targets/target.ts';

/** Adds the picture of an image, unless VS Code shows it there itself, and its size. */
export async function appendPicture(text: MarkdownString, { document, image }: Place, offset: number): Promise<void> {
	const target = await findTarget(document, image.target, { outside: false });
	if (target.kind === 'data') {
		append(text, target.name, pictureOfBytes(target.bytes), true);
	} else if (target.kind === 'file' && (await whereaboutsFor(document, target.uri)).kind === 'inside') {
		const isNew = !isShownByVsCode(document, image, offset, target.uri);
		append(text, image.target, await pictureOfFile(target.uri), isNew);
	}
}

function append(text: MarkdownString, name: string, picture: ShownPicture | undefined, showIt: boolean): void {
	if (!picture) {
		return;
	}
	const { address, size, pixels } = picture;
	if (showIt) {
		text.appendMarkdown(`![](${address}|${shownSize(picture)})\n\n`);
	}
	const bytes = formatBytes(size);
	text.appendText(
		pixels
			? l10n.t('{0}, {1} × {2} px, {3}', name, pixels.width, pixels.height, bytes)
			: l10n.t('{0}, {1}', name, bytes),
	);
	text.appendText('\n\n');
}

/** Fits a box without being enlarged, px. */
function shownSize({ pixels }: ShownPicture): string {
	const box = { width: 320, height: 160 };
	if (!pixels) {
		return `height=${box.height}`;
	}
	return pixels.width * box.height > pixels.height * box.width
		? `width=${Math.min(box.width, pixels.width)}`
		: `height=${Math.min(box.height, pixels.height)}`;
}
