import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import sharp from 'sharp';
import type { Picture, PictureTarget } from '../../../src/attachments/attachment.ts';
import type { AttachmentFailureKind } from '../../../src/attachments/attachmentFailure.ts';
import { deviceTarget } from '../../../src/attachments/images/fit.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { withoutMetadata } from '../../../src/attachments/images/metadata/withoutMetadata.ts';
import { sniff } from '../../../src/attachments/sniff.ts';
import { assets, never } from './fixtures.ts';

const folder = new URL('../../fixtures/images/', import.meta.url);

async function file(name: string): Promise<Uint8Array> {
	return new Uint8Array(await readFile(new URL(name, folder)));
}

/** Decoded by the library that npm installed, in the size of the reference, laid on white. */
async function pixelsOf(
	bytes: Uint8Array,
	size?: { readonly width: number; readonly height: number },
): Promise<Buffer> {
	const image = sharp(bytes).flatten({ background: 'white' }).toColourspace('srgb');
	return (size ? image.resize({ ...size, fit: 'fill', kernel: 'nearest' }) : image)
		.removeAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer();
}

/** Mean and largest difference of the samples, in levels of 255. */
async function difference(name: string, { bytes }: Picture): Promise<{ readonly mean: number; readonly most: number }> {
	const own = new URL(`reference/${name}.png`, folder);
	const reference = new Uint8Array(await readFile(existsSync(own) ? own : new URL('mark.png', folder)));
	const { width, height } = await sharp(reference).metadata();
	const [expected, found] = await Promise.all([pixelsOf(reference), pixelsOf(bytes, { width, height })]);
	assert.equal(found.length, expected.length);
	const distances = Array.from(expected, (level, index) => Math.abs(level - (found[index] ?? 0)));
	return {
		mean: distances.reduce((sum, one) => sum + one, 0) / distances.length,
		most: distances.reduce((most, one) => Math.max(most, one), 0),
	};
}

