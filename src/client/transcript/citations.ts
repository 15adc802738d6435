import type { Source } from '../answer.ts';
import { byteLength, createOffsetIndex } from './offsetIndex.ts';
import type { OffsetIndex } from './offsetIndex.ts';

/** A page that an answer rests on, and what of the answer, as its server counts. */
export interface Citation {
	readonly uri: string;
	readonly title: string;
	readonly place?: Place | undefined;
}

/** Where in the answer's text: servers count differently, and from different beginnings (protocols.md 2.2). */
export interface Place {
	readonly unit: 'byte' | 'code-point';
	readonly start: number;
	readonly end: number;
	/** What stands there. Wins over the numbers. */
	readonly text?: string | undefined;
	/** Where the numbers may count from, in UTF-16 units of the whole answer; the likeliest first. */
	readonly from: readonly number[];
}

export interface Citations {
	add(citation: Citation): void;
	/** One source for each page, in order of appearance, with what it supports in this text. */
	sourcesIn(text: string): readonly Source[];
}

type Span = Source['spans'][number];

/** More is no answer. */
const countLimit = 2000;
/** In UTF-16 units: a text that is longer is not searched. */
const searchLimit = 1024 * 1024;

export function createCitations(): Citations {
	const pages = new Map<string, { title: string; readonly places: Map<string, Place> }>();
	let count = 0;
	return {
		add({ uri, title, place }) {
			// A page of any other kind is nothing to open.
			if (!/^https?:\/\//i.test(uri) || count >= countLimit) {
				return;
			}
			count++;
			const page = pages.get(uri) ?? { title, places: new Map<string, Place>() };
			page.title ||= title;
			if (place) {
				page.places.set(JSON.stringify(place), place);
			}
			pages.set(uri, page);
		},
		sourcesIn(text) {
			const indexes = { byte: createOffsetIndex(text, byteLength), 'code-point': createOffsetIndex(text, () => 1) };
			return [...pages].map(([uri, { title, places }]) => {
				const spans = [...places.values()].flatMap((place) => spanOf(place, text, indexes[place.unit]) ?? []);
				return { uri, title, spans: distinct(spans) };
			});
		},
	};
}

/** Where the place is in the text; undefined if it is not to be found. */
function spanOf({ start, end, text: quote = '', from }: Place, text: string, index: OffsetIndex): Span | undefined {
	const candidates = from.flatMap((utf16) => {
		const base = index.fromUtf16(utf16);
		const span = { start: index.toUtf16(base + start), end: index.toUtf16(base + end) };
		return span.start === undefined || span.end === undefined || span.start >= span.end
			? []
			: { start: span.start, end: span.end };
	});
	if (quote === '') {
		return candidates[0];
	}
	return (
		candidates.find((span) => text.slice(span.start, span.end) === quote) ??
		nearest(quote, text, index.after(index.fromUtf16(from[0] ?? 0) + start))
	);
}

function nearest(quote: string, text: string, offset: number): Span | undefined {
	if (text.length > searchLimit) {
		return undefined;
	}
	const found = [text.lastIndexOf(quote, offset), text.indexOf(quote, offset)].filter((at) => at !== -1);
	const [start] = found.sort((one, other) => Math.abs(one - offset) - Math.abs(other - offset));
	return start === undefined ? undefined : { start, end: start + quote.length };
}

function distinct(spans: readonly Span[]): Span[] {
	return [...new Map(spans.map((span) => [`${span.start} ${span.end}`, span])).values()];
}
