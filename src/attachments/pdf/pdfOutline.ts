import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { OutlineEntry } from '../attachment.ts';
import type { PdfiumMemory } from './pdfiumMemory.ts';

/** An outline deeper or longer than this is a trap, not a table of contents. */
const outlineLimit = { depth: 32, entries: 5000 } as const;

/** The outline of an open document, flat and in order. */
export function readOutline(
	library: WrappedPdfiumModule,
	memory: PdfiumMemory,
	documentPointer: number,
): readonly OutlineEntry[] {
	const entries: OutlineEntry[] = [];
	const seen = new Set<number>();
	const addChildren = (parent: number, depth: number): void => {
		let entry = library.FPDFBookmark_GetFirstChild(documentPointer, parent);
		// Broken files link entries in circles.
		while (entry !== 0 && !seen.has(entry) && entries.length < outlineLimit.entries) {
			seen.add(entry);
			entries.push({ title: title(entry), page: page(entry), depth });
			if (depth < outlineLimit.depth) {
				addChildren(entry, depth + 1);
			}
			entry = library.FPDFBookmark_GetNextSibling(documentPointer, entry);
		}
	};
	const title = (bookmark: number): string =>
		memory.string((buffer, length) => library.FPDFBookmark_GetTitle(bookmark, buffer, length)).trim();
	const page = (bookmark: number): number | undefined => {
		const action = library.FPDFBookmark_GetAction(bookmark);
		const destination =
			library.FPDFBookmark_GetDest(documentPointer, bookmark) ||
			(action === 0 ? 0 : library.FPDFAction_GetDest(documentPointer, action));
		const pageIndex = destination === 0 ? -1 : library.FPDFDest_GetDestPageIndex(documentPointer, destination);
		return pageIndex < 0 ? undefined : pageIndex + 1;
	};
	addChildren(0, 0);
	return entries;
}
