import type { Attachment, ImageAttachment, PdfAttachment, PdfPage, Picture } from '../attachments/attachment.ts';
import { deviceTarget } from '../attachments/fit.ts';
import type { RecognisedText } from '../attachments/recognisedText.ts';
import { inert, quotation, verbatim } from './deviceMarkdown.ts';
import type { DeviceWords } from './deviceWords.ts';
import type { CoverageEvent, Inquiry, Model } from './model.ts';

export interface DeviceServices {
	readonly readText: (picture: Picture, signal: AbortSignal) => Promise<RecognisedText>;
	readonly words: DeviceWords;
}

/** Blocks of Markdown, each as soon as it is known. */
type Blocks = AsyncGenerator<string, void, undefined>;

interface Reading {
	readonly words: DeviceWords;
	/** The text in an image, or a page's picture; read once. */
	readonly textOf: (read: ImageAttachment | Picture) => Promise<string>;
}

const quotationCount = 5;
const outlineLength = 40;

/** In characters. */
const beginningLength = 500;

/** The reader inside the extension: says what files are and what is written in them, never what they show. */
export function deviceModel({ readText, words }: DeviceServices): Model {
	const recognised = new WeakMap<ImageAttachment | Picture, string>();
	return {
		id: 'device/text',
		name: words.name(),
		host: undefined,
		transit: 'none',
		async *answer(inquiry, signal) {
			const reading: Reading = {
				words,
				async textOf(read) {
					const known = recognised.get(read);
					if (known !== undefined) {
						return known;
					}
					const picture = 'pictureFor' in read ? await read.pictureFor(deviceTarget, signal) : read;
					const { text } = await readText(picture, signal);
					recognised.set(read, text);
					return text;
				},
			};
			yield* inquiry.purpose === 'alt-text' ? [] : inquiry.attachments.flatMap(coverage);
			let separator = '';
			for await (const block of blocks(inquiry, reading)) {
				signal.throwIfAborted();
				yield { kind: 'text', text: separator + block };
				separator = '\n\n';
			}
			signal.throwIfAborted();
			yield { kind: 'end', reason: 'stop' };
		},
	};
}

function coverage(attachment: Attachment): readonly CoverageEvent[] {
	if (attachment.kind === 'image') {
		return [];
	}
	const { name, pages } = attachment;
	return [
		{
			kind: 'coverage',
			name,
			pageCount: pages.length,
			textPages: pages.filter(hasText).map(({ number }) => number),
			picturePages: readableScans(pages).map(({ number }) => number),
		},
	];
}

async function* blocks(inquiry: Inquiry, reading: Reading): Blocks {
	switch (inquiry.purpose) {
		case 'describe':
			for (const attachment of inquiry.attachments) {
				yield* heading(inquiry, attachment);
				yield* attachment.kind === 'image' ? describeImage(attachment, reading) : describePdf(attachment, reading);
			}
			break;
		case 'ask':
			for (const attachment of inquiry.attachments) {
				yield* heading(inquiry, attachment);
				yield* attachment.kind === 'image'
					? askImage(attachment, inquiry.question, reading)
					: askPdf(attachment, inquiry.question, reading);
			}
			break;
		case 'alt-text':
			yield* altText(inquiry.attachments, reading);
			break;
	}
}

function* heading({ attachments }: Inquiry, { name }: Attachment): Generator<string, void, undefined> {
	if (attachments.length > 1) {
		yield `### ${inert(name)}`;
	}
}

async function* describeImage(image: ImageAttachment, { words, textOf }: Reading): Blocks {
	yield words.imageFacts(image);
	const text = await textOf(image);
	yield text === '' ? words.noTextInImage() : `${words.recognisedInImage()}\n\n${verbatim(text)}`;
}

async function* describePdf(pdf: PdfAttachment, { words, textOf }: Reading): Blocks {
	const { pages, title, outline } = pdf;
	yield words.pdfFacts({ pages: pages.length, fileSize: pdf.fileSize });
	if (title !== undefined) {
		yield words.title(inert(title));
	}
	if (outline.length > 0) {
		yield `${words.outline()}\n\n${outlineList(pdf, words)}`;
	}
	const first = pages.find(hasText);
	if (first) {
		const { normalised } = await import('../attachments/passages.ts');
		yield `${words.beginning()}\n\n${quotation(beginning(normalised(first.text)), words.page(first.number))}`;
	}
	const scanned = pages.filter((page) => !hasText(page)).length;
	if (scanned > 0) {
		yield words.scannedPages(scanned, pages.length);
	}
	for (const { number, picture } of readableScans(pages)) {
		const text = await textOf(picture);
		yield text === '' ? words.noTextOnPage(number) : `${words.recognisedOnPage(number)}\n\n${verbatim(text)}`;
	}
}

function outlineList({ outline }: PdfAttachment, words: DeviceWords): string {
	const lines = outline.slice(0, outlineLength).map(({ title, page, depth }) => {
		const reference = page === undefined ? '' : ` ${words.page(page)}`;
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
	if (text === '') {
		yield words.noTextInImage();
		return;
	}
	const { bestOf } = await import('../attachments/passages.ts');
	const lines = text.split('\n').map((line) => ({ page: 1, text: line }));
	const found = await bestOf(lines, question, quotationCount);
	yield found.length === 0
		? words.nothingFound()
		: [words.linesFound(), ...found.map((line) => `> ${inert(line.text)}`)].join('\n\n');
}

async function* askPdf({ pages }: PdfAttachment, question: string, { words, textOf }: Reading): Blocks {
	const { bestPassages } = await import('../attachments/passages.ts');
	const recognised = new Map<number, string>();
	for (const { number, picture } of readableScans(pages)) {
		recognised.set(number, await textOf(picture));
	}
	const withText = pages.map((page) => ({ ...page, text: recognised.get(page.number) ?? page.text }));
	const found = await bestPassages({ pages: withText }, question, quotationCount);
	if (found.length === 0) {
		yield words.nothingFound();
		return;
	}
	yield words.passagesFound();
	for (const { page, text } of found) {
		yield quotation(text, recognised.has(page) ? words.recognisedPage(page) : words.page(page));
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

/** Pages without text of their own, of which there is a picture. */
function readableScans(pages: readonly PdfPage[]): readonly { readonly number: number; readonly picture: Picture }[] {
	return pages.flatMap((page) =>
		hasText(page) || !page.picture ? [] : [{ number: page.number, picture: page.picture }],
	);
}
