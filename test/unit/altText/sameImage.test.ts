import assert from 'node:assert/strict';
import { sameImage } from '../../../src/altText/sameImage.ts';
import { findImages } from '../../../src/documents/index.ts';

describe('the same image in another version of a document', () => {
	/** Where each image of the first text is in the second, by its order there. */
	async function ordersOf(before: string, after: string): Promise<readonly number[]> {
		const images = await findImages(before, 'markdown');
		const now = { text: after, images: await findImages(after, 'markdown') };
		return images.map((image) => {
			const same = sameImage({ text: before, images, image }, now);
			return same === undefined ? -1 : now.images.indexOf(same);
		});
	}

	for (const [name, before, after, orders] of [
		['where text was put before several alike', '![](a) ![](a)', `${'b '.repeat(99)}![](a) c ![](a)`, [0, 1]],
		['where another image was put before it', '![](a)', '![](b) ![](a)', [1]],
		['where its alt text was changed', '![c](a) ![d](a)', '![c](a) ![e](a)', [0, 1]],
		['by its alt text where one like it was put before', '![c](a)', '![](a) ![c](a)', [1]],
		['nearest to where it was, where one like it is gone', '![](a) b ![](a)', '![](a)', [0, 0]],
		['nowhere where its target was changed', '![](a)', '![](b)', [-1]],
		['nowhere where its syntax was changed', '![](a)', '<img src="a">', [-1]],
	] as const) {
		it(`is found ${name}`, async () => {
			assert.deepEqual(await ordersOf(before, after), orders);
		});
	}
});
