import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PdfAttachment } from '../../../src/attachments/attachment.ts';
import type { Part } from '../../../src/client/request.ts';
import { pageRanges } from '../../../src/models/parts/pageRanges.ts';
import { pdfParts, type PdfReading } from '../../../src/models/parts/pdfParts.ts';
import { readingLimits, tokensOf } from '../../../src/models/parts/readingLimits.ts';
import { pdf } from './plannedPdf.ts';

const openai = { protocol: 'chat-completions', baseUrl: 'https://api.openai.com/v1' };
const google = { protocol: 'gemini', baseUrl: 'https://generativelanguage.googleapis.com' };
const ollama = { protocol: 'chat-completions', baseUrl: 'http://127.0.0.1:11434/v1' };
const lmStudio = { protocol: 'chat-completions', baseUrl: 'http://127.0.0.1:1234/v1' };
const azure = { protocol: 'chat-completions', baseUrl: 'https://mine.openai.azure.com/openai/v1' };
const compatible = {
	protocol: 'chat-completions',
	baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai/',
};
const openRouter = { protocol: 'chat-completions', baseUrl: 'https://openrouter.ai/api/v1' };

const never = new AbortController().signal;

const reading: PdfReading = {
	endpoint: lmStudio,
	model: 'qwen3-vl',
	sees: 'yes',
	purpose: 'ask',
	questions: ['Where is the winch?'],
	files: 1,
	pictures: Infinity,
	pictureBytes: Infinity,
	readText: ({ bytes }) => Promise.resolve({ text: new TextDecoder().decode(bytes), confidence: 90 }),
};

const read = (of: PdfAttachment, more: Partial<PdfReading> = {}) => pdfParts(of, 1, { ...reading, ...more }, never);

function textOf(parts: readonly Part[]): string {
	return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
}

function kinds(parts: readonly Part[]): string {
	return parts.map(({ kind }) => kind).join(' ');
}

/** Six pages: text, a figure, a scan, a blank, a damaged one, text. */
const mixed = () =>
	pdf([
		{ text: 'The winch is on the pier.', label: 'i' },
		{ text: 'Figure 1.', shows: 'text-and-figures', scan: 'drawing', label: 'ii' },
		{ text: '', scan: 'Dear Sir', label: '1' },
		{ text: '', shows: 'nothing', label: '2' },
		{ text: '', shows: 'damaged', label: '3' },
		{ text: 'The end.', label: '4' },
	]);

/** So many pages of 300 words or so; every tenth has a word of its own. */
function long(count: number): PdfAttachment {
	const filler = 'A boat that waits beyond the sill may enter only with the tide and leaves with it. '.repeat(18);
	return pdf(
		Array.from({ length: count }, (_, index) => ({
			text: index % 10 === 9 ? `${filler} The capstan number ${index + 1} is greased. ${filler}` : filler,
		})),
		{
			outline: Array.from({ length: count / 5 }, (_, index) => ({
				title: `Part ${index + 1}`,
				page: 5 * index + 1,
				depth: index % 4,
			})),
		},
	);
}

