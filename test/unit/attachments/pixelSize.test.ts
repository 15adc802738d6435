import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert as holds, integer, property } from 'fast-check';
import sharp from 'sharp';
import { pixelSize } from '../../../src/attachments/images/pixelSize.ts';

const folder = join(import.meta.dirname, '../../fixtures/attachments');

describe('pixelSize', () => {
	for (const name of readdirSync(folder).filter(
		(one) => /\.(?:png|gif|webp|jpe?g)$/.test(one) && one !== 'empty.png',
	)) {
		it(`reads ${name} as sharp does`, async () => {
			const bytes = readFileSync(join(folder, name));
			const { autoOrient } = await sharp(bytes, { failOn: 'none' }).metadata();
			assert.deepEqual(pixelSize(bytes), { width: autoOrient.width, height: autoOrient.height });
		});
	}

	for (const options of [{ lossless: true }, { lossless: false }, { lossless: false, alpha: true }]) {
		it(`reads WebP, ${JSON.stringify(options)}`, async () => {
			const background = { r: 1, g: 2, b: 3, alpha: 0.5 };
			const image = sharp({ create: { width: 301, height: 57, channels: options.alpha ? 4 : 3, background } });
			assert.deepEqual(pixelSize(await image.webp(options).toBuffer()), { width: 301, height: 57 });
		});
	}

	for (const orientation of [1, 3, 6, 8]) {
		it(`turns a JPEG with orientation ${orientation}`, async () => {
			const image = sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } });
			const bytes = await image.jpeg().withMetadata({ orientation }).toBuffer();
			const expected = orientation < 5 ? { width: 30, height: 20 } : { width: 20, height: 30 };
			assert.deepEqual(pixelSize(bytes), expected);
		});
	}

	it('reads no other kinds', () => {
		for (const name of ['flag.avif', 'flag.tif', 'pages.pdf']) {
			assert.equal(pixelSize(readFileSync(join(folder, name))), undefined);
		}
	});

	it('ends for any broken file', () => {
		const bytes = readFileSync(join(folder, 'flag-metadata.jpg'));
		const broken = property(
			integer({ min: 0, max: 4000 }),
			integer({ min: 0, max: 255 }),
			integer({ min: 0, max: 5000 }),
			(at, value, end) => {
				const copy = new Uint8Array(bytes.subarray(0, end));
				copy[at % Math.max(1, copy.length)] = value;
				pixelSize(copy);
			},
		);
		holds(broken, { numRuns: 2_000 });
	});
});
