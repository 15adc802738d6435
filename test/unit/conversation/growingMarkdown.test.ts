import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createGrowingMarkdown } from '../../../media/conversation/growingMarkdown.ts';
import { htmlOf } from '../../../media/conversation/markdownHtml.ts';
import { markdownTexts } from './markdownTexts.ts';

/** What is on the screen when a text has come in pieces that end at these offsets. */
function grown(text: string, ends: readonly number[]): string {
	const grow = createGrowingMarkdown();
	let settled = '';
	let rest = '';
	for (const end of [...ends, text.length]) {
		const growth = grow(text.slice(0, end));
		settled += growth.settled;
		rest = growth.rest;
	}
	return settled + rest;
}

describe('Markdown that grows', () => {
	it('is in the end as if it had come at once', () => {
		fc.assert(
			fc.property(markdownTexts, fc.array(fc.nat({ max: 400 })), (text, offsets) => {
				const ends = offsets.filter((offset) => offset < text.length).sort((one, other) => one - other);
				assert.equal(grown(text, ends), htmlOf(text));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is right when it comes character by character', () => {
		const text =
			'One\n# Two\ntwo *and* more\n\n- a\n- b\n\n  c\n\n| a | b |\n|---|---|\n| 1 | 2 |\nend\n#tag\n\n```\nx\n```\nlast';
		assert.equal(
			grown(
				text,
				Array.from({ length: text.length }, (_, index) => index),
			),
			htmlOf(text),
		);
	});

	it('keeps headings under those that came long before', () => {
		const text = '# One\n\na\n\nb\n\nc\n\n### Two\n\nd\n\ne\n\nf\n\n#### Three\n';
		assert.match(grown(text, [15, 25, 40]), /<h3>One[^]*<h4>Two[^]*<h5>Three/);
	});

	it('settles all but its last blocks', () => {
		const grow = createGrowingMarkdown();
		const paragraphs = Array.from({ length: 1_000 }, (_, index) => `Paragraph ${index}.`);
		let text = '';
		for (const paragraph of paragraphs) {
			text += `${paragraph}\n\n`;
			assert.ok(grow(text).rest.length < 100);
		}
	});

	it('knows a link whose address came long before', () => {
		const text = '[a]: https://example.org/a\n\none\n\ntwo\n\nthree\n\n[a]';
		assert.match(grown(text, [30, 36, 42]), /href="https:\/\/example\.org\/a"/);
	});
});
