import assert from 'node:assert/strict';
import { findImages, prepareRewrite, rewriteAltText, rewriteAltTexts } from '../../../src/documents/index.ts';

describe('documents', () => {
	it('finds images by language id', async () => {
		assert.equal((await findImages('![a](b)', 'markdown')).length, 1);
		assert.deepEqual(await findImages('![a](b)', 'plaintext'), []);
	});

	it('finds images by extension when the language id says nothing', async () => {
		assert.equal((await findImages('![a](b)', '', { path: '/a.b/README.MD' })).length, 1);
		assert.deepEqual(await findImages('![a](b)', '', { path: '/a.md/README' }), []);
	});

	it('finds images in HTML', async () => {
		assert.equal((await findImages('<img>', 'html')).length, 1);
		assert.equal((await findImages('<svg role="img"/>', '', { path: 'a.HTM' })).length, 1);
		assert.deepEqual(await findImages('![a](b)', 'html'), []);
	});

	it('finds none in an empty document', async () => {
		assert.deepEqual(await findImages('', 'markdown'), []);
	});

	it('refuses languages that it cannot prove', async () => {
		const [image] = await findImages('![a](b)', 'markdown');
		assert.ok(image);
		assert.deepEqual(await rewriteAltText('![a](b)', 'plaintext', image, 'c'), { refused: 'unknown-language' });
	});

	it('gives several images their alt texts at once, in the order asked for', async () => {
		for (const [languageId, text, expected] of [
			['markdown', '![a]\n\n![b](c)\n\n[a]: d\n', '![A cat][a]\n\n![A dog](c)\n\n[a]: d\n'],
			['markdown', '| ![](a) | <img src="b"> |\n|-|-|', '| ![A cat](a) | <img src="b" alt="A dog"> |\n|-|-|'],
			['html', '<img src=a><img alt="" src=b>', '<img src=a alt="A cat"><img alt="A dog" src=b>'],
			['typescriptreact', '<Image><img alt="" /></Image>', '<Image alt="A cat"><img alt="A dog" /></Image>'],
			['mdx', '![](a) <img />', '![A cat](a) <img alt="A dog" />'],
		] as const) {
			const [first, second] = await findImages(text, languageId);
			assert.ok(first && second);
			const news = [
				{ image: second, altText: 'A dog' },
				{ image: first, altText: 'A cat' },
				{ image: { ...first, start: -1 }, altText: 'A bird' },
			];
			const [dog, cat, bird] = await rewriteAltTexts(text, languageId, news);
			assert.deepEqual(bird, { refused: 'stale' });
			assert.ok(cat && !('refused' in cat) && dog && !('refused' in dog), text);
			const end = text.slice(0, dog.start) + dog.newText + text.slice(dog.end);
			assert.equal(end.slice(0, cat.start) + cat.newText + end.slice(cat.end), expected);
		}
	});

	it('rewrites the text that is given, whichever was prepared', async () => {
		for (const [languageId, text, other] of [
			['markdown', '![a](b)', '[![a](b)](c)'],
			['html', '<img alt=a>', '<p><img alt=a>'],
			['javascriptreact', '<img alt="a" />', '<><img alt="a" /></>'],
			['mdx', '<img alt="a" />', '<b><img alt="a" /></b>'],
			['mdx', '<img alt="a" />', '<b>'],
		] as const) {
			const [image] = await findImages(text, languageId);
			assert.ok(image);
			const expected = await rewriteAltText(text, languageId, image, 'c');
			assert.ok(!('refused' in expected));
			for (const prepared of [text, other]) {
				await prepareRewrite(prepared, languageId);
				assert.deepEqual(await rewriteAltText(text, languageId, image, 'c'), expected);
			}
		}
		await prepareRewrite('![a](b)', 'plaintext');
	});

	it('refuses a second alt text for the same image', async () => {
		const [image] = await findImages('![](a)', 'markdown');
		assert.ok(image);
		const news = ['A cat', 'A dog'].map((altText) => ({ image, altText }));
		assert.deepEqual(await rewriteAltTexts('![](a)', 'markdown', news), [
			{ start: 2, end: 2, newText: 'A cat' },
			{ refused: 'stale' },
		]);
	});

	it('refuses one of several and goes on with the others', async () => {
		const text = '<><img src={a} alt="" /><img src="b" /></>';
		const images = await findImages(text, 'javascriptreact');
		const news = images.map((image) => ({ image, altText: 'A cat' }));
		const [computed, written] = await rewriteAltTexts(text, 'javascriptreact', news);
		assert.deepEqual(computed, { refused: 'computed' });
		assert.ok(written && !('refused' in written));
	});
});
