import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { Attachment, ImageAttachment } from '../../../src/attachments/attachment.ts';
import { normalised } from '../../../src/attachments/passages/passages.ts';
import { deviceModel } from '../../../src/models/device/device.ts';
import { withoutPageLinks } from '../../../src/models/pageLink.ts';
import { deviceWords } from '../../../src/models/device/deviceWords.ts';
import { pdf, picture } from './plannedPdf.ts';
import { quotation } from '../../../src/models/device/deviceMarkdown.ts';
import type { Inquiry, ModelEvent } from '../../../src/models/model.ts';

function image(text: string, name = 'shot.png'): ImageAttachment {
	return {
		kind: 'image',
		name,
		fileType: 'image/png',
		fileSize: 34_400,
		width: 1280,
		height: 720,
		pictureFor: () => Promise.resolve(picture(text)),
	};
}

function inquiry(purpose: Inquiry['purpose'], attachments: readonly Attachment[], question = ''): Inquiry {
	return { purpose, system: '', attachments, earlier: [], question };
}

async function collect(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
	const all: ModelEvent[] = [];
	for await (const event of events) {
		all.push(event);
	}
	return all;
}

function textOf(events: readonly ModelEvent[]): string {
	return events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
}

/** What VS Code does with sentences where no translation is installed. */
const english = {
	t: (message: string, ...values: readonly (string | number)[]) =>
		message.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])),
};

