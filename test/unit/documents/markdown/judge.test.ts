import assert from 'node:assert/strict';
import { differOnlyInAltText, judge } from '../../../../src/documents/markdown/judge.ts';

/** Whether the second text is the first with the alt text "new" for the image at `start`. */
function accepts(before: string, after: string, start: number): boolean {
	return differOnlyInAltText(judge(before), judge(after), start, 'new');
}

describe('the second opinion on rewrites of Markdown', () => {
	const accepted: readonly (readonly [name: string, before: string, after: string, start: number])[] = [
		['another alt text', 'a ![b](c)', 'a ![new](c)', 2],
		['a shortcut that became a full reference', '![b]\n\n[b]: c', '![new][b]\n\n[b]: c', 0],
		['an alt text under front matter', '---\na: b\n---\n![b](c)', '---\na: b\n---\n![new](c)', 13],
	];
	for (const [name, ...texts] of accepted) {
		it(`accepts ${name}`, () => {
			assert.equal(accepts(...texts), true);
		});
	}

	const rejected: readonly (readonly [name: string, before: string, after: string, start: number])[] = [
		['another text', '![b](c)', '![*newer*](c)', 0],
		['another target', '![b](c)', '![new](d)', 0],
		['another title', '![b](c "d")', '![new](c "e")', 0],
		['another label', '![b][c]\n\n[c]: d\n[e]: d', '![new][e]\n\n[c]: d\n[e]: d', 0],
		['a changed text around it', 'a ![b](c)', 'd ![new](c)', 2],
		['a changed image beside it', '![b](c) ![d](e)', '![new](c) ![f](e)', 0],
		['an additional block', '![b](c)', '![new](c)\n\na', 0],
		['a missing block', '![b](c)\n\na', '![new](c)', 0],
		['a link that became text', '[![b](c)](d)', '[![new](c)](d e)', 1],
		['an image that became text', '![b](c)', '!\\[new](c)', 0],
		['an image at another place', 'a ![b](c)', ' a ![new](c)', 2],
		['an image that it does not see', '`![b](c)`', '`![b](c)`', 1],
	];
	for (const [name, ...texts] of rejected) {
		it(`rejects ${name}`, () => {
			assert.equal(accepts(...texts), false);
		});
	}
});
