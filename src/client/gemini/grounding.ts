import type { Place } from '../transcript/citations.ts';
import { isObject, objectsOf, textOf } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Transcript } from '../transcript/transcript.ts';
import { count } from '../transcript/usageCounts.ts';

/**
 * Writes what an answer was grounded on. `partStarts` is where the parts of the same event begin in the answer's text, in
 * UTF-16 units: offsets count UTF-8 bytes within a part, whose number means nothing once parts are streamed
 * (protocols.md 2.2).
 */
export function interpretGrounding(metadata: JsonObject, partStarts: readonly number[], transcript: Transcript): void {
	const { groundingChunks, groundingSupports, webSearchQueries, searchEntryPoint } = metadata;
	const queries = Array.isArray(webSearchQueries) ? webSearchQueries.flatMap((query) => textOf(query) ?? []) : [];
	const entryPoint = isObject(searchEntryPoint) ? textOf(searchEntryPoint['renderedContent']) : undefined;
	if (queries.length > 0 || entryPoint !== undefined) {
		transcript.search(queries, entryPoint);
	}
	// Supports name chunks by position, hollow ones counted.
	const pages = Array.isArray(groundingChunks) ? groundingChunks.map(pageOf) : [];
	for (const page of pages) {
		if (page) {
			transcript.cite(page);
		}
	}
	for (const support of objectsOf(groundingSupports)) {
		const place = placeOf(support['segment'], partStarts);
		const indices: unknown = support['groundingChunkIndices'];
		for (const index of place && Array.isArray(indices) ? (indices as unknown[]) : []) {
			const page = typeof index === 'number' ? pages[index] : undefined;
			if (page) {
				transcript.cite({ ...page, place });
			}
		}
	}
}

function pageOf(chunk: unknown): { readonly uri: string; readonly title: string } | undefined {
	const page = isObject(chunk) ? (chunk['web'] ?? chunk['retrievedContext'] ?? chunk['maps']) : undefined;
	const uri = isObject(page) ? textOf(page['uri']) : undefined;
	return isObject(page) && uri !== undefined ? { uri, title: textOf(page['title']) ?? '' } : undefined;
}

function placeOf(segment: unknown, partStarts: readonly number[]): Place | undefined {
	if (!isObject(segment)) {
		return undefined;
	}
	const part = count(segment['partIndex']);
	const start = partStarts[part];
	const from = start === undefined ? [0] : part === 0 ? [0, start] : [start, 0];
	return {
		unit: 'byte',
		start: count(segment['startIndex']),
		end: count(segment['endIndex']),
		text: textOf(segment['text']),
		from,
	};
}
