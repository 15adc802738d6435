import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { ImageAttachment, Picture, PictureTarget } from '../../../src/attachments/attachment.ts';
import { deviceTarget } from '../../../src/attachments/images/fit.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { labelHeight } from '../../../src/attachments/images/moving/label.ts';
import { gap, stripLayout } from '../../../src/attachments/images/moving/stripLayout.ts';
import { TextReader } from '../../../src/attachments/text/textReader.ts';
import { assets, never } from './fixtures.ts';
import { gifOf } from './movingGif.ts';

const folder = new URL('../../fixtures/moving/', import.meta.url);
const target: PictureTarget = { ...deviceTarget, asStrip: true };

async function file(name: string): Promise<Uint8Array> {
	return new Uint8Array(await readFile(new URL(name, folder)));
}

async function pixelsOf(image: Uint8Array): Promise<Buffer> {
	return sharp(image).removeAlpha().toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer();
}

/** The frames of a strip, cut out of it by what its layout must be. */
async function framesOf(strip: Picture, { width, height, motion }: ImageAttachment): Promise<readonly Buffer[]> {
	const count = strip.times?.length ?? 0;
	const { columns, cell, frame } = stripLayout(count, { width, height }, motion?.duration ?? 0, target.fits);
	return Promise.all(
		Array.from({ length: count }, async (_, place) => {
			const left = (place % columns) * (cell.width + gap);
			const top = Math.floor(place / columns) * (cell.height + gap) + labelHeight;
			return pixelsOf(
				await sharp(strip.bytes)
					.extract({ left, top, ...frame })
					.png()
					.toBuffer(),
			);
		}),
	);
}

