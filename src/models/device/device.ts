import type { Attachment, ImageAttachment, PdfAttachment, PdfPage } from '../../attachments/attachment.ts';
import { deviceTarget } from '../../attachments/images/fit.ts';
import { bestOf, bestPassages, normalised, type Passage, passages } from '../../attachments/passages/passages.ts';
import { inert, quotation, verbatim } from './deviceMarkdown.ts';
import type { DeviceWords, PageName } from './deviceWords.ts';
import type { CoverageEvent, Inquiry, Model } from '../model.ts';
import { pageLink } from '../pageLink.ts';
import { firstPages } from '../parts/imageParts.ts';
import { askedPages } from '../parts/pdfSelection.ts';
import { type ReadText, recognisePages, scannedPages, withRecognised } from '../parts/recognisedPages.ts';

export interface DeviceServices {
	readonly readText: ReadText;
	readonly words: DeviceWords;
}

/** Blocks of Markdown, each as soon as it is known, and what was read of a PDF for them. */
type Blocks = AsyncGenerator<string | CoverageEvent, void, undefined>;

interface Reading {
	readonly words: DeviceWords;
	/** The text in an image; read once. */
	readonly textOf: (image: ImageAttachment) => Promise<string>;
	/** The text in the pictures of pages; see `recognisePages`. */
	readonly textOfPages: (pdf: PdfAttachment, wanted: readonly number[]) => Promise<ReadonlyMap<number, string>>;
}

const quotationCount = 5;
const outlineLength = 40;

/** How many scanned pages a description recognises: enough to see what it is. */
const recognisedInDescription = 4;

/** In characters. */
const beginningLength = 500;

/** The reader inside the extension: says what files are and what is written in them, never what they show. */
export function deviceModel({ readText, words }: DeviceServices): Model {
	const recognised = new WeakMap<ImageAttachment, string>();
	return {
		id: 'device/text',
		name: words.name(),
		host: undefined,
		transit: 'none',
		async *answer(inquiry, signal) {
			const reading: Reading = {
				words,
				async textOf(image) {
					const text =
						recognised.get(image) ?? (await readText(await image.pictureFor(deviceTarget, signal), signal)).text;
					recognised.set(image, text);
					return text;
				},
				textOfPages: (pdf, wanted) => recognisePages(pdf, wanted, readText, signal),
			};
			let separator = '';
			for await (const block of blocks(inquiry, reading)) {
				signal.throwIfAborted();
				if (typeof block === 'string') {
					yield { kind: 'text', text: separator + block };
					separator = '\n\n';
				} else {
					yield block;
				}
			}
			signal.throwIfAborted();
			yield { kind: 'end', reason: 'stop' };
		},
	};
}

function coverage({ name, pages }: PdfAttachment, recognised: ReadonlyMap<number, string>): CoverageEvent {
	const numbers = (which: (page: PdfPage) => boolean): readonly number[] =>
		pages.filter(which).map(({ number }) => number);
	return {
		kind: 'coverage',
		name,
		pageCount: pages.length,
		whole: false,
		textPages: numbers((page) => hasText(page) || page.shows === 'nothing'),
		partPages: [],
		picturePages: [],
		recognisedPages: numbers(({ number }) => recognised.has(number)),
		damagedPages: numbers(({ shows }) => shows === 'damaged'),
	};
}

async function* blocks(inquiry: Inquiry, reading: Reading): Blocks {
	switch (inquiry.purpose) {
		case 'describe':
			for (const attachment of inquiry.attachments) {
				yield* heading(inquiry, attachment);
				yield* attachment.kind === 'image'
					? describeImage(attachment, reading)
					: describePdf(attachment, pageReferences(inquiry, attachment, reading), reading);
			}
			break;
		case 'ask':
			for (const attachment of inquiry.attachments) {
				yield* heading(inquiry, attachment);
				yield* attachment.kind === 'image'
					? askImage(attachment, inquiry.question, reading)
					: askPdf(attachment, inquiry.question, pageReferences(inquiry, attachment, reading), reading);
			}
			break;
		case 'alt-text':
			yield* altText(inquiry.attachments, reading);
			break;
	}
}

/** Names a page, in words that lead there. */
type PageReferences = (page: PageName, named?: DeviceWords['page']) => string;

function pageReferences({ attachments }: Inquiry, pdf: PdfAttachment, { words }: Reading): PageReferences {
	const file = pdf.number ?? attachments.indexOf(pdf) + 1;
	return (page, named = words.page) => pageLink(named(page), { file, page: page.number });
}

function* heading({ attachments }: Inquiry, { name }: Attachment): Generator<string, void, undefined> {
	if (attachments.length > 1) {
		yield `### ${inert(name)}`;
	}
}

async function* describeImage(image: ImageAttachment, { words, textOf }: Reading): Blocks {
	yield words.imageFacts(image);
	yield* wholeText(await textOf(image), words);
	yield* firstPages([image], 'recognisedPages');
}

