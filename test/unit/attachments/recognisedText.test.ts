import assert from 'node:assert/strict';
import { joinLines } from '../../../src/attachments/text/recognisedText.ts';

type Word = readonly [paragraph: number, line: number, confidence: number, text: string];

function table(...words: readonly Word[]): string {
	const page = '1\t1\t0\t0\t0\t0\t0\t0\t100\t100\t-1\t';
	const rows = words.map(([paragraph, line, confidence, text], index) =>
		[5, 1, 1, paragraph, line, index, 0, 0, 9, 9, confidence, text].join('\t'),
	);
	return [page, ...rows, ''].join('\n');
}

describe('joinLines', () => {
	it('joins words to lines and lines to paragraphs', () => {
		const { text } = joinLines(table([1, 1, 90, 'Old'], [1, 1, 90, 'Quay'], [1, 2, 90, 'No.'], [2, 1, 90, 'End']));
		assert.equal(text, 'Old Quay\nNo.\n\nEnd');
	});

	it('leaves out lines that are noise as a whole, and keeps doubtful words of good ones', () => {
		const { text, confidence } = joinLines(
			table([1, 1, 20, 'q4'], [1, 1, 30, 'ha'], [1, 2, 90, 'No'], [1, 2, 20, 'mooring']),
		);
		assert.equal(text, 'No mooring');
		assert.equal(confidence, 55);
	});

	it('leaves out lines without a letter or digit', () => {
		assert.equal(joinLines(table([1, 1, 95, '—'], [1, 2, 95, ' '], [1, 3, 95, 'ö'])).text, 'ö');
	});

	it('gives empty text for an empty page', () => {
		assert.deepEqual(joinLines(table()), { text: '', confidence: 0 });
		assert.deepEqual(joinLines(''), { text: '', confidence: 0 });
	});
});
