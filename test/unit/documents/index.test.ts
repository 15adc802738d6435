import assert from 'node:assert/strict';
import { findImages, rewriteAltText } from '../../../src/documents/index.ts';

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

	it('refuses alt texts that are expressions', async () => {
		const [image] = await findImages('![a](b)', 'markdown');
		assert.ok(image);
		const computed = { ...image, altKind: 'computed' } as const;
		assert.deepEqual(await rewriteAltText('![a](b)', 'markdown', computed, 'c'), { refused: 'computed' });
	});
});
