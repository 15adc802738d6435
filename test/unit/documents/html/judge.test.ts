import assert from 'node:assert/strict';
import { differOnlyInAttribute, judge } from '../../../../src/documents/html/judge.ts';
import { titleText } from '../../../../src/documents/html/imageTag.ts';
import { type Change, testJudge } from '../judging.ts';

/** Whether the second text is the first with the alt text "new" for the image at `tagStart`. */
function accepts(before: string, after: string, tagStart: number): boolean {
	return differOnlyInAttribute(judge(before), judge(after), { name: 'alt', value: 'new', tagStart });
}

describe('the second opinion on rewrites of HTML', function () {
	// Deep documents take half a second on a machine that does nothing else.
	this.timeout(30_000);

	const accepted: readonly Change[] = [
		['another alt text', 'a <img alt="b">', 'a <img alt="new">', 2],
		['a new alt text', '<img src=a>', '<img src=a alt=new>', 0],
		['an alt text in a template', '<template><img></template>', '<template><img alt=new></template>', 10],
		['an alt text that says the same in another way', '<img alt=new>', '<img alt="new">', 0],
	];
	const rejected: readonly Change[] = [
		['another text', '<img alt="a">', '<img alt="newer">', 0],
		['another attribute', '<img alt="a">', '<img alt="new" title>', 0],
		['a changed attribute', '<img src="a">', '<img src="b" alt="new">', 0],
		['a changed text', 'a<img>', 'b<img alt="new">', 1],
		['a changed comment', '<img><!--a-->', '<img alt="new"><!--b-->', 0],
		['a changed document type', '<!doctype html><img>', '<!doctype htmx><img alt="new">', 15],
		['a changed template', '<img><template>a</template>', '<img alt="new"><template>b</template>', 0],
		['a changed image beside it', '<img><img>', '<img alt="new"><img alt="b">', 0],
		['an additional element', '<img>', '<img alt="new"><b></b>', 0],
		['an element at another depth', '<b><img></b><i></i>', '<b><img alt="new"><i></i></b>', 3],
		['an image at another place', '<img>', ' <img alt="new">', 0],
		['an image that it does not see', '<title><img></title>', '<title><img></title>', 7],
		['another image', '<img><img>', '<img alt="new"><img>', 5],
	];

	testJudge(accepts, accepted, rejected);

	it('compares the title of an SVG as the text that it is', () => {
		const svg = (title: string): string =>
			`<svg><title>${title}</title><title>b</title></svg><svg><title>c</title></svg>`;
		const acceptsTitle = (after: string): boolean =>
			differOnlyInAttribute(judge(svg('a')), judge(after), { name: titleText, value: 'new', tagStart: 0 });
		assert.equal(acceptsTitle(svg('new')), true);
		for (const after of [
			svg('newer'),
			svg('new<b></b>'),
			svg('new').replace('>b<', '>d<'),
			svg('new').replace('>c<', '>d<'),
			svg('new').replace('<svg>', '<svg id="d">'),
			svg('new').replaceAll('title', 'desc'),
		]) {
			assert.equal(acceptsTitle(after), false, after);
		}
		// The text of a title counts in the rewrite of another image, too.
		assert.equal(accepts(`<img>${svg('a')}`, `<img alt="new">${svg('d')}`, 0), false);
	});

	it('takes documents that are nested as deep as they like', () => {
		const depth = '<b>'.repeat(50_000);
		assert.equal(accepts(`${depth}<img>`, `${depth}<img alt=new>`, depth.length), true);
	});
});
