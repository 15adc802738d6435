import assert from 'node:assert/strict';
import { readReply } from '../../../src/altText/reply.ts';

describe('readReply', () => {
	const texts: readonly (readonly [name: string, reply: string, alt: string])[] = [
		['JSON', '{"alt": "A cat", "decorative": false}', 'A cat'],
		['JSON in a fence', '```json\n{"alt": "A cat", "decorative": false}\n```', 'A cat'],
		['JSON between sentences with braces', 'Use {this}: {"alt": "A {cat} \\"1\\""} and {that}.', 'A {cat} "1"'],
		['JSON in a list', '[{"alt": "A cat"}]', 'A cat'],
		['JSON after an apostrophe and a quotation mark', 'Here\'s the 5" one: {"alt": "A cat"}', 'A cat'],
		['JSON with raw line breaks', '{"alt": "A\ncat", "decorative": false}', 'A cat'],
		['JSON that was cut off after the alt text', '{"alt": "A \\"cat\\"", "decorative": fal', 'A "cat"'],
		['JSON with a wrapped alt text', '{"alt": "Image of a cat"}', 'A cat'],
		['JSON after thoughts', '<think>{"alt": "no"}</think>{"alt": "A cat"}', 'A cat'],
		['an answer after thoughts without their first mark', 'Hm, {"alt": "no"}</think>\nA cat', 'A cat'],
		['JSON with white space in the alt text', '{"alt": " A  cat\\n"}', 'A cat'],
		['plain text', 'A cat on a mat.', 'A cat on a mat.'],
		['plain text over lines', ' A cat\n on a  mat. \n', 'A cat on a mat.'],
		['a label', 'Alt text: A cat', 'A cat'],
		['a label in bold', '**Alt text:** A cat', 'A cat'],
		['a label as an attribute', 'alt="A cat"', 'A cat'],
		['an introduction', 'Sure! Here is the alt text:\n\n"A cat"', 'A cat'],
		['a code fence', '```\nA cat\n```', 'A cat'],
		['an inline code span', '`A cat`', 'A cat'],
		['bold', '**A cat**', 'A cat'],
		['a Markdown image', '![A cat](cat.png)', 'A cat'],
		['an HTML image', '<img src="cat.png" alt="A cat">', 'A cat'],
		['straight quotes', ' "A cat"\n', 'A cat'],
		['quotes with room around them in a fence', '```\n\n"A cat"\n\n```', 'A cat'],
		['single quotes around an apostrophe', "'A cat's tail'", "A cat's tail"],
		['curly quotes', '“A cat”', 'A cat'],
		['German quotes', '„Eine Katze“', 'Eine Katze'],
		['French quotes', '« Un chat »', 'Un chat'],
		['Japanese quotes', '「猫」', '猫'],
		['several wrappers', 'Alt text: "![**A cat**](cat.png)"', 'A cat'],
		['quotes inside', '"Yes" and "No" buttons', '"Yes" and "No" buttons'],
		['a colon inside', 'Here comes the sun: a record cover', 'Here comes the sun: a record cover'],
		['"An image of"', 'An image of a cat', 'A cat'],
		['"The photo shows"', 'The photo shows Ada at work', 'Ada at work'],
		['"Photo of" before a name spelled its own way', 'Photo of iPhones', 'iPhones'],
		['"picture of" in lower case', 'a picture of a cat', 'a cat'],
		['an umlaut', 'Picture of ärmel', 'Ärmel'],
		['a disk image', 'Disk image of Ubuntu', 'Disk image of Ubuntu'],
		['an image that is the subject', 'Image processing pipeline', 'Image processing pipeline'],
		['the picture of the year', 'Picture of the Year award', 'Picture of the Year award'],
		['a screenshot', 'Screenshot of the settings page', 'Screenshot of the settings page'],
	];

	for (const [name, reply, alt] of texts) {
		it(`reads ${name}`, () => {
			const read = readReply(reply);
			assert.deepEqual({ alt: read?.alt, decorative: read?.decorative }, { alt, decorative: false });
		});
	}

	for (const reply of [
		'{"alt": "", "decorative": true}',
		'{"alt": null, "decorative": "true"}',
		'{"decorative": true}',
		'Decorative.',
		'""',
		'alt=""',
		'{"alt": "", "decorative": true, "rea',
	]) {
		it(`takes an empty alt text for success when it is meant: ${reply}`, () => {
			assert.deepEqual(readReply(reply), { alt: '', decorative: true });
		});
	}

	for (const reply of [
		'',
		' \n',
		'{"alt": "", "decorative": false}',
		'{"alt": 3}',
		'{"alt": "A c',
		'<think>A cat',
		'```\n```',
	]) {
		it(`finds nothing usable in ${JSON.stringify(reply)}`, () => {
			assert.equal(readReply(reply), undefined);
		});
	}

	it('keeps the reason', () => {
		assert.equal(readReply('} {this}: {"alt": "a", "reason": "b"}')?.reason, 'b');
		assert.equal(readReply('{"alt": "", "decorative": true, "reason": "A\\nborder"}')?.reason, 'A border');
	});

	it('keeps a text that comes with the word that none is needed', () => {
		assert.deepEqual(readReply('{"alt": "A cat", "decorative": true}'), { alt: 'A cat', decorative: false });
	});

	it('reads long and hostile replies in no time', () => {
		const start = process.cpuUsage();
		for (const piece of ['{"', '"', '{', '<think>', '**', '![', "'a", 'a ']) {
			readReply(piece.repeat(20_000));
		}
		assert.ok(process.cpuUsage(start).user / 1000 < 1000);
	});
});
