import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PdfPage } from '../../../src/attachments/attachment.ts';
import { bestOf, bestPassages, normalised, passages } from '../../../src/attachments/passages/passages.ts';

function pdf(...texts: readonly string[]) {
	return { pages: texts.map((text, index) => page(index + 1, text)) };
}

function page(number: number, text: string): PdfPage {
	return { number, label: String(number), text, width: 612, height: 792, shows: 'text' };
}

const text = fc
	.array(fc.oneof(fc.lorem({ mode: 'sentences' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '. ', '   ')))
	.map((parts) => parts.join(''));

describe('passages', () => {
	it('are exact quotations of their page, in order and without loss', () => {
		fc.assert(
			fc.property(fc.array(text), (texts) => {
				const found = passages(pdf(...texts));
				texts.forEach((page, index) => {
					const own = found.filter((passage) => passage.page === index + 1);
					for (const passage of own) {
						assert.ok(normalised(page).startsWith(passage.text, passage.start));
						assert.ok(passage.text.length > 0 && passage.text.length <= 1000);
					}
					const letters = (words: string) => words.replace(/\s/g, '');
					assert.equal(letters(own.map((passage) => passage.text).join('')), letters(page));
				});
			}),
		);
	});

	it('end where sentences end', () => {
		const sentence =
			'The harbour dries at low water, and boats lie on the mud until the tide is back in the basin again.';
		const found = passages(pdf(Array(6).fill(sentence).join('\n')));
		assert.deepEqual(
			found.map((passage) => passage.text),
			Array(2).fill(`${sentence} ${sentence} ${sentence}`),
		);
	});

	it('cut what has no sentences between words', () => {
		const found = passages(pdf('word '.repeat(1000)));
		assert.ok(found.length >= 5);
		assert.ok(found.every((passage) => /^(?:word ?)+$/.test(passage.text)));
	});

	it('leave pages without text out', () => {
		assert.deepEqual(passages(pdf('', '  \n', 'Text.')), [{ page: 3, start: 0, text: 'Text.' }]);
	});
});

describe('bestPassages', () => {
	const book = pdf(
		'The winch lifts four tonnes. It was built in 1911.',
		'Ferries leave at noon. The noon ferry does not sail in winter.',
		'Silt is removed in March. Café prices fell. 船は正午に出発します。',
	);
	const pagesFor = async (question: string, count = 5) =>
		(await bestPassages(book, question, count)).map((passage) => passage.page);

	it('find the page that speaks of it', async () => {
		assert.deepEqual(await pagesFor('When was the winch built?'), [1]);
		assert.deepEqual(await pagesFor('Do boats to the islands sail in winter?'), [2]);
	});

	it('find words whatever their case, accents and plural', async () => {
		assert.deepEqual(await pagesFor('CAFES'), [3]);
		assert.deepEqual(await pagesFor('winches'), [1]);
	});

	it('find words of languages written without spaces', async () => {
		assert.deepEqual(await pagesFor('正午'), [3]);
	});

	it('find what is said in other words, after what is said in these', async () => {
		const manual = pdf(
			'The pump is removed with a key.',
			'Ships wait here.',
			'To delete the pump record, write to us.',
		);
		const found = await bestPassages(manual, 'How do I erase it?', 5);
		assert.deepEqual(found.map((passage) => passage.page).sort(), [1, 3]);
		assert.deepEqual(
			(await bestPassages(manual, 'How do I delete it?', 1)).map((passage) => passage.page),
			[3],
		);
	});

	it('find a passage by the heading it stands under, and do not quote that', async () => {
		const tariff = {
			...pdf('Berths. It is 14 a night.', 'Half of that on Sundays.', 'Pilots. It is 90.', 'Half of that on Sundays.'),
			outline: [
				{ title: 'Berths', page: 1, depth: 0 },
				{ title: 'Pilots', page: 3, depth: 0 },
			],
		};
		const [best] = await bestPassages(tariff, 'What of pilots on Sundays?', 1);
		assert.deepEqual(best, { page: 4, start: 0, text: 'Half of that on Sundays.', headings: 'Pilots' });
	});

	it('find parts of names in code', async () => {
		assert.equal((await bestPassages(pdf('Set maxBodySize to zero.', 'Nothing.'), 'body size', 5)).length, 1);
	});

	it('are the best first, and no more than asked for', async () => {
		assert.deepEqual(await pagesFor('noon ferry winch'), [2, 1]);
		assert.deepEqual(await pagesFor('noon ferry winch', 1), [2]);
	});

	it('are none without a word in common', async () => {
		assert.deepEqual(await pagesFor('elephants'), []);
		assert.deepEqual(await pagesFor('What is this about?'), []);
		assert.deepEqual(await pagesFor(''), []);
		assert.deepEqual(await bestPassages(pdf(), 'winch', 5), []);
	});

	it('choose among lines as well', async () => {
		const lines = ['Tide station', 'Warning time', '30 minutes'].map((line) => ({ page: 1, text: line }));
		assert.deepEqual(await bestOf(lines, 'warning', 5), [{ page: 1, text: 'Warning time' }]);
	});
});