function* wholeText(text: string, words: DeviceWords): Generator<string, void, undefined> {
	yield text === '' ? words.noTextInImage() : `${words.recognisedInImage()}\n\n${verbatim(text)}`;
}

async function* describePdf(pdf: PdfAttachment, refer: PageReferences, { words, textOfPages }: Reading): Blocks {
	const { pages, title, outline } = pdf;
	yield words.pdfFacts({ pages: pages.length, fileSize: pdf.fileSize });
	if (title !== undefined) {
		yield words.title(inert(title));
	}
	if (outline.length > 0) {
		yield `${words.outline()}\n\n${outlineList(pdf, refer, words)}`;
	}
	const first = pages.find(hasText);
	if (first) {
		yield `${words.beginning()}\n\n${quotation(beginning(normalised(first.text)), refer(first))}`;
	}
	const scanned = scannedPages(pdf);
	if (scanned.length > 0) {
		yield words.scannedPages(scanned.length, pages.length);
	}
	const recognised = new Map<number, string>();
	for (const number of scanned.slice(0, recognisedInDescription)) {
		const text = (await textOfPages(pdf, [number])).get(number);
		if (text !== undefined) {
			recognised.set(number, text);
			const page = pages[number - 1] ?? { number, label: String(number) };
			yield text === '' ? words.noTextOnPage(page) : `${words.recognisedOnPage(page)}\n\n${verbatim(text)}`;
		}
	}
	yield coverage(pdf, recognised);
}

function outlineList({ outline, pages }: PdfAttachment, refer: PageReferences, words: DeviceWords): string {
	const lines = outline.slice(0, outlineLength).map(({ title, page, depth }) => {
		const target = page === undefined ? undefined : pages[page - 1];
		const reference = target ? ` ${refer(target)}` : '';
		return `${'  '.repeat(depth)}- ${inert(title)}${reference}`;
	});
	const rest = outline.length - lines.length;
	return [...lines, ...(rest > 0 ? [`- ${words.moreInOutline(rest)}`] : [])].join('\n');
}

/** Whole words from the start of a page. */
function beginning(text: string): string {
	if (text.length <= beginningLength) {
		return text;
	}
	const end = text.lastIndexOf(' ', beginningLength);
	return text.slice(0, end > 0 ? end : beginningLength);
}

async function* askImage(image: ImageAttachment, question: string, { words, textOf }: Reading): Blocks {
	const text = await textOf(image);
	const lines = text.split('\n').map((line) => ({ page: 1, text: line }));
	const found = await bestOf(lines, question, quotationCount);
	if (found.length > 0) {
		yield [words.linesFound(), ...found.map((line) => `> ${inert(line.text)}`)].join('\n\n');
	} else {
		if (text !== '') {
			yield words.nothingFound();
		}
		// `What does it say?` has no word of the image; what is there is the answer.
		yield* wholeText(text, words);
	}
	yield* firstPages([image], 'recognisedPages');
}

async function* askPdf(
	pdf: PdfAttachment,
	question: string,
	refer: PageReferences,
	{ words, textOfPages }: Reading,
): Blocks {
	const asked = askedPages({ purpose: 'ask', questions: [question] }, pdf);
	const scanned = scannedPages(pdf);
	const wanted = [...asked.filter((page) => scanned.includes(page)), ...scanned];
	const recognised = await textOfPages(pdf, [...new Set(wanted)]);
	yield coverage(pdf, recognised);
	const searched = withRecognised(pdf, recognised);
	const best = await bestPassages(searched, question, asked.length > 0 ? Infinity : quotationCount);
	const onAskedPages = (list: readonly Passage[]): readonly Passage[] =>
		list.filter(({ page }) => asked.includes(page)).slice(0, quotationCount);
	// `What is on page 3?` has no word of the page; what is there is the answer.
	const found = [onAskedPages(best), asked.length > 0 ? onAskedPages(passages(searched)) : best].find(
		(list) => list.length > 0,
	);
	if (!found) {
		yield words.nothingFound();
		return;
	}
	yield words.passagesFound();
	for (const { page: number, text } of found) {
		const page = pdf.pages[number - 1] ?? { number, label: String(number) };
		yield quotation(text, refer(page, recognised.has(number) ? words.recognisedPage : words.page));
	}
}

/** The letters of a screenshot, as a start for its author; nothing when there are none. */
async function* altText(attachments: readonly Attachment[], { textOf }: Reading): Blocks {
	for (const attachment of attachments) {
		if (attachment.kind === 'image') {
			const text = (await textOf(attachment)).replace(/\s+/g, ' ').trim();
			if (text !== '') {
				yield text;
			}
		}
	}
}

function hasText({ text }: PdfPage): boolean {
	return text.trim() !== '';
}
