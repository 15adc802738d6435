import { type TextDocument, type Uri, workspace } from 'vscode';
import type { Size } from '../../attachments/attachment.ts';
import { pixelSize } from '../../attachments/images/pixelSize.ts';
import { sniff } from '../../attachments/sniff.ts';
import type { ImageReference } from '../../documents/index.ts';
import { percentDecoded, withoutQuery } from '../../documents/targetPath.ts';
import { absolutePath, parentOf } from '../targets/uriPaths.ts';

/** What a hover needs of an image. */
export interface ShownPicture {
	/** What `![](…)` shows. */
	readonly address: string;
	/** Bytes */
	readonly size: number;
	/** Undefined for kinds whose head says it in too many ways. */
	readonly pixels: Size | undefined;
}

/** Bytes; a larger file is shown, but not read for the size of its picture. */
const readLimit = 32 * 2 ** 20;

/** Bytes; the text of a hover goes from process to process as a whole. */
const embeddedLimit = 256 * 2 ** 10;

export async function pictureOfFile(uri: Uri): Promise<ShownPicture> {
	const { size } = await workspace.fs.stat(uri);
	const pixels = size > readLimit ? undefined : pixelSize(await workspace.fs.readFile(uri));
	return { address: uri.toString(), size, pixels };
}

/** Undefined for what is too large to be shown, or no picture. */
export function pictureOfBytes(bytes: Uint8Array): ShownPicture | undefined {
	const type = sniff(bytes);
	return type?.startsWith('image/') && bytes.length <= embeddedLimit
		? {
				address: `data:${type};base64,${Buffer.from(bytes).toString('base64')}`,
				size: bytes.length,
				pixels: pixelSize(bytes),
			}
		: undefined;
}

/** As VS Code's Markdown support has it. */
const shownByVsCode = /\.(?:bmp|gif|jpe?g|png|svg|webp|ico|tiff?)$/i;

/**
 * Whether VS Code's own hover in Markdown shows this file at this offset (UTF-16): it does on the path of an image, not
 * on its alt text nor where it is used by reference, and it looks for the path only beside the document or, after a
 * slash, in the workspace folder.
 */
export function isShownByVsCode(document: TextDocument, image: ImageReference, offset: number, file: Uri): boolean {
	const { syntax, target, targetStart, targetEnd } = image;
	const isOnPath = targetStart <= offset && offset <= targetEnd;
	if (
		document.languageId !== 'markdown' ||
		syntax === 'markdown-reference' ||
		!isOnPath ||
		!shownByVsCode.test(file.path)
	) {
		return false;
	}
	const folder = target.startsWith('/')
		? workspace.getWorkspaceFolder(document.uri)?.uri.path
		: parentOf(document.uri.path);
	return folder !== undefined && absolutePath(`./${percentDecoded(withoutQuery(target))}`, folder) === file.path;
}