describe('The corpus of images', function () {
	this.timeout(30_000);
	const reader = new ImageReader(assets);
	after(() => reader.end());

	const pictureOf = async (name: string): Promise<Picture> => {
		const { attachment } = await reader.open(name, await file(name), never);
		return attachment.pictureFor(deviceTarget, never);
	};

	/** How far a picture may be from the reference, mean and most; 0 where nothing is lost. */
	const tolerances: readonly (readonly [names: RegExp, mean: number, most: number])[] = [
		[/^cmyk-profile/, 3, 16],
		[/^gradient/, 1, 3],
		[/^profile/, 3, 20],
		[/^primaries/, 1.5, 20],
		[/^moving/, 1, 3],
		[/^mark\.svg|^utf16\.svg/, 3, 255],
		[/\.(?:heic|avif|jpg|jpe|jfif)$|^really-avif/, 4, 60],
		[/./, 0, 0],
	];

	/** What has tests of its own below. */
	const special =
		/^(?:make\.sh|bitmaps\.py|heicProperty\.py|clear-.*|cut\..*|zero\.png|empty\.ico|broken\.ico|short\.bmp|huge\.bmp|polyglot-script\.gif|polyglot-image\.pdf|lzma\.tif|dot\.gif|wideColours\.py|range-.*|(?:text|hostile|million|endless|line|recursive)\.svg)$/;

	it('shows every file as another decoder does', async () => {
		const names = (await readdir(folder, { withFileTypes: true }))
			.filter((entry) => entry.isFile() && !special.test(entry.name))
			.map(({ name }) => name);
		assert.ok(names.length > 50);
		for (const name of names) {
			const [, mean, most] = tolerances.find(([pattern]) => pattern.test(name)) ?? [/./, 0, 0];
			const found = await difference(name, await pictureOf(name));
			assert.ok(found.mean <= mean && found.most <= most, `${name}: ${found.mean} mean, ${found.most} most`);
		}
	});

	const failures: Readonly<Record<string, AttachmentFailureKind>> = {
		'zero.png': 'empty-file',
		'cut.jpg': 'damaged',
		'cut.heic': 'damaged',
		'cut.gif': 'damaged',
		'cut.tif': 'damaged',
		'cut.svg': 'damaged',
		'short.bmp': 'damaged',
		'broken.ico': 'damaged',
		'polyglot-script.gif': 'damaged',
		'lzma.tif': 'unsupported-compression',
		'empty.ico': 'unsupported-type',
		'polyglot-image.pdf': 'unsupported-type',
		'huge.bmp': 'too-many-pixels',
		'endless.svg': 'too-many-pixels',
	};
	for (const [name, kind] of Object.entries(failures)) {
		it(`says ${kind} of ${name}, and goes on`, async () => {
			await assert.rejects(pictureOf(name), { name: 'AttachmentFailure', kind });
			assert.equal((await pictureOf('mark.png')).width, 24);
		});
	}

	describe('images that are PDFs, too', () => {
		/** Of the size and in the format that it has, so that it need not be made anew. */
		const asItIs: PictureTarget = { ...deviceTarget, fits: (size) => size, mediaTypes: ['image/png', 'image/jpeg'] };

		for (const [name, type] of [
			['polyglot-pdf.png', 'image/png'],
			['polyglot-pdf.jpg', 'image/jpeg'],
		] as const) {
			it(`takes ${name} for an image, of which nothing else leaves`, async () => {
				const bytes = await file(name);
				assert.ok(Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-1.'));
				const { attachment } = await reader.open(name, bytes, never);
				assert.equal(attachment.fileType, type);
				const sent = await attachment.pictureFor(asItIs, never);
				assert.deepEqual(new Uint8Array(sent.bytes), withoutMetadata(bytes, type));
				assert.doesNotMatch(Buffer.from(sent.bytes).toString('latin1'), /%PDF|endobj|%%EOF/);
			});
		}

		it('takes a PDF with an image behind it for a PDF', async () => {
			assert.equal(sniff(await file('polyglot-image.pdf')), 'application/pdf');
		});
	});

	describe('transparent pictures', () => {
		for (const name of ['clear-0.png', 'clear-64.png', 'clear-128.png', 'clear-192.png', 'clear-255.png']) {
			it(`keeps what is drawn in ${name} visible`, async () => {
				const pixels = await pixelsOf((await pictureOf(name)).bytes);
				const [content = 0, ground = 0] = [pixels[(15 * 60 + 30) * 3], pixels[0]];
				assert.ok(Math.abs(content - Number(/\d+/.exec(name)?.[0])) <= 2);
				assert.ok(Math.abs(content - ground) >= 64, `${content} on ${ground}`);
			});
		}

		it('keeps black and white in one picture visible', async () => {
			const pixels = await pixelsOf((await pictureOf('clear-both.png')).bytes);
			const [black = 0, white = 0, ground = 0] = [15, 45, 0].map((column) => pixels[(15 * 60 + column) * 3]);
			assert.deepEqual([black, white], [0, 255]);
			assert.ok(ground >= 64 && ground <= 191);
		});
	});

	describe('pictures of high dynamic range', () => {
		/** The steps of wideColours.py: paper's white, 203 cd/m², and what is brighter. */
		const steps = { black: 0, dark: 3, middle: 4, paper: 6, bright: 7, brightest: 8 };

		for (const name of ['range-pq.avif', 'range-pq.heic', 'range-pq.png', 'range-hlg.avif']) {
			it(`shows ${name} as paper shows what is no brighter than paper`, async () => {
				const { bytes, width } = await pictureOf(name);
				const pixels = await pixelsOf(bytes);
				const at = (column: number, row: number): number => pixels[(row * width + column) * 3] ?? NaN;
				const greys = Array.from({ length: 9 }, (_, step) => at(16 * step + 8, 16));
				assert.deepEqual(
					greys,
					[...new Set(greys)].sort((one, other) => one - other),
				);
				assert.equal(greys[steps.black], 0);
				// 20 and 50 of 203 cd/m², as sRGB has them.
				assert.ok(Math.abs((greys[steps.dark] ?? NaN) - 88.5) <= 3, String(greys));
				assert.ok(Math.abs((greys[steps.middle] ?? NaN) - 136) <= 3, String(greys));
				assert.ok((greys[steps.paper] ?? 0) >= 215 && (greys[steps.bright] ?? 255) < 255, String(greys));
				assert.equal(greys[steps.brightest], 255);
				const [red = 0, green = 255, blue = 255] = pixels.subarray((48 * width + 60) * 3);
				assert.ok(red > 150 && green < 40 && blue < 40, `${red}, ${green}, ${blue}`);
			});
		}
	});

	describe('SVG', () => {
		it('draws text, in letters of its own', async () => {
			const picture = await pictureOf('text.svg');
			const pixels = await pixelsOf(picture.bytes);
			const darkRows = Array.from({ length: 192 }, (_, row) => pixels.subarray(row * 768 * 3, (row + 1) * 768 * 3)).map(
				(row) => row.some((level) => level < 64),
			);
			// Capitals of 48 px stand on y = 60 and are drawn 1.92 times as large.
			assert.deepEqual(
				[darkRows.indexOf(true), darkRows.lastIndexOf(true)].map((row) => Math.round(row / 8)),
				[6, 14],
			);
		});

		it('draws small ones large enough to be seen, and says their own size', async () => {
			const { attachment } = await reader.open('mark.svg', await file('mark.svg'), never);
			assert.deepEqual([attachment.width, attachment.height], [240, 160]);
			const { width, height } = await attachment.pictureFor(deviceTarget, never);
			assert.deepEqual([width, height], [768, 512]);
		});

		it('fetches nothing, runs nothing and draws no pages inside', async () => {
			const picture = await pictureOf('hostile.svg');
			const pixels = await pixelsOf(picture.bytes, { width: 8, height: 8 });
			const red = pixels.filter(
				(_, index) => index % 3 === 0 && pixels[index] === 255 && pixels[index + 1] === 0,
			).length;
			assert.equal(red, 16);
		});

		it('draws a million pixels a side smaller', async () => {
			const { attachment } = await reader.open('million.svg', await file('million.svg'), never);
			assert.deepEqual([attachment.width, attachment.height], [1_000_000, 1_000_000]);
			const picture = await attachment.pictureFor(deviceTarget, never);
			assert.deepEqual([picture.width, picture.height], [2048, 2048]);
			assert.deepEqual([...(await pixelsOf(picture.bytes, { width: 2, height: 1 }))], [255, 0, 0, 255, 255, 255]);
			assert.equal((await pictureOf('line.svg')).width, 2048);
		});

		it('survives references in a circle', async () => {
			assert.equal((await pictureOf('recursive.svg')).width, 768);
		});
	});
});