describe('pdfParts', () => {
	it('sends the file where the server takes it, with its pages for one that refuses it', async () => {
		for (const [endpoint, model] of [
			[openai, 'gpt-4o'],
			[google, 'gemini-3.1-flash-lite-preview'],
			[openRouter, 'some/new-model'],
			[{ ...openai, baseUrl: 'https://models.example.org/v1' }, 'unheard-of'],
		] as const) {
			const file = mixed();
			const { parts, coverage } = await read(file, { endpoint, model });
			assert.equal(kinds(parts), 'text pdf', endpoint.baseUrl);
			assert.partialDeepStrictEqual(coverage(), { whole: true, textPages: [], damagedPages: [5] });
			const part = parts[1];
			assert.ok(part?.kind === 'pdf' && part.content === file.bytes && part.name === file.name);
			const pages = await part.instead?.();
			assert.equal(kinds(pages ?? []), 'text text image text image');
			assert.partialDeepStrictEqual(coverage(), { whole: false, picturePages: [2, 3] });
		}
	});

	it('sends pages where a file is known to be refused, or opens only here', async () => {
		for (const endpoint of [ollama, lmStudio, azure, compatible]) {
			const { parts } = await read(mixed(), { endpoint, model: 'gemini-3-pro' });
			assert.equal(parts.filter(({ kind }) => kind === 'pdf').length, 0, endpoint.baseUrl);
		}
		const locked = pdf([{ text: 'Secret.' }], { opensElsewhere: false });
		assert.equal(kinds((await read(locked, { endpoint: openai, model: 'gpt-4o' })).parts), 'text');
	});

	it('sends no file that is larger or longer than is taken', async () => {
		const hosted = { endpoint: openai, model: 'gpt-4o' };
		const large = pdf([{ text: 'Text.' }], { fileSize: 40_000_000 });
		assert.equal(kinds((await read(large, hosted)).parts), 'text');
		// 100 pages at 1105 tokens for their pictures do not fit in 128,000 beside the answer.
		assert.equal(kinds((await read(long(100), hosted)).parts), 'text');
		assert.equal(kinds((await read(long(100), { endpoint: google, model: 'gemini-3-flash' })).parts), 'text pdf');
		assert.equal(kinds((await read(mixed(), { ...hosted, files: 10 })).parts), 'text pdf');
		assert.equal(
			kinds((await read(pdf([{ text: '' }], { fileSize: 2_000_000 }), { ...hosted, files: 40 })).parts).includes('pdf'),
			false,
		);
	});

	it('gives the text of pages under their numbers, printed ones too, and pictures of those that are more', async () => {
		const { parts, coverage } = await read(mixed());
		const text = textOf(parts);
		assert.match(
			text,
			/^File 1: PDF "paper\.pdf", 6 pages\. The numbers printed on pages .*: 1–2 are i–ii, 3–6 are 1–4\. Name pages/,
		);
		assert.match(text, /\[page 1, printed "i"\]\nThe winch is on the pier\.\n\n\[page 2, printed "ii"\]\nFigure 1\./);
		assert.match(text, /Pages 5 are damaged and cannot be read\./);
		assert.match(
			text,
			/Picture of page 2 of file 1:\nPicture of page 3 of file 1:|Picture of page 2[^]*Picture of page 3/,
		);
		assert.deepEqual(coverage(), {
			kind: 'coverage',
			name: 'paper.pdf',
			pageCount: 6,
			whole: false,
			textPages: [1, 2, 4, 6],
			partPages: [],
			picturePages: [2, 3],
			recognisedPages: [],
			damagedPages: [5],
		});
	});

	it('gives a model that sees nothing the recognised text of scans, and no picture', async () => {
		const { parts, coverage } = await read(mixed(), { sees: 'no', endpoint: openai, model: 'gpt-3.5-turbo' });
		assert.equal(kinds(parts), 'text');
		assert.match(textOf(parts), /\[page 3, printed "1", recognised, possibly with errors\]\nDear Sir/);
		assert.partialDeepStrictEqual(coverage(), { picturePages: [], recognisedPages: [3], textPages: [1, 2, 4, 6] });
		const { parts: throughOpenRouter } = await read(mixed(), { sees: 'no', endpoint: openRouter, model: 'x/blind' });
		assert.equal(kinds(throughOpenRouter), 'text pdf');
	});

	it('finds what a long file says of the question, and says what it left out', async () => {
		const { parts, coverage } = await read(long(500), { questions: ['Is capstan number 340 greased?'] });
		const text = textOf(parts);
		assert.match(text, /The capstan number 340 is greased\./);
		const covered = coverage();
		assert.ok(covered.textPages.includes(340));
		const missing = Array.from({ length: 500 }, (_, index) => index + 1).filter(
			(page) => !covered.textPages.includes(page),
		);
		assert.ok(text.includes(`pages ${pageRanges(missing)} are not given`), 'says exactly which');
	});

	it('gives the pages that a question names, also after the next question', async () => {
		for (const questions of [
			['What do pages 212-214 say of boats?'],
			['What do pages 212-214 say of boats?', 'And what else?'],
		]) {
			const { coverage } = await read(long(500), { questions });
			assert.deepEqual(
				[212, 213, 214].map((page) => coverage().textPages.includes(page)),
				[true, true, true],
			);
		}
		const figures = pdf([
			{ text: 'Text.', scan: 'page' },
			{ text: 'Text.', scan: 'page' },
		]);
		const { coverage } = await read(figures, { questions: ['What does page 2 look like?'] });
		assert.deepEqual(coverage().picturePages, [2]);
	});

	it('draws the figures near the question of a long file, and scans after them', async () => {
		const { pages } = long(400);
		const book = pdf(
			pages.map(({ text }, index) =>
				index < 20
					? { text: '', scan: 'scan' }
					: index % 7 === 0
						? { text: `${text} Figure: a capstan.`, shows: 'text-and-figures', scan: 'figure' }
						: { text, ...(index === 299 ? { shows: 'text-and-figures', scan: 'figure' } : {}) },
			),
		);
		const { coverage } = await read(book, { questions: ['How is capstan number 300 greased?'] });
		const { picturePages } = coverage();
		assert.ok(picturePages.includes(300) && !picturePages.includes(1), pageRanges(picturePages));
		const short = await read(
			pdf([
				{ text: 'Capstan.', shows: 'text-and-figures', scan: 'a' },
				{ text: '', scan: 'b' },
			]),
		);
		assert.deepEqual(short.coverage().picturePages, [1, 2]);
	});

	it('leaves no text out for the sake of figures that fit beside it', async () => {
		const deck = pdf(
			Array.from({ length: 30 }, () => ({ text: 'word '.repeat(150), shows: 'text-and-figures', scan: 'slide' })),
		);
		const { coverage } = await read(deck);
		assert.equal(coverage().textPages.length, 30);
		assert.ok(coverage().picturePages.length > 0);
	});

	it('describes a long file by its outline, its beginning and how its parts begin', async () => {
		const { parts, coverage } = await read(long(500), { purpose: 'describe', questions: ['Describe this PDF.'] });
		assert.match(textOf(parts), /Its outline:\n- Part 1 \(p\. 1\)/);
		const { textPages, partPages } = coverage();
		assert.deepEqual(textPages.slice(0, 3), [1, 2, 3]);
		assert.ok(partPages.length > 10 && partPages.every((page) => page % 5 === 1), pageRanges(partPages));
	});

	it('keeps within the limits of the model, and covers what it says', async () => {
		const page = fc.record({
			text: fc.oneof(
				fc.constant(''),
				fc.lorem({ mode: 'sentences', maxCount: 40, size: 'max' }),
				fc.string({ unit: 'grapheme', maxLength: 400 }),
			),
			scan: fc.constant('scan'),
			shows: fc.constantFrom('text', 'text-and-figures', 'picture', 'nothing', 'damaged'),
		});
		const target = fc.constantFrom(...[ollama, lmStudio].map((endpoint) => ({ endpoint, model: 'a' })), {
			endpoint: azure,
			model: 'gpt-4o',
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(page, { minLength: 1, maxLength: 60, size: 'max' }),
				target,
				fc.constantFrom('yes', 'no', 'unknown'),
				fc.constantFrom('ask', 'describe'),
				fc.integer({ min: 1, max: 4 }),
				async (pages, { endpoint, model }, sees, purpose, files) => {
					// As PDFium tells it: what is blank, damaged or a picture has no text.
					const true_ = pages.map((one) => ({ ...one, text: one.shows.startsWith('text') ? one.text : '' }));
					const { parts, coverage } = await read(pdf(true_), {
						endpoint,
						model,
						sees,
						purpose,
						files,
						questions: ['dolor sit? page 3'],
					});
					const limits = readingLimits(endpoint, model, undefined);
					const pictures = parts.filter(({ kind }) => kind === 'image').length;
					const cost = tokensOf(textOf(parts)) + pictures * limits.pictureTokens;
					// What is said around the pages: labels, and what is left out.
					assert.ok(cost <= limits.tokens / files + 400, `${cost} of ${limits.tokens / files}`);
					const covered = coverage();
					const marks = [...textOf(parts).matchAll(/^\[page (\d+)[^\]]*?(, in part)?\]$/gm)];
					assert.deepEqual(
						marks.filter(([, , part]) => part === undefined).map(([, number]) => Number(number)),
						[...covered.textPages.filter((number) => true_[number - 1]?.text.trim()), ...covered.recognisedPages].sort(
							(one, other) => one - other,
						),
					);
					assert.equal(pictures, covered.picturePages.length);
				},
			),
			{ numRuns: 60 },
		);
	});
});

describe('readingLimits', () => {
	it('takes what the server says over what the name says', () => {
		assert.ok(readingLimits(ollama, 'gemma3', undefined).tokens < 4_096);
		assert.ok(readingLimits(ollama, 'gemma3', 32_768).tokens > 20_000);
		assert.ok(readingLimits(openai, 'gpt-4o', undefined).tokens < 128_000);
	});
});

describe('tokensOf', () => {
	it('counts letters and characters of dense scripts apart', () => {
		assert.equal(tokensOf('a'.repeat(360)), 100);
		assert.equal(tokensOf('潮'.repeat(100)), 100);
	});
});
