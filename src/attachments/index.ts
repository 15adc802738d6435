import type { PdfAttachment, Picture } from './attachment.ts';
import { ImageReader, type OpenedImage } from './images/image.ts';
import { PictureCache } from './images/pictureCache.ts';
import { PdfReader } from './pdf/pdf.ts';
import type { RecognisedText } from './text/recognisedText.ts';
import { TextReader } from './text/textReader.ts';

export { AttachmentFailure } from './attachmentFailure.ts';
export { sniff } from './sniff.ts';

/** Everything that reads files: in worker threads that start with the first job and end when idle. */
export interface AttachmentReader {
	readonly openImage: (name: string, bytes: Uint8Array, signal: AbortSignal) => Promise<OpenedImage>;
	readonly readPdf: (
		name: string,
		bytes: Uint8Array,
		options: { readonly password?: string },
		signal: AbortSignal,
	) => Promise<PdfAttachment>;
	/** Of a PDF's first page. */
	readonly pdfThumbnail: (bytes: Uint8Array, signal: AbortSignal) => Promise<Picture>;
	readonly readText: (picture: Picture, signal: AbortSignal) => Promise<RecognisedText>;
	/** Forgets the pictures made before; the bytes that it freed. Fails as the file system does. */
	readonly clearCache: () => Promise<number>;
	readonly dispose: () => void;
}

/**
 * @param assets The folder of the built workers, ending in a slash: `dist/workers/`.
 * @param cacheFolder Where pictures stay that were made once; any window may use it.
 */
export function createAttachmentReader(assets: URL, cacheFolder: string): AttachmentReader {
	const cache = new PictureCache(cacheFolder);
	const images = new ImageReader(assets, undefined, cache);
	const pdfs = new PdfReader(assets, images, undefined, cache);
	const texts = new TextReader(assets);
	return {
		openImage: (name, bytes, signal) => images.open(name, bytes, signal),
		readPdf: (name, bytes, options, signal) => pdfs.read(name, bytes, options, signal),
		pdfThumbnail: (bytes, signal) => pdfs.thumbnail(bytes, signal),
		readText: (picture, signal) => texts.read(picture, signal),
		clearCache: () => cache.clear(),
		dispose: () => {
			for (const reader of [images, pdfs, texts]) {
				reader.end();
			}
		},
	};
}
