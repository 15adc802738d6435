import { TiffDirectory } from './tiffDirectory.ts';

/** NewSubfileType (TIFF 6.0, section 8). */
const kind = 254;

/** Bits of it: another page made smaller, or a mask for one. */
const noPage = 0b101;

/** More than anybody scans; a file may lead from page to page for ever. */
const mostPages = 10_000;

/** How many pages a TIFF has, as far as they can be followed; at least one. */
export function countTiffPages(file: Uint8Array): number {
	let count = 0;
	const met = new Set<number>();
	try {
		for (let page: number | undefined; page !== 0 && met.size < mostPages;) {
			const directory = new TiffDirectory(file, page);
			if (met.has(directory.start)) {
				break;
			}
			met.add(directory.start);
			count += ((directory.values(kind)[0] ?? 0) & noPage) === 0 ? 1 : 0;
			page = directory.nextPage;
		}
	} catch (error) {
		if (!(error instanceof RangeError)) {
			throw error;
		}
	}
	return Math.max(1, count);
}
