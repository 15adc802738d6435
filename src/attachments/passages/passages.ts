import MiniSearch from 'minisearch';
import type { PdfAttachment, PdfPage } from '../attachment.ts';
import { headingsOf } from './headings.ts';
import { synonymsOf } from './synonyms.ts';
import { termOf, wordsOf } from './words.ts';

/** A few sentences of a page, exactly as they stand in `normalised(page.text)`. */
export interface Passage {
	/** From 1. */
	readonly page: number;
	/** Where it begins in `normalised(page.text)`, UTF-16 units. */
	readonly start: number;
	readonly text: string;
	/** The headings it stands under: it is found by their words too, and does not quote them. */
	readonly headings?: string;
}

type SearchedPdf = Pick<PdfAttachment, 'pages'> & Partial<Pick<PdfAttachment, 'outline'>>;

/** In characters: long enough to be understood alone, short enough to be read at a glance. */
const passageLength = { enough: 240, most: 600 } as const;

/** Runs of white space, line ends among them, as single spaces. */
export function normalised(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

/** All of a PDF's text in order; a passage does not cross pages. */
export function passages({ pages, outline = [] }: SearchedPdf): readonly Passage[] {
	const headingsAt = headingsOf(outline);
	return pages.flatMap((page) => passagesOfPage(page, headingsAt));
}

function passagesOfPage({ number, text }: PdfPage, headingsAt: ReturnType<typeof headingsOf>): Passage[] {
	const page = normalised(text);
	const headings = headingsAt(number, page);
	const found: Passage[] = [];
	let start = 0;
	for (const end of sentenceEnds(page)) {
		if (end - start >= passageLength.enough || end === page.length) {
			const text = page.slice(start, end).trim();
			found.push({ page: number, start, text, ...headings(end) });
			start = end;
		}
	}
	return found;
}

/** Where sentences end; one without an end in sight, such as a table, ends at a space. */
function* sentenceEnds(page: string): Generator<number, void, undefined> {
	for (const { index, segment } of sentences.segment(page)) {
		let from = index;
		const end = index + segment.length;
		while (end - from > passageLength.most) {
			const space = page.lastIndexOf(' ', from + passageLength.most);
			from = space > from ? space + 1 : wholeCharacters(page, from + passageLength.most);
			yield from;
		}
		yield end;
	}
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** An index that does not fall between the two halves of a surrogate pair. */
function wholeCharacters(text: string, index: number): number {
	return /[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index + 1 : index;
}

/** The passages that answer a question best, the best first; none when no word of it occurs. */
export async function bestPassages(pdf: SearchedPdf, question: string, count: number): Promise<readonly Passage[]> {
	let search = searches.get(pdf.pages);
	if (!search) {
		search = searchIn(passages(pdf));
		searches.set(pdf.pages, search);
	}
	return (await search)(question, count);
}

/** The same for text that is cut up already, such as the lines of an image. */
export async function bestOf<Candidate extends { readonly text: string }>(
	candidates: readonly Candidate[],
	question: string,
	count: number,
): Promise<readonly Candidate[]> {
	return (await searchIn(candidates))(question, count);
}

type Search<Candidate> = (question: string, count: number) => readonly Candidate[];

/** A book is cut up and counted once, however many questions come. */
const searches = new WeakMap<readonly PdfPage[], Promise<Search<Passage>>>();

/** How much an everyday synonym counts against a word of the question itself. */
const synonymWeight = 0.5;

/** A page's second passage counts so much of its score, the third so much of that: one may do, eight pages say more. */
const nextOnPage = 0.7;

async function searchIn<
	Candidate extends { readonly text: string; readonly headings?: string; readonly page?: number },
>(candidates: readonly Candidate[]): Promise<Search<Candidate>> {
	const fields = { boost: { headings: 0.6 }, bm25: { k: 1.2, b: 0.75, d: 0.5 } };
	const index = new MiniSearch<{ readonly id: number; readonly text: string; readonly headings: string }>({
		fields: ['text', 'headings'],
		tokenize: wordsOf,
		processTerm: termOf,
	});
	// In pieces, so that the host stays responsive while a book is read.
	await index.addAllAsync(
		candidates.map(({ text, headings = '' }, id) => ({ id, text, headings })),
		{ chunkSize: 200 },
	);
	return (question, count) => {
		const scores = new Map<number, number>();
		const add = (results: readonly { readonly id: number; readonly score: number }[], weight: number): void => {
			for (const { id, score } of results) {
				scores.set(id, (scores.get(id) ?? 0) + weight * score);
			}
		};
		add(
			index.search(question, {
				...fields,
				// A longer word with the same beginning is likely of the same family; short ones are too common for that.
				prefix: (term) => term.length >= 4,
				fuzzy: (term) => (term.length >= 6 ? 0.17 : false),
				weights: { prefix: 0.35, fuzzy: 0.2 },
			}),
			1,
		);
		for (const synonym of synonymsOf(question)) {
			add(index.search(synonym, { ...fields, processTerm: (term) => term }), synonymWeight);
		}
		return spread([...scores], (id) => candidates[id]?.page)
			.slice(0, count)
			.flatMap(([id]) => candidates[id] ?? []);
	};
}

/** By score, the best first; passages of one page count less and less. */
function spread(
	scores: readonly (readonly [id: number, score: number])[],
	pageOf: (id: number) => number | undefined,
): readonly (readonly [id: number, score: number])[] {
	const byScore = (one: readonly [number, number], other: readonly [number, number]): number =>
		other[1] - one[1] || one[0] - other[0];
	const taken = new Map<number, number>();
	return scores
		.toSorted(byScore)
		.map(([id, score]): readonly [number, number] => {
			const page = pageOf(id);
			if (page === undefined) {
				return [id, score];
			}
			const before = taken.get(page) ?? 0;
			taken.set(page, before + 1);
			return [id, score * nextOnPage ** before];
		})
		.sort(byScore);
}
