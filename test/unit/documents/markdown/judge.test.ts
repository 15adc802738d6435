import { differOnlyInAltText, judge } from '../../../../src/documents/markdown/judge.ts';
import { type Change, testJudge } from '../judging.ts';

/** Whether the second text is the first with the alt text "new" for the image at `start`. */
function accepts(before: string, after: string, start: number): boolean {
	return differOnlyInAltText(judge(before), judge(after), 0, { imageStart: start, altText: 'new' });
}

describe('the second opinion on rewrites of Markdown', () => {
	const accepted: readonly Change[] = [
		['another alt text', 'a ![b](c)', 'a ![new](c)', 2],
		['a shortcut that became a full reference', '![b]\n\n[b]: c', '![new][b]\n\n[b]: c', 0],
		['an alt text under front matter', '---\na: b\n---\n![b](c)', '---\na: b\n---\n![new](c)', 13],
	];
	const rejected: readonly Change[] = [
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

	testJudge(accepts, accepted, rejected);
});

describe('the second opinion on rewrites of HTML in Markdown', () => {
	const acceptsHtml = (before: string, after: string, start: number): boolean =>
		differOnlyInAltText(judge(before), judge(after), 0, { imageStart: start, altText: 'new', attribute: 'alt' });

	const accepted: readonly Change[] = [
		['another alt text in a line', 'a <img alt="b">', 'a <img alt="new">', 2],
		['an alt text in a block', '<p>\n<img src=a>\n</p>', '<p>\n<img src=a alt="new">\n</p>', 4],
		['an alt text in a table', '| a |\n|---|\n| <img> |', '| a |\n|---|\n| <img alt="new"> |', 14],
	];
	const rejected: readonly Change[] = [
		['another text', '<img alt="a">', '<img alt="newer">', 0],
		['another attribute', '<img src="a">', '<img src="b" alt="new">', 0],
		['a changed text in the block', '<p>a<img></p>', '<p>b<img alt="new"></p>', 4],
		['a changed text outside it', 'a <img>', 'b <img alt="new">', 2],
		['an image at another place', 'a <img>', 'a  <img alt="new">', 2],
		['a Markdown image', '![a](b)', '![new](b)', 0],
		['an image that it does not see', '`<img>`', '`<img>`', 1],
		['another cell', '| a |\n|---|\n| <img>b |', '| a |\n|---|\n| <img alt="new">|b |', 14],
	];

	testJudge(acceptsHtml, accepted, rejected);
});
