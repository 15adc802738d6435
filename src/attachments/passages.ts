import MiniSearch from 'minisearch';
import type { PdfAttachment, PdfPage } from './attachment.ts';

/** A few sentences of a page, exactly as they stand in `normalised(page.text)`. */
export interface Passage {
	/** From 1. */
	readonly page: number;
	readonly text: string;
}

/** In characters: long enough to be understood alone, short enough to be read at a glance. */
const passageLength = { enough: 240, most: 600 } as const;

/** Runs of white space, line ends among them, as single spaces. */
export function normalised(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

/** All of a PDF's text in order; a passage does not cross pages. */
export function passages({ pages }: Pick<PdfAttachment, 'pages'>): readonly Passage[] {
	return pages.flatMap(passagesOfPage);
}

function passagesOfPage({ number, text }: PdfPage): Passage[] {
	const page = normalised(text);
	const found: Passage[] = [];
	let start = 0;
	for (const end of sentenceEnds(page)) {
		if (end - start >= passageLength.enough || end === page.length) {
			found.push({ page: number, text: page.slice(start, end).trim() });
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

/** The passages that answer a question best, by BM25, the best first; none when no word of it occurs. */
export async function bestPassages(
	pdf: Pick<PdfAttachment, 'pages'>,
	question: string,
	count: number,
): Promise<readonly Passage[]> {
	return bestOf(passages(pdf), question, count);
}

/** The same for text that is cut up already, such as the lines of an image. */
export async function bestOf(
	candidates: readonly Passage[],
	question: string,
	count: number,
): Promise<readonly Passage[]> {
	const index = new MiniSearch<{ readonly id: number; readonly text: string }>({
		fields: ['text'],
		tokenize: words,
		processTerm: term,
		searchOptions: { bm25: { k: 1.2, b: 0.75, d: 0.5 } },
	});
	// In pieces, so that the host stays responsive while a book is read.
	await index.addAllAsync(
		candidates.map(({ text }, id) => ({ id, text })),
		{ chunkSize: 200 },
	);
	return index
		.search(question)
		.slice(0, count)
		.flatMap(({ id }: { readonly id: number }) => candidates[id] ?? []);
}

/** Scripts written without spaces need a dictionary to find words. */
const unspacedScripts =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

function words(text: string): string[] {
	return unspacedScripts.test(text)
		? [...wordSegmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
		: (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
}

/** A word as it is compared: without case, accents and English plural endings; none for words that say nothing. */
function term(word: string): string | false {
	const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	return (
		!stopWords.has(plain) &&
		pluralEndings.reduce((singular, [ending, instead]) => singular.replace(ending, instead), plain)
	);
}

const pluralEndings: readonly (readonly [RegExp, string])[] = [
	[/(?<=\p{L}{2})ies$/u, 'y'],
	[/(?<=ss|x|ch|sh)es$/u, ''],
	[/(?<=\p{L}{2}[^us])s$/u, ''],
];

const stopWords: ReadonlySet<string> = new Set(
	(
		'a about an and any are as at be been by can could did do does for from had has have how i if in into is it its ' +
		'me my no not of on or our say says should so tell than that the their them then there these they this those ' +
		'to us was we were what when where which who why will with would you your'
	).split(' '),
);