describe('Moving pictures', function () {
	this.timeout(60_000);
	const reader = new ImageReader(assets);
	const texts = new TextReader(assets);
	after(() => {
		reader.end();
		texts.end();
	});

	async function strip(bytes: Uint8Array, wanted = target) {
		const { attachment } = await reader.open('a', bytes, never);
		return { attachment, picture: await attachment.pictureFor(wanted, never) };
	}

	/** The frames, from 1, whose references a strip shows, in order. */
	async function shows(name: string, reference: string, frameCount: number): Promise<readonly number[]> {
		const { attachment, picture } = await strip(await file(name));
		const references = await Promise.all(
			Array.from({ length: frameCount }, async (_, index) =>
				pixelsOf(await file(`reference/${reference}-${index + 1}.png`)),
			),
		);
		return (await framesOf(picture, attachment)).map(
			(frame) => references.findIndex((expected) => frame.equals(expected)) + 1,
		);
	}

	for (const name of ['tide.gif', 'tide-whole-frames.gif', 'tide.webp', 'tide-key-frames.webp', 'tide.png']) {
		it(`shows four frames of ${name}, evenly in time, as another program draws them`, async () => {
			assert.deepEqual(await shows(name, 'tide', 12), [1, 5, 9, 12]);
			const { attachment, picture } = await strip(await file(name));
			assert.deepEqual(attachment.motion, { frameCount: 12, duration: 6_000 });
			assert.deepEqual(picture.times, [0, 2_000, 4_000, 5_500]);
		});
	}

	for (const name of ['none', 'background', 'previous']) {
		it(`draws frames that lie over others, and leave them so: ${name}`, async () => {
			const { attachment, picture } = await strip(await file(`${name}.gif`));
			const found = await framesOf(picture, attachment);
			for (const [place, index] of [1, 2, 4, 5].entries()) {
				const expected = await sharp(await file(`reference/${name}-${index}.png`))
					.flatten({ background: 'white' })
					.png()
					.toBuffer();
				assert.ok(found[place]?.equals(await pixelsOf(expected)), `frame ${index}`);
			}
		});
	}

	it('has labels on which a reader of text reads what it says of their times', async () => {
		for (const name of ['tide.gif', 'background.gif']) {
			const { attachment, picture } = await strip(await file(name));
			const { cell } = stripLayout(4, attachment, attachment.motion?.duration ?? 0, target.fits);
			const times = picture.times ?? [];
			// One under the other, as readers take what stands side by side for one line.
			const bands = times.map(async (_, place) => ({
				input: await sharp(picture.bytes)
					.extract({ left: place * (cell.width + gap), top: 0, width: cell.width, height: labelHeight })
					.png()
					.toBuffer(),
				left: 0,
				top: place * 140,
			}));
			const ground = { width: 700, height: 560, channels: 3, background: '#9ab' } as const;
			const bars = times.map((_, place) => ({
				input: { create: { ...ground, height: labelHeight, background: 'black' } },
				left: 0,
				top: place * 140,
			}));
			const bytes = await sharp({ create: ground })
				.composite([...bars, ...(await Promise.all(bands))])
				.png()
				.toBuffer();
			const { text } = await texts.read({ mediaType: 'image/png', bytes, width: 700, height: 560 }, never);
			const words = text.replaceAll(/[ \n]/g, '').replaceAll('o', '0');
			// It may take an o for a 0, and the s of seconds for a 5.
			for (const [place, time] of times.entries()) {
				const [number, seconds] = [`${place + 1}0f4,`, (time / 1000).toFixed(1)];
				for (const part of [number, seconds]) {
					assert.ok(words.includes(part), `${part} in ${text}`);
				}
			}
		}
	});

	it('shows what differs, and no frame twice', async () => {
		assert.deepEqual(await shows('turns.gif', 'tide', 12), [1, 9]);
		const { attachment, picture } = await strip(await file('same.gif'));
		assert.equal(attachment.motion?.frameCount, 3);
		assert.deepEqual([picture.times, picture.width, picture.height], [undefined, 96, 64]);
	});

	it('leaves blank frames out', async () => {
		const blank = new Uint8Array(await readFile(new URL('../images/blank-ends.webp', folder)));
		const { picture } = await strip(blank);
		assert.deepEqual([picture.times, picture.width], [undefined, 24]);
	});

	it('shows the frames that are whole of a file that is cut off', async () => {
		for (const name of ['cut.gif', 'cut.webp', 'cut.png']) {
			assert.deepEqual(await shows(name, 'tide', 12), [1, 3, 5, 7], name);
		}
		for (const name of ['cut-early.gif', 'cut-early.webp', 'cut-early.png']) {
			const { attachment, picture } = await strip(await file(name));
			assert.deepEqual([attachment.motion, picture.times], [undefined, undefined], name);
			assert.deepEqual(await pixelsOf(picture.bytes), await pixelsOf(await file('reference/tide-1.png')), name);
		}
	});

	it('takes a film of one frame, and a sequence that it cannot read as such, for a still picture', async () => {
		for (const name of ['one.gif', 'one.webp', 'sequence.avif']) {
			const { attachment, picture } = await strip(await file(name));
			assert.deepEqual([attachment.motion, picture.times], [undefined, undefined], name);
			assert.deepEqual(await pixelsOf(picture.bytes), await pixelsOf(await file('reference/tide-1.png')), name);
		}
	});

	it('makes one frame and a strip of one file, each as it was asked for', async () => {
		const { attachment, picture } = await strip(await file('tide.gif'));
		const one = await attachment.pictureFor(deviceTarget, never);
		assert.deepEqual([one.times, one.width, one.height], [undefined, 96, 64]);
		assert.deepEqual(await attachment.pictureFor(target, never), picture);
	});

	it('looks at the beginning of a film that would take too long, and says so by its times', async () => {
		// Each frame builds on those before, and all 5,000 would take too long.
		const { attachment, picture } = await strip(await gifOf(5_000, { width: 600, height: 400, builds: true }));
		assert.deepEqual(attachment.motion, { frameCount: 5_000, duration: 500_000 });
		assert.equal(picture.times?.length, 4);
		assert.ok((picture.times.at(-1) ?? 0) < 60_000, picture.times.join());
	});

	it('gets at any frame of a long film whose frames stand alone', async () => {
		const { picture } = await strip(await gifOf(5_000, { width: 600, height: 400, builds: false }));
		assert.deepEqual([picture.times?.[0], picture.times?.at(-1)], [0, 499_900]);
	});

	it('reads frames of 20,000 px', async () => {
		const wide = await strip(await gifOf(4, { width: 20_000, height: 20, builds: true }));
		assert.equal(wide.picture.times?.length, 4);
		assert.ok(wide.picture.width <= 2_048);
		const vast = await file('tide.gif');
		const screen = new DataView(vast.buffer);
		screen.setUint16(6, 20_000, true);
		screen.setUint16(8, 10_000, true);
		await assert.rejects(strip(vast), { kind: 'too-many-pixels', reason: '20000 x 10000 px' });
	});
});

describe('The layout of a strip', () => {
	const inside =
		(side: number): PictureTarget['fits'] =>
		({ width, height }) => {
			const factor = Math.min(1, side / Math.max(width, height));
			return { width: Math.round(width * factor), height: Math.round(height * factor) };
		};

	it('sets frames side by side where they fit, else in the way that leaves them largest', () => {
		const columns = (width: number, height: number): number =>
			stripLayout(4, { width, height }, 5_000, inside(2_048)).columns;
		assert.deepEqual([columns(400, 300), columns(1_200, 900), columns(3_000, 300), columns(300, 3_000)], [4, 2, 1, 4]);
	});

	it('enlarges nothing, and leaves labels as large as they are', () => {
		const small = stripLayout(4, { width: 24, height: 16 }, 5_000, inside(2_048));
		assert.deepEqual(small.frame, { width: 24, height: 16 });
		assert.equal(small.cell.height, 16 + labelHeight);
		const half = stripLayout(2, { width: 4_000, height: 3_000 }, 5_000, inside(1_024));
		assert.equal(half.cell.height, half.frame.height + labelHeight);
		assert.ok(Math.abs(half.frame.width / half.frame.height - 4 / 3) < 0.01);
	});
});
