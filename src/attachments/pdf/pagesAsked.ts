import type { OutlineEntry, PdfAttachment } from '../attachment.ts';

type Paged = Pick<PdfAttachment, 'outline'> & {
	readonly pages: readonly Pick<PdfAttachment['pages'][number], 'number' | 'label'>[];
};

/**
 * The pages that a question names, from 1 and in order: `on page 12`, `pp. 3-7 and xii`, `Seite 5`, `第5页`,
 * `the last page`, `appendix A`; or that a list of pages does: `3-7, xii, appendix A`.
 * A page is meant by its printed label; by its place in the file where no page has such a label.
 */
export function pagesAsked(text: string, pdf: Paged): readonly number[] {
	const plain = text.normalize('NFKC');
	const asked = new Set(
		pagesOfList(plain, pdf) ?? [
			...pagesAfterWord(plain, pdf),
			...pagesBeforeWord(plain, pdf),
			...pagesByPlace(plain, pdf),
			...pagesOfSections(plain, pdf),
		],
	);
	return [...asked].sort((one, other) => one - other);
}

/** Words for "page" that come before numbers. The shorter are followed by a full stop, or they are something else. */
const pageWord =
	/(?<![\p{L}\p{N}])(?:pages?|pp?\.|pg\.?|seiten?|s\.|páginas?|pág\.?|paginas?|pag\.?|pagin[ae]|sid(?:an?|or(?:na)?)|side(?:r|ne)?|sivut?|strana|strony|stronach|stron[aęi]|str\.|страниц\p{L}*|стр\.|σελίδ\p{L}*|halaman|sayfa|trang|صفحة|עמוד|第|ページ|頁)\s*/giu;

const dash =
	'(?:\\s*(?:[-‐‑–—~～]|\\bto\\b|\\bthrough\\b|\\bbis\\b|\\bà\\b|\\bau\\b|\\ba\\b|\\bal\\b|\\btot\\b|\\btill\\b|\\bdo\\b|\\bпо\\b|至|到|から)\\s*)';
/** White space has one place in it each time, or a row of separators takes twice as long with every one more. */
const joint =
	'(?:\\s*(?:,|;|&|\\+|、|，|\\band\\b|\\bor\\b|\\bund\\b|\\boder\\b|\\bet\\b|\\bou\\b|\\by\\b|\\be\\b|\\ben\\b|\\boch\\b|\\bi\\b|\\bи\\b|和|と))+\\s*';

/** `12`, `xii`, `A-3`, `B.12` */
const label = '(?:[A-Z]{1,3}[-.]?\\d{1,4}|\\d{1,5}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})(?![\\p{L}\\p{N}])';
const range = `${label}(?:${dash}${label})?`;

const labelPattern = new RegExp(`^${label}$`, 'u');
const rangePattern = new RegExp(`^(${label})(?:${dash}(${label}))?$`, 'u');
const rangesPattern = new RegExp(`${range}(?:${joint}(?:${pageWord.source})?${range})*`, 'uy');

function* pagesAfterWord(text: string, pdf: Paged): Generator<number, void, undefined> {
	for (const word of text.matchAll(pageWord)) {
		rangesPattern.lastIndex = word.index + word[0].length;
		const [list] = rangesPattern.exec(text) ?? [];
		for (const part of list === undefined ? [] : parts(list)) {
			yield* pagesOfRange(part.replace(pageWord, ''), pdf) ?? [];
		}
	}
}

/** `5ページ`, `12쪽`, `3페이지`, `第5页`, `12. oldal`, `5. Seite` */
const beforeWord = /(\d{1,5})\s*(?:ページ|頁|页|쪽|페이지|\.?\s*oldal|\.\s*seite)/giu;

function* pagesBeforeWord(text: string, pdf: Paged): Generator<number, void, undefined> {
	for (const [, number = ''] of text.matchAll(beforeWord)) {
		yield* pagesOfRange(number, pdf) ?? [];
	}
}

const firstOrLast =
	/(?<![\p{L}\p{N}])(first|last|erste[nr]?|letzte[nr]?|première|dernière|primera|última|premier|dernier)\s+(?:(\d{1,2}|two|three|four|five|ten|zwei|drei|deux|trois|dos|tres)\s+)?(?:pages?|seiten?|páginas?)/giu;

