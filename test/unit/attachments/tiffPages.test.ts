import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { assert as holds, nat, property } from 'fast-check';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { countTiffPages } from '../../../src/attachments/images/tiffPages.ts';
import { attachmentParts } from '../../../src/models/parts/attachmentParts.ts';
import { assets, never } from './fixtures.ts';

async function file(name: string): Promise<Buffer> {
	return readFile(new URL(`../../fixtures/images/${name}`, import.meta.url));
}

describe('A TIFF of several pages', () => {
	const reader = new ImageReader(assets);
	after(() => reader.end());

	it('is known by how many it has', async () => {
		assert.equal(countTiffPages(await file('mark-pages.tif')), 2);
		assert.equal(countTiffPages(await file('mark-big-endian.tif')), 1);
	});

	it('has one where its pages lead in a circle or nowhere', async () => {
		const pages = await file('mark-pages.tif');
		const first = pages.readUInt32LE(4);
		const nextAt = first + 2 + 12 * pages.readUInt16LE(first);
		for (const next of [first, 0, pages.length, 2 ** 32 - 1]) {
			const changed = Buffer.from(pages);
			changed.writeUInt32LE(next, nextAt);
			assert.equal(countTiffPages(changed), 1, `${next}`);
		}
	});

	it('is counted whatever is broken in it', async () => {
		const pages = await file('mark-pages.tif');
		holds(
			property(nat(pages.length - 1), nat(255), (at, value) => {
				const broken = Buffer.from(pages);
				broken[at] = value;
				assert.ok(countTiffPages(broken) >= 1);
				assert.ok(countTiffPages(broken.subarray(0, Math.max(8, at))) >= 1);
			}),
		);
	});

	it('goes by its first, which is said to the model and under the answer', async () => {
		const { attachment } = await reader.open('scan.tif', await file('mark-pages.tif'), never);
		const { parts, coverage } = await attachmentParts(
			[attachment],
			{
				model: 'gpt-4o',
				endpoint: { protocol: 'chat-completions', baseUrl: 'https://api.maxtoken.io/v1' },
				sees: 'yes',
				purpose: 'describe',
				questions: [''],
				readText: () => Promise.reject(new Error('Nothing is recognised for a model that sees.')),
			},
			never,
		);
		assert.deepEqual(parts[0], {
			kind: 'text',
			text: 'File 1: image "scan.tif", page 1 of 2; the others are not given.',
		});
		assert.partialDeepStrictEqual(coverage(), [{ kind: 'coverage', pageCount: 2, whole: false, picturePages: [1] }]);
		const still = await reader.open('one.tif', await file('mark-big-endian.tif'), never);
		assert.equal(still.attachment.pageCount, undefined);
	});
});
