import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { deviceTarget } from '../../../src/attachments/images/fit.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { type MadePicture, PictureCache } from '../../../src/attachments/images/pictureCache.ts';
import { assets, fixture, never } from './fixtures.ts';

function made(size: number, fill = 7): MadePicture {
	const picture = { mediaType: 'image/png', bytes: new Uint8Array(size).fill(fill), width: 3, height: 2 } as const;
	return { picture, stated: { width: 30, height: 20 }, drawn: { width: 6, height: 4 } };
}

describe('PictureCache', function () {
	this.timeout(20_000);
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'descry-cache-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	async function files(): Promise<{ readonly path: string; readonly size: number }[]> {
		const entries = await readdir(folder, { recursive: true, withFileTypes: true });
		return Promise.all(
			entries
				.filter((entry) => entry.isFile() && entry.parentPath.includes('content'))
				.map(async ({ parentPath, name }) => {
					const path = join(parentPath, name);
					return { path, size: (await stat(path)).size };
				}),
		);
	}

	it('gives back what was put in, to any window, and nothing else', async () => {
		await new PictureCache(folder).put('a', made(100));
		const other = new PictureCache(folder);
		assert.deepEqual(await other.get('a'), made(100));
		assert.equal(await other.get('b'), undefined);
	});

	it('takes writing by several windows at once', async () => {
		const windows = [new PictureCache(folder), new PictureCache(folder)];
		await Promise.all(
			Array.from({ length: 40 }, async (_, index) => windows[index % 2]?.put(`${index % 10}`, made(500, index % 10))),
		);
		for (let index = 0; index < 10; index++) {
			assert.deepEqual(await windows[0]?.get(`${index}`), made(500, index));
		}
	});

	it('does not give back what was damaged on disk', async () => {
		const cache = new PictureCache(folder);
		await cache.put('a', made(100));
		for (const { path } of await files()) {
			await writeFile(path, new Uint8Array(100));
		}
		assert.equal(await cache.get('a'), undefined);
	});

	it('keeps within its bound, and drops what was not used for longest', async () => {
		const cache = new PictureCache(folder, { size: 10_000, freshness: 0 });
		for (let index = 0; index < 9; index++) {
			await cache.put(`${index}`, made(1000, index));
			await delay(5);
		}
		assert.ok(await cache.get('0'));
		await delay(5);
		await cache.put('9', made(1000, 9));
		await cache.put('10', made(1000, 10));
		assert.ok((await files()).reduce((sum, { size }) => sum + size, 0) <= 10_000);
		assert.ok(await cache.get('0'));
		assert.ok(await cache.get('10'));
		assert.equal(await cache.get('1'), undefined);
		assert.equal(await cache.get('2'), undefined);
	});

	it('keeps within its bound again after it could not look at itself', async () => {
		const cache = new PictureCache(folder, { size: 3_000, freshness: 0 });
		const folderForFile = join(folder, 'index-v5', '00', '00', '00');
		await mkdir(folderForFile, { recursive: true });
		await cache.put('0', made(1000));
		await rm(folderForFile, { recursive: true });
		for (let put = 1; put < 9; put++) {
			await cache.put(`${put}`, made(1000, put));
		}
		assert.ok((await files()).reduce((sum, { size }) => sum + size, 0) <= 3_000);
	});

	it('is empty after it was cleared, and takes up again', async () => {
		const cache = new PictureCache(folder);
		await cache.put('a', made(100));
		const freed = await cache.clear();
		assert.ok(freed > 100 && freed < 1_000, `${freed} bytes`);
		assert.equal(await cache.clear(), 0);
		assert.equal(await cache.get('a'), undefined);
		await cache.put('a', made(100));
		assert.ok(await cache.get('a'));
	});

	it('only saves time: a folder that cannot be written is no failure', async () => {
		const file = join(folder, 'file');
		await writeFile(file, '');
		const cache = new PictureCache(join(file, 'below'));
		await cache.put('a', made(100));
		assert.equal(await cache.get('a'), undefined);
	});

	it('keeps a strip beside the one frame, with its times, and that its file moves', async () => {
		const bytes = new Uint8Array(await readFile(new URL('../../fixtures/moving/tide.gif', import.meta.url)));
		const target = { ...deviceTarget, asStrip: true };
		const small = { ...deviceTarget, fits: () => ({ width: 48, height: 32 }) };
		const first = new ImageReader(assets, undefined, new PictureCache(folder));
		const opened = await first.open('a.gif', bytes, never);
		const strip = await opened.attachment.pictureFor(target, never);
		const frame = await opened.attachment.pictureFor(small, never);
		first.end();
		while ((await files()).length < 3) {
			await delay(10);
		}
		const second = new ImageReader(new URL('nowhere/', assets), undefined, new PictureCache(folder));
		const again = await second.open('b.gif', bytes, never);
		assert.deepEqual(again.attachment.motion, { frameCount: 12, duration: 6_000 });
		assert.deepEqual(await again.attachment.pictureFor(target, never), strip);
		assert.deepEqual(strip.times, [0, 2_000, 4_000, 5_500]);
		assert.deepEqual(await again.attachment.pictureFor(small, never), frame);
		second.end();
	});

	it('spares the worker a file that was seen before, by its content, for each target', async () => {
		const bytes = await fixture('flag.png');
		const first = new ImageReader(assets, undefined, new PictureCache(folder));
		const opened = await first.open('a.png', bytes, never);
		const picture = await opened.attachment.pictureFor(deviceTarget, never);
		first.end();
		while ((await files()).length < 2) {
			await delay(10);
		}
		// There are no workers where this one looks for them.
		const second = new ImageReader(new URL('nowhere/', assets), undefined, new PictureCache(folder));
		const again = await second.open('b.png', Uint8Array.from(bytes), never);
		assert.deepEqual(again.thumbnail, opened.thumbnail);
		assert.deepEqual([again.attachment.width, again.attachment.height], [160, 80]);
		assert.deepEqual(await again.attachment.pictureFor(deviceTarget, never), picture);
		const smaller = { ...deviceTarget, fits: () => ({ width: 8, height: 4 }) };
		await assert.rejects(again.attachment.pictureFor(smaller, never), { kind: 'unreadable' });
		second.end();
	});
});
