import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { PdfAttachment } from '../../../src/attachments/attachment.ts';
import { bestPassages, normalised } from '../../../src/attachments/passages/passages.ts';
import { type BookQuestion, questions } from '../../fixtures/books/questions.ts';
import { never } from './fixtures.ts';
import { pdfReaders } from './pdfReaders.ts';

type Book = keyof typeof questions;

/** Questions in other words than the books', 54 and 28, over 61 and 213 pages. */
describe('passages found in books', function () {
	this.timeout(20_000);
	const { pdfs: reader } = pdfReaders();
	const books = new Map<Book, PdfAttachment>();
	/** Their pages in new lists, as a search is kept by these. */
	const withoutOutline = new Map<Book, Pick<PdfAttachment, 'pages' | 'outline'>>();
	before(async () => {
		for (const name of ['handbook.pdf', 'client.pdf'] as const) {
			const bytes = new Uint8Array(await readFile(new URL(`../../fixtures/books/${name}`, import.meta.url)));
			const book = await reader.read(name, bytes, {}, never);
			books.set(name, book);
			withoutOutline.set(name, { pages: [...book.pages], outline: [] });
		}
	});

	const asked = (half: 'tuned' | 'kept back'): readonly (readonly [Book, BookQuestion])[] =>
		[...books.keys()].flatMap((name) =>
			questions[name]
				.filter((_, index) => (index % 2 === 0) === (half === 'tuned'))
				.map((question): readonly [Book, BookQuestion] => [name, question]),
		);

	function pagesWith(answer: string, { pages }: PdfAttachment): readonly number[] {
		return pages.filter(({ text }) => normalised(text).includes(answer)).map(({ number }) => number);
	}

	/** Of the questions, how many have a page with the answer among their best eight passages; and which do not. */
	async function recall(half: 'tuned' | 'kept back', outlined: boolean) {
		const missed: string[] = [];
		for (const [name, { question, answer }] of asked(half)) {
			const book = books.get(name);
			const searched = outlined ? book : withoutOutline.get(name);
			assert.ok(book && searched);
			const found = await bestPassages(searched, question, 8);
			const right = pagesWith(answer, book);
			if (!found.some(({ page }) => right.includes(page))) {
				missed.push(question);
			}
		}
		return { share: 1 - missed.length / asked(half).length, missed: missed.join('\n') };
	}

	it('are for questions of which each has its answer on a page or two', () => {
		const all = [...asked('tuned'), ...asked('kept back')];
		assert.ok(all.length >= 60);
		for (const [name, { answer }] of all) {
			const book = books.get(name);
			assert.ok(book);
			const pages = pagesWith(answer, book);
			assert.ok(pages.length >= 1 && pages.length <= 3, `${answer}: ${pages.join(', ')}`);
		}
	});

	for (const half of ['tuned', 'kept back'] as const) {
		it(`hold the answer to nine in ten of the questions ${half}`, async () => {
			const { share, missed } = await recall(half, true);
			assert.ok(share >= 0.9, `${share.toFixed(3)}; missed:\n${missed}`);
		});

		it(`hold the answer to most of the questions ${half}, in a book without an outline`, async () => {
			const { share, missed } = await recall(half, false);
			assert.ok(share >= 0.85, `${share.toFixed(3)}; missed:\n${missed}`);
		});
	}
});
