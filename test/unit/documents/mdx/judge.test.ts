import assert from 'node:assert/strict';
import { differOnlyInAltText, judge } from '../../../../src/documents/mdx/judge.ts';
import { type Change, testJudge } from '../judging.ts';

/** Whether the second text is the first with the alt text "new" for the image at `start`. */
function accepts(before: string, after: string, start: number): boolean {
	const judged = judge(before);
	const judgedAfter = judge(after);
	assert.ok(judged);
	return (
		judgedAfter !== undefined && differOnlyInAltText(judged, judgedAfter, 0, { imageStart: start, altText: 'new' })
	);
}

describe('the second opinion on rewrites of MDX', () => {
	const accepted: readonly Change[] = [
		['an image of Markdown', 'a ![b](c)', 'a ![new](c)', 2],
		['a shortcut that became a full reference', '![b]\n\n[b]: c', '![new][b]\n\n[b]: c', 0],
		['an img in a line', 'a <img alt="b"/>', 'a <img alt="new"/>', 2],
		['an Image around Markdown', '<Image alt="b">\n*c*\n</Image>', '<Image alt="new">\n*c*\n</Image>', 0],
		['an alt text where there was none', '<img src="a"/>', '<img src="a" alt="new"/>', 0],
		['a string', "<img alt={'a'}/>", "<img alt={'new'}/>", 0],
		['an img in an expression', '{a && <img alt="b"/>}', '{a && <img alt="new"/>}', 6],
		['an img in an attribute', '<b c={<img alt={`d`}/>}/>', '<b c={<img alt={`new`}/>}/>', 6],
		['an img in a module', 'export const a = <img/>', 'export const a = <img alt="new"/>', 17],
		['an image under front matter', '---\na: b\n---\n![b](c)', '---\na: b\n---\n![new](c)', 13],
	];
	const rejected: readonly Change[] = [
		['another text', '![b](c)', '![newer](c)', 0],
		['another text in a tag', '<img alt="a"/>', '<img alt="newer"/>', 0],
		['braces that MDX drops', '![b](c)', '![new{d}](c)', 0],
		['another target', '![b](c)', '![new](d)', 0],
		['another attribute', '<img alt="a" b="c"/>', '<img alt="new" b="d"/>', 0],
		['an additional attribute', '<img alt="a"/>', '<img alt="new" b/>', 0],
		['another element', '<img alt="a"/>', '<Image alt="new"/>', 0],
		['other children', '<Image alt="a">b</Image>', '<Image alt="new">c</Image>', 0],
		['an expression', '<img alt="a"/>', '<img alt={a}/>', 0],
		['an attribute that came and went', '<img alt="a" b/>', '<img b/>', 0],
		['a changed expression beside it', '![b](c) {a}', '![new](c) {d}', 0],
		['a changed expression around it', '{a && <img alt="b"/>}', '{c && <img alt="new"/>}', 6],
		['a changed module', "export const a = 'b'\n\n![b](c)", "export const a = 'c'\n\n![new](c)", 22],
		['a changed text', 'a ![b](c)', 'd ![new](c)', 2],
		['a tag that became text', '![b](c) <b/>', '![new](c) \\<b/>', 0],
		['an image at another place', 'a ![b](c)', ' a ![new](c)', 2],
		['a syntax error', '![b](c)', '![new](c) {', 0],
		['an image that it does not see', '`![b](c)`', '`![b](c)`', 1],
	];

	testJudge(accepts, accepted, rejected);
});
