import type { ImageAttachment, PdfAttachment, Picture } from './attachment.ts';
import { ImageReader } from './image.ts';
import { PdfReader } from './pdf.ts';
import { sniff } from './sniff.ts';
import type { RecognisedText } from './recognisedText.ts';
import { TextReader } from './textReader.ts';

export { AttachmentFailure } from './attachmentFailure.ts';
export { sniff } from './sniff.ts';

/** Everything that reads files: in worker threads that start with the first job and end when idle. */
export interface AttachmentReader {
	readonly prepareImage: (name: string, bytes: Uint8Array, signal: AbortSignal) => Promise<ImageAttachment>;
	readonly readPdf: (
		name: string,
		bytes: Uint8Array,
		options: { readonly password?: string },
		signal: AbortSignal,
	) => Promise<PdfAttachment>;
	/** Of an image, or of a PDF's first page. */
	readonly thumbnail: (bytes: Uint8Array, signal: AbortSignal) => Promise<Picture>;
	readonly readText: (picture: Picture, signal: AbortSignal) => Promise<RecognisedText>;
	readonly dispose: () => void;
}

/** @param assets The folder of the built workers, ending in a slash: `dist/workers/`. */
export function createAttachmentReader(assets: URL): AttachmentReader {
	const images = new ImageReader(assets);
	const pdfs = new PdfReader(assets, images);
	const texts = new TextReader(assets);
	return {
		prepareImage: (name, bytes, signal) => images.prepare(name, bytes, signal),
		readPdf: (name, bytes, options, signal) => pdfs.read(name, bytes, options, signal),
		thumbnail: (bytes, signal) =>
			sniff(bytes) === 'application/pdf' ? pdfs.thumbnail(bytes, signal) : images.thumbnail(bytes, signal),
		readText: (picture, signal) => texts.read(picture, signal),
		dispose: () => {
			for (const reader of [images, pdfs, texts]) {
				reader.end();
			}
		},
	};
}
