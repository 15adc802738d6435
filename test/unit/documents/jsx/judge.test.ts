import assert from 'node:assert/strict';
import { differOnlyInAltText, judge } from '../../../../src/documents/jsx/judge.ts';
import { type Change, testJudge } from '../judging.ts';

/** Whether the second text is the first with the alt text "new" for the image at `start`. */
function accepts(before: string, after: string, start: number): boolean {
	const judged = [judge(before, 'javascript'), judge(after, 'javascript')] as const;
	assert.ok(judged[0] && judged[1]);
	return differOnlyInAltText(judged[0], judged[1], start, 'new');
}

describe('the second opinion on rewrites of JSX', () => {
	const accepted: readonly Change[] = [
		['another alt text', 'a = <img alt="b"/>', 'a = <img alt="new"/>', 4],
		['another text in a string', "<img alt={'a'}/>", "<img alt={'new'}/>", 0],
		['another text in a template', '<img alt={`a`}/>', '<img alt={`new`}/>', 0],
		['an alt text where there was none', '<img b/>', '<img b alt="new"/>', 0],
		['one inside another image', '<img alt="a">{<img alt="b"/>}</img>', '<img alt="a">{<img alt="new"/>}</img>', 14],
		['lists with a comma at the end', '<img alt="b"/>; [a,]; (c)', '<img alt="new"/>; [a,]; (c)', 0],
	];
	const rejected: readonly Change[] = [
		['another text', '<img alt="a"/>', '<img alt="newer"/>', 0],
		['a removed attribute', '<img alt="new"/>', '<img/>', 0],
		['an expression', '<img alt="a"/>', '<img alt={a}/>', 0],
		['a template with an expression', '<img alt={`a`}/>', '<img alt={`new${a}`}/>', 0],
		['an attribute with a prefix', '<img/>', '<img a:alt="new"/>', 0],
		['another attribute beside it', '<img src="a" alt="b"/>', '<img src="c" alt="new"/>', 0],
		['an additional attribute', '<img alt="a"/>', '<img alt="new" b/>', 0],
		['another element', '<img alt="a"/>', '<Image alt="new"/>', 0],
		['another child', '<img alt="a">b</img>', '<img alt="new">c</img>', 0],
		['a changed image inside it', '<img alt="a"><img alt="b"/></img>', '<img alt="new"><img alt="c"/></img>', 0],
		['a changed image around it', '<img alt="a"><img alt="b"/></img>', '<img alt="c"><img alt="new"/></img>', 13],
		['a change before it', 'a; <img alt="b"/>', 'c; <img alt="new"/>', 3],
		['a change behind it', '<img alt="b"/>; "a"', '<img alt="new"/>; "c"', 0],
		['the same text written in another way', '<img alt="b"/>; "a"', '<img alt="new"/>; \'a\'', 0],
		['another regular expression', '<img alt="b"/>; /a/', '<img alt="new"/>; /c/', 0],
		['a parenthesis', '<img alt="b"/>; a', '<img alt="new"/>; (a)', 0],
		['another comment', '<img alt="b"/> // a', '<img alt="new"/> // c', 0],
		['an additional statement', '<img alt="b"/>', '<img alt="new"/>; a', 0],
		['an image at another place', 'a; <img alt="b"/>', ' a; <img alt="new"/>', 3],
		['an image that it does not see', '"<img/>"', '"<img/>"', 1],
	];

	testJudge(accepts, accepted, rejected);

	it('gives no opinion on what has a syntax error', () => {
		assert.equal(judge('<img alt="a">', 'javascript'), undefined);
	});
});
