import assert from 'node:assert/strict';
import fc from 'fast-check';
import { indexOfMark, markOf, renderWithMarks } from '../../../media/conversation/citationMarks.ts';
import { htmlOf } from '../../../media/conversation/markdownHtml.ts';
import { markdownTexts } from './markdownTexts.ts';

const marks = /[\uE000-\uF8FF]/g;

/** Rendered, with marks as `[0]`, `[1]`. */
function marked(text: string, ...offsets: readonly number[]): string {
	return renderWithMarks(text, offsets, (part) => htmlOf(part))
		.replace(marks, (mark) => `[${String(indexOfMark(mark))}]`)
		.trim();
}

function endOf(text: string, words: string): number {
	return text.indexOf(words) + words.length;
}

describe('Marks in an answer', () => {
	it('stand where what they support ends', () => {
		const text = 'Low tide is at six. High tide at noon.';
		assert.equal(marked(text, endOf(text, 'six.'), text.length), '<p>Low tide is at six.[0] High tide at noon.[1]</p>');
	});

	it('stand before the space, and after the word, that an offset is in', () => {
		assert.equal(marked('Low tide. High', 10), '<p>Low tide.[0] High</p>');
		assert.equal(marked('Low tide. High', 6), '<p>Low tide[0]. High</p>');
		assert.equal(marked('Der Löwe 🦉 schläft.', endOf('Der Löwe 🦉', 'Löwe ') + 1), '<p>Der Löwe 🦉[0] schläft.</p>');
	});

	it('leave emphasis, links, code and tables as they are', () => {
		const quoted = 'It says **"No mooring"** there.';
		assert.equal(
			marked(quoted, endOf(quoted, '**"No mooring"**')),
			'<p>It says <strong>&quot;No mooring&quot;[0]</strong> there.</p>',
		);
		const bold = 'It is **low**.';
		assert.equal(marked(bold, endOf(bold, 'low')), '<p>It is <strong>low[0]</strong>.</p>');
		const link = 'See [the guide](https://example.org/guide) for it.';
		assert.equal(
			marked(link, endOf(link, 'https://example.org')),
			'<p>See <a href="https://example.org/guide">the guide</a> for it.[0]</p>',
		);
		const table = '| a | b |\n|---|---|\n| 1 | 2 |';
		assert.match(marked(table, endOf(table, '| 1')), /<td>1\[0\]<\/td>/);
		assert.equal(marked(table, endOf(table, '|---')), htmlOf(table).trim());
	});

	it('are left out of blocks of code, and of a text that has such characters itself', () => {
		const code = 'So:\n\n```\nx = 1\n```\n';
		assert.equal(marked(code, endOf(code, 'x = ')), htmlOf(code).trim());
		const text = `Private ${markOf(3)} use.`;
		assert.equal(renderWithMarks(text, [7], htmlOf), htmlOf(text));
	});

	it('are left out where the offset is none of the text', () => {
		assert.equal(marked('Low tide.', -1, 0, 1.5, 10, NaN, Infinity), '<p>Low tide.</p>');
		assert.equal(marked('', 0, 1), '');
	});

	it('lets one bad place cost no other its mark', () => {
		const text = 'One. Two [x](https://example.org/abc\n"t").\n\n```\ncode here\n```\n\nThree.';
		const offsets = [endOf(text, 'One.'), endOf(text, 'code'), text.length];
		assert.match(marked(text, ...offsets), /^<p>One\.\[0\][^]*<p>Three\.\[2\]<\/p>$/);
	});

	it('change nothing but themselves, whatever the text and the offsets', () => {
		fc.assert(
			fc.property(markdownTexts, fc.array(fc.integer({ min: -2, max: 400 }), { maxLength: 8 }), (text, offsets) => {
				const html = renderWithMarks(text, offsets, (part) => htmlOf(part));
				const plain = htmlOf(text);
				if (text.search(marks) === -1) {
					assert.equal(html.replace(marks, ''), plain);
					assert.doesNotMatch((html.match(/<[^>]*>/g) ?? []).join(''), marks);
					const found = html.match(marks) ?? [];
					assert.equal(new Set(found).size, found.length);
				} else {
					assert.equal(html, plain);
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});
