import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pagesAsked } from '../../../src/attachments/pdf/pagesAsked.ts';

/** i to iv, then 1 to 90, then: a hundred leaves. */
const labels = [
	...['i', 'ii', 'iii', 'iv'],
	...Array.from({ length: 90 }, (_, index) => String(index + 1)),
	...Array.from({ length: 6 }, (_, index) => `A-${index + 1}`),
];
const book = {
	pages: labels.map((label, index) => ({ number: index + 1, label })),
	outline: [
		{ title: 'Preface', page: 1, depth: 0 },
		{ title: '1 Berths', page: 5, depth: 0 },
		{ title: '1.1 Summer', page: 6, depth: 1 },
		{ title: '1.2 Winter', page: 9, depth: 1 },
		{ title: 'Chapter 2. Pilots', page: 12, depth: 0 },
		{ title: 'Appendix A: Forms', page: 95, depth: 0 },
	],
};
/** Ten leaves with no labels of their own. */
const paper = {
	pages: Array.from({ length: 10 }, (_, index) => ({ number: index + 1, label: String(index + 1) })),
	outline: [],
};

describe('pagesAsked', () => {
	const inBook: readonly (readonly [question: string, pages: readonly number[]])[] = [
		['What is on page 12?', [16]],
		['Summarise pages 3-7.', [7, 8, 9, 10, 11]],
		['Compare pages 3 to 5 with page 80', [7, 8, 9, 84]],
		['See pp. 1–2, 4 and 6 for tariffs', [5, 6, 8, 10]],
		['What does p. xii say?', []],
		['What does p. iii say?', [3]],
		['Who signs page A-3?', [97]],
		['Translate pages A-2 to A-4', [96, 97, 98]],
		['Was steht auf Seite 5?', [9]],
		['Fasse die Seiten 3 bis 4 zusammen', [7, 8]],
		['Que dit la page 2 et 3 ?', [6, 7]],
		['¿Qué dice la página 7?', [11]],
		['Что на странице 9?', [13]],
		['第5页讲了什么？', [9]],
		['5ページの表を説明して', [9]],
		['3페이지를 요약해줘', [7]],
		['Describe the first page', [1]],
		['and the last two pages', [99, 100]],
		['die letzte Seite', [100]],
		['pages 88-120', [92, 93, 94, 95, 96, 97, 98, 99, 100]],
		// No page has the label 97; the 97th leaf is there.
		['page 97', [97]],
		['What does appendix A ask for?', [95, 96, 97, 98, 99, 100]],
		['Summarise section 1.1', [6, 7, 8, 9]],
		['What is in chapter 2?', labels.slice(11, 95).map((_, index) => index + 12)],
		['How many pages are there?', []],
		['Is it 12 or 13 metres?', []],
		['Which ships stop. 12 of them?', []],
		['On page 5000?', []],
		['', []],
	];
	for (const [question, pages] of inBook) {
		it(`finds ${pages.length} pages in ${JSON.stringify(question)}`, () => {
			assert.deepEqual(pagesAsked(question, book), pages);
		});
	}

	it('reads a list of pages and titles', () => {
		assert.deepEqual(pagesAsked('3-4, iv, A-6', book), [4, 7, 8, 100]);
		assert.deepEqual(pagesAsked('Preface; 1.2 winter', book), [1, 2, 3, 4, 5, 9, 10, 11, 12]);
		assert.deepEqual(pagesAsked(' 2 , 9 ', paper), [2, 9]);
		assert.deepEqual(pagesAsked('A-3', book), [97]);
	});

	it('takes places in the file where pages have no labels', () => {
		assert.deepEqual(pagesAsked('page 3 and page 11', paper), [3]);
		assert.deepEqual(pagesAsked('on page xii', paper), []);
	});

	it('gives pages that there are, in order and once, whatever is asked', () => {
		const word = fc.constantFrom(
			'page',
			'pages',
			'Seite',
			'3',
			'7-9',
			'9-7',
			'xii',
			'A-3',
			',',
			'and',
			'-',
			'appendix',
			'A',
			'第',
			'页',
			'1.1',
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }), (parts) => {
				const found = pagesAsked(parts.join(' '), book);
				assert.ok(found.every((page, index) => page >= 1 && page <= 100 && page > (found[index - 1] ?? 0)));
			}),
		);
	});

	it('comes to an end on long text that nearly is a list', () => {
		assert.deepEqual(pagesAsked(`pages ${'1, '.repeat(20_000)}`, book), [5]);
		assert.deepEqual(pagesAsked('page '.repeat(20_000), book), []);
		assert.deepEqual(pagesAsked(`pages ${'1 '.repeat(20_000)}`, book), [5]);
		assert.deepEqual(pagesAsked(`page 1${', '.repeat(2_000)}none`, book), [5]);
	});
});
