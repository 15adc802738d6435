import type { PdfAttachment, PdfPage } from '../../attachments/attachment.ts';
import { pagesAsked } from '../../attachments/pdf/pagesAsked.ts';
import { bestPassages, normalised, type Passage, passages } from '../../attachments/passages/passages.ts';
import type { Inquiry } from '../model.ts';
import { tokensOf } from './readingLimits.ts';

/** What of a PDF's text a model gets to read. */
export interface PdfSelection {
	/** Pages whose text is read as a whole, from 1 and in order. */
	readonly wholePages: readonly number[];
	/** Of other pages, in order. */
	readonly passages: readonly Passage[];
}

export interface Interest {
	readonly purpose: Inquiry['purpose'];
	/** The last is the one to answer. */
	readonly questions: readonly string[];
}

/** Shares of the room that there is. */
const share = { askedPages: 0.6, bestPages: 0.5, beginning: 0.4 } as const;

/** A page's own line and what joins it to the next. */
const tokensOfPageMark = 12;

/** The pages that the latest question with pages in it names: the next may speak of them as well. */
export function askedPages({ questions }: Interest, pdf: PdfAttachment): readonly number[] {
	return questions
		.toReversed()
		.reduce<readonly number[]>((found, question) => (found.length > 0 ? found : pagesAsked(question, pdf)), []);
}

/**
 * All pages when there is room for them. Else the pages asked for; then for a question the pages and passages nearest
 * to it, and for a description the beginning and how the parts begin.
 * @param room In tokens.
 */
export async function selectText(pdf: PdfAttachment, interest: Interest, room: number): Promise<PdfSelection> {
	const withText = pdf.pages.filter(({ text }) => text.trim() !== '');
	const chosen = new Choice(withText, room);
	if (tokensOfText(pdf) <= room) {
		withText.forEach((page) => chosen.addPage(page.number, 1));
		return chosen.selection();
	}
	askedPages(interest, pdf).forEach((page) => chosen.addPage(page, share.askedPages));
	const ranked = interest.purpose === 'describe' ? [] : await rankedPassages(pdf, interest.questions);
	if (ranked.length === 0) {
		withText.forEach(({ number }) => chosen.addPage(number, share.beginning));
	}
	for (const { page } of ranked) {
		chosen.addPage(page, share.bestPages);
	}
	for (const passage of ranked.length === 0 ? beginningsOfParts(pdf) : ranked) {
		chosen.addPassage(passage);
	}
	return chosen.selection();
}

/** What all text of a PDF costs, as `selectText` counts it. */
export function tokensOfText({ pages }: PdfAttachment): number {
	return pages.reduce((sum, page) => sum + (page.text.trim() === '' ? 0 : tokensOfPage(page)), 0);
}

/** Pages with words of the questions, the nearest first; none for a description. */
export async function nearestPages(pdf: PdfAttachment, interest: Interest): Promise<readonly number[]> {
	const ranked = interest.purpose === 'describe' ? [] : await rankedPassages(pdf, interest.questions);
	return [...new Set(ranked.map(({ page }) => page))];
}

/** By the question, then by those before it: `And in winter?` means little alone. */
async function rankedPassages(pdf: PdfAttachment, questions: readonly string[]): Promise<readonly Passage[]> {
	const ranked: Passage[] = [];
	for (const question of questions.toReversed()) {
		ranked.push(...(await bestPassages(pdf, question, Infinity)));
	}
	return [...new Set(ranked)];
}

/** Of the parts in the outline; of all pages where there is none. */
function beginningsOfParts(pdf: PdfAttachment): readonly Passage[] {
	const all = passages(pdf);
	const firstOf = (page: number): Passage | undefined => all.find((passage) => passage.page === page);
	const starts = pdf.outline.toSorted((one, other) => one.depth - other.depth).flatMap(({ page }) => page ?? []);
	const pages = starts.length > 0 ? starts : pdf.pages.map(({ number }) => number);
	return [...new Set(pages)].flatMap((page) => firstOf(page) ?? []);
}

/** Fills the room, the most wanted first; what does not fit is passed over for what does. */
class Choice {
	readonly #pages: ReadonlyMap<number, PdfPage>;
	readonly #room: number;
	readonly #wholePages = new Set<number>();
	readonly #passages = new Set<Passage>();
	#taken = 0;

	constructor(pages: readonly PdfPage[], room: number) {
		this.#pages = new Map(pages.map((page) => [page.number, page]));
		this.#room = room;
	}

	/** @param part Of the room, that may be taken when the page is in. */
	addPage(number: number, part: number): void {
		const page = this.#pages.get(number);
		if (page && !this.#wholePages.has(number) && this.#taken + tokensOfPage(page) <= this.#room * part) {
			this.#taken += tokensOfPage(page);
			this.#wholePages.add(number);
		}
	}

	addPassage(passage: Passage): void {
		const tokens = tokensOf(passage.text) + tokensOfPageMark;
		if (!this.#wholePages.has(passage.page) && this.#taken + tokens <= this.#room) {
			this.#taken += tokens;
			this.#passages.add(passage);
		}
	}

	selection(): PdfSelection {
		return {
			wholePages: [...this.#wholePages].sort((one, other) => one - other),
			passages: [...this.#passages].sort((one, other) => one.page - other.page || one.start - other.start),
		};
	}
}

function tokensOfPage({ text }: PdfPage): number {
	return tokensOf(normalised(text)) + tokensOfPageMark;
}
