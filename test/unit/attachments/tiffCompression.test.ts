import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { AttachmentFailure, type AttachmentFailureKind } from '../../../src/attachments/attachmentFailure.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { readableTiff } from '../../../src/attachments/images/tiffCompression.ts';
import { assets, never } from './fixtures.ts';
import { type TiffPlan, tiffOfSegments, writeTiff } from './writeTiff.ts';

async function file(name: string): Promise<Buffer> {
	return readFile(new URL(`../../fixtures/images/${name}`, import.meta.url));
}

const zstd = 50000;

/** 24 x 16 px, grey, in one strip of ZSTD. */
const plain: TiffPlan = {
	isBig: false,
	isLittle: true,
	width: 24,
	height: 16,
	samples: 1,
	isPlanar: false,
	isTiled: false,
	segmentWidth: 24,
	segmentHeight: 16,
	compression: zstd,
};

const plans: fc.Arbitrary<TiffPlan> = fc
	.record({
		isBig: fc.boolean(),
		isLittle: fc.boolean(),
		width: fc.integer({ min: 1, max: 40 }),
		height: fc.integer({ min: 1, max: 40 }),
		samples: fc.constantFrom(1, 3),
		isPlanar: fc.boolean(),
		isTiled: fc.boolean(),
		rows: fc.integer({ min: 1, max: 60 }),
	})
	.map(({ rows, ...plan }) => ({
		...plan,
		// The image library reads no planes in tiles, however they are compressed.
		isPlanar: plan.isPlanar && !plan.isTiled,
		compression: zstd,
		// Sides of tiles are multiples of 16.
		segmentWidth: plan.isTiled ? 16 : plan.width,
		segmentHeight: plan.isTiled ? 32 : rows,
	}));

describe('TIFF in compressions that the image library leaves out', function () {
	this.timeout(60_000);
	const reader = new ImageReader(assets);
	after(() => reader.end());

	const fails = (bytes: Uint8Array, kind: AttachmentFailureKind, reason?: string) =>
		assert.rejects(reader.open('a.tif', bytes, never), {
			name: 'AttachmentFailure',
			kind,
			...(reason === undefined ? {} : { reason }),
		});

	it('has every pixel of ZSTD in strips, tiles and planes, in either order of bytes, as BigTIFF too', async () => {
		await fc.assert(
			fc.asyncProperty(plans, fc.infiniteStream(fc.nat(255)), async (plan, levels) => {
				const pixels = Uint8Array.from(levels.take(plan.width * plan.height * plan.samples));
				const readable = await readableTiff(writeTiff(plan, pixels, (bytes) => zstdCompressSync(bytes)));
				const found = await sharp(readable)
					.toColourspace(plan.samples === 1 ? 'b-w' : 'srgb')
					.raw()
					.toBuffer();
				assert.deepEqual(new Uint8Array(found), pixels);
			}),
			{ numRuns: 200 },
		);
	});

	it('leaves a TIFF alone that the library reads', async () => {
		const bytes = await file('mark-lzw.tif');
		assert.equal(await readableTiff(bytes), bytes);
	});

	const others = {
		6: 'JPEG, old style',
		32909: 'PixarLog',
		34661: 'JBIG',
		34712: 'JPEG 2000',
		34887: 'LERC',
		34925: 'LZMA',
		50002: 'JPEG XL',
	};
	for (const [compression, name] of Object.entries(others)) {
		it(`names ${name}, which nothing here reads`, async () => {
			await fails(
				tiffOfSegments({ ...plain, compression: Number(compression) }, [new Uint8Array(99)]),
				'unsupported-compression',
				name,
			);
		});
	}

	it('inflates no strip beyond what the header says', async () => {
		const blank = (length: number): Buffer => tiffOfSegments(plain, [zstdCompressSync(new Uint8Array(length))]);
		const { attachment } = await reader.open('a.tif', blank(24 * 16), never);
		assert.equal(attachment.width, 24);
		await fails(blank(24 * 16 + 1), 'damaged');
		await fails(blank(64 * 2 ** 20), 'damaged');
	});

	it('refuses a header that promises more than memory has room for, before it inflates anything', async () => {
		const strip = zstdCompressSync(new Uint8Array(99));
		const vast = { ...plain, width: 65_000, height: 65_000, segmentWidth: 65_000, segmentHeight: 65_000 };
		await fails(tiffOfSegments(vast, [strip]), 'too-many-pixels');
		await fails(
			tiffOfSegments({ ...plain, isTiled: true, segmentWidth: 65_000, segmentHeight: 65_000 }, [strip]),
			'too-many-pixels',
		);
	});

	it('calls sizes of nothing, and strips too few or too many, damaged', async () => {
		const strip = zstdCompressSync(new Uint8Array(24 * 16));
		await fails(tiffOfSegments({ ...plain, width: 0, segmentWidth: 0 }, [strip]), 'damaged');
		await fails(tiffOfSegments({ ...plain, segmentHeight: 0 }, [strip]), 'damaged');
		await fails(tiffOfSegments({ ...plain, segmentHeight: 8 }, [strip]), 'damaged');
		await fails(tiffOfSegments(plain, [strip, strip]), 'damaged');
		await fails(tiffOfSegments({ ...plain, samples: 3 }, [strip]), 'damaged');
	});

	for (const name of ['mark-zstd.tif', 'mark-zstd-tiles.tif', 'mark-zstd-big.tif', 'mark-webp.tif']) {
		it(`ends in a picture or a failure whatever is broken in ${name}`, async () => {
			const whole = await file(name);
			const expected: readonly AttachmentFailureKind[] = ['damaged', 'unsupported-compression', 'too-many-pixels'];
			const changes = fc.array(fc.tuple(fc.integer({ min: 8, max: whole.length - 1 }), fc.nat(255)), { maxLength: 4 });
			await fc.assert(
				fc.asyncProperty(changes, fc.integer({ min: 8, max: 2 * whole.length }), async (changed, end) => {
					const broken = Uint8Array.from(whole.subarray(0, end));
					changed.forEach(([at, value]) => (broken[at] = value));
					try {
						await reader.open(name, broken, never);
					} catch (error) {
						assert.ok(error instanceof AttachmentFailure && expected.includes(error.kind), String(error));
					}
				}),
				{ numRuns: 150 },
			);
			assert.ok(await reader.open(name, whole, never));
		});
	}
});
