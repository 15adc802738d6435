import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Picture } from '../../../src/attachments/attachment.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { PictureCache } from '../../../src/attachments/images/pictureCache.ts';
import { PdfReader } from '../../../src/attachments/pdf/pdf.ts';
import { eventually } from '../../eventually.ts';
import { assets, fixture, never } from './fixtures.ts';

class CountingReader extends ImageReader {
	encoded = 0;

	override async encode(...what: Parameters<ImageReader['encode']>): Promise<Picture> {
		this.encoded++;
		return super.encode(...what);
	}
}

describe('Pages that were drawn', function () {
	this.timeout(20_000);
	const images = new CountingReader(assets);
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'descry-pages-'));
		images.encoded = 0;
	});
	// What is written on the side may still be on its way.
	afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
	after(() => images.end());

	/** As a window that was just opened draws it. */
	async function drawn(bytes: Uint8Array, page: number, maxSide: number, password?: string): Promise<Picture> {
		const reader = new PdfReader(assets, images, undefined, new PictureCache(folder));
		try {
			const pdf = await reader.read('a.pdf', bytes, password === undefined ? {} : { password }, never);
			return (await pdf.draw(page, maxSide, never)) ?? assert.fail('not drawn');
		} finally {
			reader.end();
		}
	}

	async function kept(): Promise<number> {
		const entries = await readdir(folder, { recursive: true, withFileTypes: true });
		return entries.filter((entry) => entry.isFile() && entry.parentPath.includes('content')).length;
	}

	it('are not drawn again for the next question, in any window', async () => {
		const bytes = await fixture('pages.pdf');
		const first = await drawn(bytes, 1, 600);
		await eventually(async () => assert.equal(await kept(), 1));
		assert.deepEqual(await drawn(new Uint8Array(bytes), 1, 600), first);
		assert.equal(images.encoded, 1);
	});

	it('are drawn anew in another size, of another page and of another file', async () => {
		const bytes = await fixture('pages.pdf');
		await drawn(bytes, 1, 600);
		await eventually(async () => assert.equal(await kept(), 1));
		assert.equal((await drawn(bytes, 1, 500)).height, 500);
		await drawn(bytes, 2, 600);
		await drawn(Buffer.concat([bytes, Buffer.from('\n')]), 1, 600);
		assert.equal(images.encoded, 4);
	});

	it('of a locked file are never written to disk', async () => {
		const locked = new URL('../../fixtures/pdfs/locked-aes-256.pdf', import.meta.url);
		for (let round = 0; round < 2; round++) {
			await drawn(new Uint8Array(await readFile(locked)), 1, 600, 'pässwort');
		}
		assert.equal(images.encoded, 2);
		assert.deepEqual(await readdir(folder), []);
	});
});
