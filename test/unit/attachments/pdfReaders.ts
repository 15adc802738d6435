import { ImageReader } from '../../../src/attachments/images/image.ts';
import { PdfReader } from '../../../src/attachments/pdf/pdf.ts';
import { assets } from './fixtures.ts';

/** A reader of PDFs with the reader of images that it works with, for the tests of a block; both end after them. */
export function pdfReaders(): { readonly images: ImageReader; readonly pdfs: PdfReader } {
	const images = new ImageReader(assets);
	const pdfs = new PdfReader(assets, images);
	after(() => {
		pdfs.end();
		images.end();
	});
	return { images, pdfs };
}