const numberWords: Readonly<Record<string, number>> = {
	two: 2,
	three: 3,
	four: 4,
	five: 5,
	ten: 10,
	zwei: 2,
	drei: 3,
	deux: 2,
	trois: 3,
	dos: 2,
	tres: 3,
};

function* pagesByPlace(text: string, { pages }: Paged): Generator<number, void, undefined> {
	for (const [, which = '', many = '1'] of text.matchAll(firstOrLast)) {
		const count = numberWords[many.toLowerCase()] ?? Number(many);
		const found = /^(?:l|d|ú)/iu.test(which) ? pages.slice(-count) : pages.slice(0, count);
		yield* found.map(({ number }) => number);
	}
}

/** Undefined unless the text is nothing but pages and sections. */
function pagesOfList(text: string, pdf: Paged): readonly number[] | undefined {
	const found = text
		.split(/[,;\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((part) => pagesOfRange(part, pdf) ?? pagesOfTitle(part, pdf));
	return found.length > 0 && found.every((pages) => pages !== undefined) ? found.flat() : undefined;
}

function parts(list: string): readonly string[] {
	return list.split(new RegExp(joint, 'u'));
}

/** Undefined when it is no range, or one of pages that there are not. */
function pagesOfRange(text: string, pdf: Paged): readonly number[] | undefined {
	const [, from, to = from] = rangePattern.exec(text.trim()) ?? [];
	if (from === undefined || to === undefined) {
		return undefined;
	}
	// A label such as `A-3` reads like a range as well.
	const whole = labelPattern.test(text.trim()) ? pageOf(text.trim(), pdf) : undefined;
	const [first, last] = whole === undefined ? [pageOf(from, pdf), pageOf(to, pdf)] : [whole, whole];
	if (first === undefined) {
		return undefined;
	}
	const end = last ?? (/^\d+$/.test(to) && Number(to) > first ? pdf.pages.length : first);
	return pdf.pages.slice(Math.min(first, end) - 1, Math.max(first, end)).map(({ number }) => number);
}

function pageOf(name: string, { pages }: Paged): number | undefined {
	const lower = name.toLowerCase();
	return (
		pages.find((page) => page.label === name)?.number ??
		pages.find((page) => page.label.toLowerCase() === lower)?.number ??
		(/^\d+$/.test(name) ? pages[Number(name) - 1]?.number : undefined)
	);
}

/** Words for parts of a document, with the number or letter they have. */
const section =
	/(?<![\p{L}\p{N}])(chapter|section|appendix|annex|part|kapitel|abschnitt|anhang|teil|chapitre|annexe|partie|capítulo|sección|apéndice|anexo|capitolo|sezione|appendice|hoofdstuk|bijlage|第)\s*(\d+(?:\.\d+)*|[A-Z]|[IVXLC]+)(?![\p{L}\p{N}])/giu;

function* pagesOfSections(text: string, pdf: Paged): Generator<number, void, undefined> {
	for (const [whole, word = '', number = ''] of text.matchAll(section)) {
		yield* (
			pagesOfTitle(whole, pdf) ??
			(/^(?:section|abschnitt|sección|sezione)$/iu.test(word) ? pagesOfTitle(number, pdf) : undefined) ??
			[]
		);
	}
}

/** From where the outline has the title, or one that begins with it, to where the next of its rank begins. */
function pagesOfTitle(title: string, { outline, pages }: Paged): readonly number[] | undefined {
	const wanted = comparable(title);
	const index = outline.findIndex((entry) => entry.page !== undefined && isNamed(comparable(entry.title), wanted));
	const entry: OutlineEntry | undefined = outline[index];
	if (wanted === '' || entry?.page === undefined) {
		return undefined;
	}
	const next = outline.slice(index + 1).find(({ depth, page }) => depth <= entry.depth && page !== undefined);
	// The next may begin on the page on which this one ends.
	const last = Math.max(entry.page, next?.page ?? pages.length);
	return pages.slice(entry.page - 1, last).map(({ number }) => number);
}

function isNamed(title: string, wanted: string): boolean {
	return title === wanted || (title.startsWith(wanted) && /^[^\p{L}\p{N}]/u.test(title.slice(wanted.length)));
}

function comparable(title: string): string {
	return title
		.normalize('NFKC')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.replace(/\.(?=\s|$)/g, '')
		.trim();
}
