import assert from 'node:assert/strict';
import { type Context, contextOf } from '../../../src/altText/context.ts';

const image = '![alt](a.png)';

/** The context of the one image in a document. */
function contextIn(text: string): Context {
	const start = text.indexOf(image);
	return contextOf(text, { start, end: start + image.length });
}

describe('contextOf', () => {
	const headings: readonly (readonly [name: string, text: string, heading: string | undefined])[] = [
		['the nearest above', `# A\n\n## B *c* ##\n\nd\n\n${image}\n\n# E`, 'B *c*'],
		['underlined', `A\n===\n\nb\n---\n\n${image}`, 'b'],
		['after Windows line ends', `# A\r\n\r\n${image}`, 'A'],
		['not in fenced code', `# A\n\n\`\`\`\`sh\n# b\n\`\`\`\n# c\n\`\`\`\`\n\n${image}`, 'A'],
		['after fenced code', `# A\n\n~~~\n# b\n~~~\n\n# C\n\n${image}`, 'C'],
		['not in front matter', `---\n# a\nb: c\n---\n\n${image}`, undefined],
		['no thematic break', `# A\n\n---\n\n${image}`, 'A'],
		['no list item', `# A\n\n- b\n---\n\n${image}`, 'A'],
		['none', image, undefined],
	];
	for (const [name, text, heading] of headings) {
		it(`finds the heading: ${name}`, () => {
			assert.equal(contextIn(text).heading, heading);
		});
	}

	const paragraphs: readonly (readonly [name: string, text: string, paragraph: string | undefined])[] = [
		['its own', `a\n\nb\n  c\n${image} d\n\ne`, 'b c [THIS IMAGE] d'],
		['its neighbours when it stands alone', `a\n\n${image}\n\nb\n\nc`, 'a [THIS IMAGE] b'],
		['no heading', `a\n\n# B\n\n${image}\n\n# C\n\nd`, 'a [THIS IMAGE] d'],
		['without targets of links', `[a](https://b.c/d_(e) "f") ${image}`, '[a] [THIS IMAGE]'],
		[
			'without embedded files',
			`<img src="data:image/png;base64,${'iVBOR'.repeat(50)}"> a ${image}`,
			'<img src="data:image/png;base64,…"> a [THIS IMAGE]',
		],
		['none', `# A\n\n---\n\n${image}\n`, undefined],
	];
	for (const [name, text, paragraph] of paragraphs) {
		it(`finds the text around the image: ${name}`, () => {
			assert.equal(contextIn(text).paragraph, paragraph);
		});
	}

	it('is bounded, and cuts between words', () => {
		const { heading = '', paragraph = '' } = contextIn(
			`# ${'word '.repeat(500)}\n${'before '.repeat(500)}${image}${' after'.repeat(500)}`,
		);
		assert.ok(heading.length <= 202);
		assert.match(heading, /^(?:word )+…$/);
		assert.ok(paragraph.length < 650);
		assert.match(paragraph, /^… (?:before )+\[THIS IMAGE\](?: after)+ …$/);
	});

	it('is bounded when a word has no end', () => {
		const { paragraph = '' } = contextIn(`${'ä'.repeat(5000)}${image}${'字'.repeat(5000)}`);
		assert.ok(paragraph.length > 400 && paragraph.length < 650);
	});

	it('takes no time in a long document', () => {
		const start = process.cpuUsage();
		contextIn(`${'#'.repeat(300_000)}\n${' '.repeat(300_000)}\n${'a\n'.repeat(100_000)}${image}`);
		assert.ok(process.cpuUsage(start).user / 1000 < 500);
	});
});