describe('deviceModel', () => {
	let reads = 0;
	const model = deviceModel({
		words: deviceWords(english),
		readText: ({ bytes }, signal) => {
			reads++;
			signal.throwIfAborted();
			return Promise.resolve({ text: new TextDecoder().decode(bytes), confidence: 90 });
		},
	});
	const answer = (asked: Inquiry) => collect(model.answer(asked, new AbortController().signal));
	const answerText = async (asked: Inquiry) => withoutPageLinks(textOf(await answer(asked)));

	it('is on this device and nowhere else', () => {
		assert.deepEqual([model.id, model.host, model.transit], ['device/text', undefined, 'none']);
	});

	it('says what an image is, then what is written in it', async () => {
		const events = await answer(inquiry('describe', [image('File  Edit\n# View')]));
		assert.deepEqual(events, [
			{ kind: 'text', text: 'PNG image, 1280 × 720 px, 33.6 KB.' },
			{
				kind: 'text',
				text: '\n\nText recognised in the image, possibly with errors:\n\n```text\nFile  Edit\n# View\n```',
			},
			{ kind: 'end', reason: 'stop' },
		]);
	});

	it('says that an image has no text', async () => {
		assert.match(await answerText(inquiry('describe', [image('')])), /No text was found in the image\.$/);
	});

	it('fences text that has fences itself', async () => {
		const text = 'a\n````\n![x](https://example.org/x.png)\n````';
		assert.ok((await answerText(inquiry('describe', [image(text)]))).endsWith(`\`\`\`\`\`text\n${text}\n\`\`\`\`\``));
	});

	it('names each of several files', async () => {
		const text = await answerText(inquiry('describe', [image('', 'a*b*.png'), image('', 'c.png')]));
		assert.match(text, /^### a\\\*b\\\*\.png\n\n/);
		assert.match(text, /\n\n### c\.png\n\n/);
	});

	it('says what a PDF is, how it is arranged and how it begins', async () => {
		const paper = pdf([{ text: ' ' }, { text: 'The first\nwords, *exactly*.' }], {
			title: 'On [winches]',
			outline: [
				{ title: '1. Winch', page: 2, depth: 0 },
				{ title: 'Gears', page: undefined, depth: 1 },
			],
		});
		const events = await answer(inquiry('describe', [paper]));
		assert.deepEqual(
			events.find(({ kind }) => kind === 'coverage'),
			{
				kind: 'coverage',
				name: 'paper.pdf',
				pageCount: 2,
				whole: false,
				textPages: [2],
				partPages: [],
				picturePages: [],
				recognisedPages: [],
				damagedPages: [],
			},
		);
		assert.equal(
			textOf(events),
			[
				'PDF, 2 pages, 1.2 MB.',
				'Title: On \\[winches\\]',
				'Contents:',
				'- 1\\. Winch [(p. 2)](page:1/2)\n  - Gears',
				'It begins:',
				'> The first words, \\*exactly\\*. [(p. 2)](page:1/2)',
				'1 of its 2 pages is a picture without a text layer.',
			].join('\n\n'),
		);
	});

	it('shortens a long outline and a long beginning', async () => {
		const entry = { title: 'Part', page: 1, depth: 0 };
		const paper = pdf([{ text: 'word '.repeat(500) }], { outline: Array<typeof entry>(60).fill(entry) });
		const text = await answerText(inquiry('describe', [paper]));
		assert.match(text, /\n- and 20 more\n\n/);
		assert.match(text, /word \(p\. 1\)$/);
		assert.ok(text.length < 1500);
	});

	it('recognises the text of scanned pages, as far as they were drawn', async () => {
		const events = await answer(
			inquiry('describe', [pdf([{ text: '', scan: 'Dear Sir' }, { text: '', scan: '' }, { text: '' }])]),
		);
		assert.partialDeepStrictEqual(
			events.find(({ kind }) => kind === 'coverage'),
			{ kind: 'coverage', textPages: [], recognisedPages: [1, 2] },
		);
		const text = textOf(events);
		assert.match(text, /Its pages are pictures without a text layer/);
		assert.match(text, /Text recognised on page 1, possibly with errors:\n\n```text\nDear Sir\n```\n\n/);
		assert.match(text, /No text was found on page 2\.$/);
	});

	it('answers about a PDF with quotations that stand on the page they name', async () => {
		const pages = [
			{ text: 'The gate\nopens at noon.' },
			{ text: 'Boats wait.' },
			{ text: 'The gate has *two* hinges.' },
		];
		const paper = pdf(pages);
		const text = await answerText(inquiry('ask', [paper], 'When does the gate open?'));
		const quotations = [...text.matchAll(/^> (.*) \(p\. (\d+)\)$/gm)];
		assert.equal(quotations.length, 2);
		for (const [, quoted = '', page] of quotations) {
			const original = normalised(pages[Number(page) - 1]?.text ?? '');
			assert.ok(original.includes(quoted.replaceAll('\\', '')), quoted);
		}
	});

	it('marks quotations of recognised text, and reads a picture once', async () => {
		const scan = pdf([{ text: '', scan: 'The gate opens at noon.' }]);
		reads = 0;
		for (let times = 0; times < 2; times++) {
			const text = await answerText(inquiry('ask', [scan], 'gate'));
			assert.match(text, /> The gate opens at noon\. \(p\. 1, recognised\)$/);
		}
		assert.equal(reads, 1);
	});

	it('names pages as they are printed, and their place in the file', async () => {
		const book = pdf([
			{ text: 'The gate opens.', label: 'xii' },
			{ text: '', scan: 'The gate shuts.', label: 'A-3' },
		]);
		const text = await answerText(inquiry('ask', [book], 'gate'));
		assert.match(text, /> The gate opens\. \(p\. xii, PDF page 1\)$/m);
		assert.match(text, /> The gate shuts\. \(p\. A-3, PDF page 2, recognised\)$/m);
	});

	it('keeps to the pages that the question names', async () => {
		const paper = pdf([{ text: 'The gate opens.' }, { text: 'The gate shuts.' }, { text: 'Boats wait.' }]);
		assert.match(
			await answerText(inquiry('ask', [paper], 'What of the gate on page 2?')),
			/:\n\n> The gate shuts\. \(p\. 2\)$/,
		);
		assert.match(await answerText(inquiry('ask', [paper], 'What is on page 3?')), /:\n\n> Boats wait\. \(p\. 3\)$/);
	});

	it('says that nothing was found', async () => {
		const nothing = 'No text with words of the question was found.';
		assert.equal(await answerText(inquiry('ask', [pdf([{ text: 'The gate opens.' }])], 'elephants')), nothing);
		assert.equal(
			await answerText(inquiry('ask', [image('The gate opens.')], 'What does it say?')),
			`${nothing}\n\nText recognised in the image, possibly with errors:\n\n\`\`\`text\nThe gate opens.\n\`\`\``,
		);
	});

	it('says of an image with several pages which one was read', async () => {
		const events = await answer(inquiry('describe', [{ ...image('A'), pageCount: 3 }]));
		assert.partialDeepStrictEqual(
			events.find(({ kind }) => kind === 'coverage'),
			{ pageCount: 3, recognisedPages: [1] },
		);
	});

	it('answers about an image with its lines', async () => {
		const text = await answerText(inquiry('ask', [image('Tide station\nWarning time 30 minutes')], 'Which warning?'));
		assert.match(text, /:\n\n> Warning time 30 minutes$/);
	});

	it('offers the letters of an image as alt text, and nothing without letters', async () => {
		assert.deepEqual(await answer(inquiry('alt-text', [image('Tide\n\n station ')])), [
			{ kind: 'text', text: 'Tide station' },
			{ kind: 'end', reason: 'stop' },
		]);
		assert.deepEqual(await answer(inquiry('alt-text', [image('')])), [{ kind: 'end', reason: 'stop' }]);
	});

	it('ends when aborted', async () => {
		const controller = new AbortController();
		const events = model.answer(inquiry('describe', [image('text')]), controller.signal);
		assert.equal((await events.next()).value?.kind, 'text');
		controller.abort();
		await assert.rejects(events.next(), { name: 'AbortError' });
	});
});

describe('quotation', () => {
	const markdown = new MarkdownIt({ html: true });
	const marks = '# > - + * _ ` [ ] ( ) ! < & | ~ \\ . 1 = --- &amp; <b> ![a](b) [a]:'.split(' ');
	const mark = fc.constantFrom(...marks, ' ', '1. ', '- ', '[a]: b');

	it('shows any text as it is', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(mark, fc.lorem()), { minLength: 1 }), (parts) => {
				const text = normalised(parts.join(''));
				const tokens = markdown.parse(quotation(text, '(p. 1)'), {});
				const inline = tokens.find(({ type }) => type === 'inline');
				assert.equal(
					inline?.children?.map(({ type, content }) => (/^text/.test(type) ? content : `<${type}>`)).join(''),
					`${text} (p. 1)`.trim(),
				);
				assert.deepEqual(
					tokens.map(({ type }) => type),
					['blockquote_open', 'paragraph_open', 'inline', 'paragraph_close', 'blockquote_close'],
				);
			}),
			{ numRuns: 2000 },
		);
	});
});
