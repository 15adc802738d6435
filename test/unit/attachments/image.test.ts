import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Picture, PictureTarget } from '../../../src/attachments/attachment.ts';
import type { AttachmentFailureKind } from '../../../src/attachments/attachmentFailure.ts';
import { deviceTarget } from '../../../src/attachments/images/fit.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { ascii, assets, fixture, never } from './fixtures.ts';
import { secret, withSecrets } from './metadata/plantedSecrets.ts';

const red = [255, 0, 0];
const blue = [0, 0, 255];
const white = [255, 255, 255];

/** The colour of one pixel, with the decoder that npm installed, which need not be the one under test. */
async function colourAt({ bytes }: Picture, left: number, top: number): Promise<number[]> {
	const pixel = await sharp(bytes).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
	return [...pixel];
}

async function assertFlag(picture: Picture, tolerance = 12): Promise<void> {
	assert.deepEqual([picture.width, picture.height], [160, 80]);
	for (const [left, top, colour] of [
		[12, 12, white],
		[40, 60, red],
		[120, 40, blue],
	] as const) {
		const found = await colourAt(picture, left, top);
		const distance = Math.max(...found.map((value, channel) => Math.abs(value - (colour[channel] ?? 0))));
		assert.ok(distance <= tolerance, `${found.join()} at ${left},${top}`);
	}
}

describe('ImageReader', function () {
	this.timeout(20_000);
	const reader = new ImageReader(assets);
	after(() => reader.end());

	/** As a reader on this device gets it. */
	const prepare = async (bytes: Uint8Array, signal = never) => {
		const { attachment } = await reader.open('a', bytes, signal);
		const { width, height } = attachment;
		return { width, height, picture: await attachment.pictureFor(deviceTarget, signal) };
	};
	const thumbnailOf = async (bytes: Uint8Array) => (await reader.open('a', bytes, never)).thumbnail;
	const fails = (bytes: Uint8Array, kind: AttachmentFailureKind, reason?: string) =>
		assert.rejects(reader.open('a', bytes, never), {
			name: 'AttachmentFailure',
			kind,
			...(reason === undefined ? {} : { reason }),
		});

	const flags = {
		'flag.png': 'image/png',
		'flag-16-bit.png': 'image/png',
		'flag.jpg': 'image/jpeg',
		'flag-progressive.jpg': 'image/jpeg',
		'flag-stray-bytes.jpg': 'image/jpeg',
		'flag.gif': 'image/gif',
		'flag-animated.gif': 'image/gif',
		'flag.webp': 'image/webp',
		'flag-animated.webp': 'image/webp',
		'flag.avif': 'image/avif',
		'flag.tif': 'image/tiff',
		'flag.bmp': 'image/bmp',
		'flag.heic': 'image/heic',
		'flag-jpeg.tif': 'image/tiff',
		'flag-metadata.jpg': 'image/jpeg',
		'flag-metadata.png': 'image/png',
	};
	for (const [name, fileType] of Object.entries(flags)) {
		it(`reads ${name}, upright and in its colours`, async () => {
			const bytes = await fixture(name);
			const { attachment } = await reader.open(name, bytes, never);
			const { pictureFor, motion, ...facts } = attachment;
			assert.equal(motion?.frameCount, name.includes('animated') ? 2 : undefined);
			assert.deepEqual(facts, { kind: 'image', name, fileType, fileSize: bytes.length, width: 160, height: 80 });
			await assertFlag(await pictureFor(deviceTarget, never));
		});
	}

	it('reads CMYK without a profile in about its colours', async () => {
		await assertFlag((await prepare(await fixture('flag-cmyk.jpg'))).picture, 140);
	});

	it('reads grey', async () => {
		const { picture } = await prepare(await fixture('flag-grey.jpg'));
		assert.deepEqual(await colourAt(picture, 12, 12), white);
	});

	/** How the picture is stored for EXIF orientations 1 to 8: turned clockwise, then mirrored. */
	const stored = [
		{ turn: 0, mirror: false },
		{ turn: 0, mirror: true },
		{ turn: 180, mirror: false },
		{ turn: 180, mirror: true },
		{ turn: 90, mirror: true },
		{ turn: 270, mirror: false },
		{ turn: 270, mirror: true },
		{ turn: 90, mirror: false },
	];
	for (const [index, { turn, mirror }] of stored.entries()) {
		it(`turns EXIF orientation ${index + 1} upright`, async () => {
			const turned = await sharp(await fixture('flag.png'))
				.rotate(turn)
				.toBuffer();
			const lying = await sharp(turned)
				.flop(mirror)
				.withMetadata({ orientation: index + 1 })
				.jpeg({ quality: 95 })
				.toBuffer();
			const { width, height, picture } = await prepare(lying);
			assert.deepEqual([width, height], [160, 80]);
			await assertFlag(picture);
		});
	}

	it('sends no metadata', async () => {
		const withProfile = await sharp(await fixture('photo.jpg'))
			.withExif({ IFD0: { Artist: 'Secret Author' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 0/1 0/1' } })
			.withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>secret xmp</a></x:xmpmeta>')
			.withIccProfile('p3')
			.toBuffer();
		const files = [withProfile, await fixture('flag-metadata.jpg'), await fixture('flag-metadata.png')];
		const marks = /Exif|eXIf|GPS|adobe|xmp|ICC_PROFILE|iCCP|tEXt|zTXt|iTXt|Photoshop|8BIM|secret|Pellhaven|photoshop/i;
		for (const bytes of files) {
			assert.match(Buffer.from(bytes).toString('latin1'), marks);
			const { picture } = await prepare(bytes);
			assert.doesNotMatch(Buffer.from(picture.bytes).toString('latin1'), marks);
			const { exif, xmp, icc, iptc, orientation, comments } = await sharp(picture.bytes).metadata();
			assert.deepEqual([exif, xmp, icc, iptc, orientation, comments], Array(6).fill(undefined));
			assert.doesNotMatch(Buffer.from((await thumbnailOf(bytes)).bytes).toString('latin1'), marks);
		}
	});

	describe('a file that needs no change', () => {
		const grain = { type: 'gaussian', mean: 128, sigma: 20 } as const;
		const photo = () => sharp({ create: { width: 300, height: 200, channels: 3, background: 'grey', noise: grain } });
		const sent = async (bytes: Uint8Array, target: Partial<PictureTarget> = {}) => {
			const { attachment } = await reader.open('a', bytes, never);
			return attachment.pictureFor({ ...deviceTarget, ...target }, never);
		};
		const isSame = async (one: Uint8Array, other: Uint8Array) =>
			(await sharp(one).raw().toBuffer()).equals(await sharp(other).raw().toBuffer());

		it('goes bit by bit, but without its metadata, where making it anew would take more', async () => {
			const plain = await photo().jpeg({ quality: 50 }).toBuffer();
			const picture = await sent(withSecrets(plain, 'jpeg'));
			assert.ok(await isSame(picture.bytes, plain));
			assert.ok(picture.bytes.length <= plain.length);
			assert.doesNotMatch(Buffer.from(picture.bytes).toString('latin1'), new RegExp(secret));
		});

		it('goes as it is when its metadata is to be kept', async () => {
			const planted = withSecrets(await photo().jpeg({ quality: 30 }).toBuffer(), 'jpeg');
			assert.deepEqual(Buffer.from((await sent(planted, { keepsMetadata: true })).bytes), Buffer.from(planted));
		});

		it('goes in a format that only some take, to them', async () => {
			const webp = await photo().webp({ quality: 30 }).toBuffer();
			const there = await sent(webp, { mediaTypes: ['image/png', 'image/jpeg', 'image/webp'] });
			assert.equal(there.mediaType, 'image/webp');
			assert.ok(await isSame(there.bytes, webp));
			assert.equal((await sent(webp)).mediaType, 'image/jpeg');
		});

		it('is made anew when it is larger than that, turned, see-through, in other colours or too large', async () => {
			const small = (image: Sharp) => image.jpeg({ quality: 30 }).toBuffer();
			const fine = await photo().jpeg({ quality: 100 }).toBuffer();
			const turned = await small(photo().withMetadata({ orientation: 6 }));
			const upsideDown = await small(photo().withMetadata({ orientation: 3 }));
			const colours = await small(photo().withIccProfile('p3'));
			for (const bytes of [fine, turned, upsideDown, colours]) {
				assert.ok(!(await isSame((await sent(bytes)).bytes, bytes)));
			}
			const picture = await sent(turned);
			assert.deepEqual([picture.width, picture.height], [200, 300]);
			assert.equal((await sharp((await sent(colours)).bytes).metadata()).icc, undefined);
			const clear = await fixture('transparent-white.png');
			assert.equal((await sharp((await sent(clear)).bytes).metadata()).hasAlpha, false);
			const tight = await sent(await small(photo()), { maxBytes: 3_000 });
			assert.ok(tight.bytes.length <= 3_000);
		});
	});

	it('sends photographs as JPEG and drawings as PNG', async () => {
		assert.equal((await prepare(await fixture('photo.jpg'))).picture.mediaType, 'image/jpeg');
		const { picture } = await prepare(await fixture('flag.webp'));
		assert.equal(picture.mediaType, 'image/png');
		assert.equal((await sharp(picture.bytes).metadata()).format, 'png');
	});

	it('makes long sides 2,048 px and enlarges nothing', async () => {
		const tall = await sharp({ create: { width: 1000, height: 4096, channels: 3, background: 'red' } })
			.png()
			.toBuffer();
		const { width, height, picture } = await prepare(tall);
		assert.deepEqual([width, height, picture.width, picture.height], [1000, 4096, 500, 2048]);
		const dot = await prepare(await fixture('dot.png'));
		assert.deepEqual([dot.picture.width, dot.picture.height], [1, 1]);
		assert.deepEqual(await colourAt(dot.picture, 0, 0), red);
	});

	it('reads a panorama of 20,000 x 10 px, never below 1 px', async () => {
		const bytes = await sharp({ create: { width: 20_000, height: 10, channels: 3, background: 'red' } })
			.png()
			.toBuffer();
		const { width, height, picture } = await prepare(bytes);
		assert.deepEqual([width, height, picture.width, picture.height], [20_000, 10, 2048, 1]);
		const thumbnail = await thumbnailOf(bytes);
		assert.deepEqual([thumbnail.width, thumbnail.height], [112, 1]);
	});

	for (const [name, colour] of [
		['transparent-black.png', 0],
		['transparent-white.png', 255],
	] as const) {
		it(`keeps ${name} visible`, async () => {
			const { picture } = await prepare(await fixture(name));
			const [content = 0] = await colourAt(picture, 100, 50);
			const [background = 0] = await colourAt(picture, 10, 10);
			assert.ok(Math.abs(content - colour) <= 8);
			assert.ok(Math.abs(content - background) > 100, `${content} on ${background}`);
		});
	}

	it('makes small thumbnails', async () => {
		const thumbnail = await thumbnailOf(await fixture('photo.jpg'));
		assert.deepEqual([thumbnail.width, thumbnail.height], [112, 84]);
		assert.ok(thumbnail.bytes.length < 10_000);
	});

	it("leaves the caller's bytes usable", async () => {
		const bytes = await fixture('flag.png');
		const before = Uint8Array.from(bytes);
		await prepare(bytes);
		assert.deepEqual(bytes, before);
	});

	it('reads a view of a larger buffer', async () => {
		const flag = await fixture('flag.png');
		const larger = new Uint8Array(flag.length + 200);
		larger.set(flag, 100);
		await assertFlag((await prepare(larger.subarray(100, 100 + flag.length))).picture);
	});

	it('says that a file is empty', () => fails(new Uint8Array(), 'empty-file'));

	it('says what a file is that is no image', async () => {
		await fails(ascii('no picture'), 'unsupported-type', 'text/plain');
		await fails(await fixture('pages.pdf'), 'unsupported-type', 'application/pdf');
		await fails(Uint8Array.of(1, 2, 3, 0), 'unsupported-type');
	});

	it('says that a file is damaged', async () => {
		await fails(await fixture('photo-truncated.jpg'), 'damaged');
		await fails(await fixture('flag-truncated.png'), 'damaged');
		for (const name of ['flag.gif', 'flag.webp', 'flag.avif', 'flag.tif', 'flag.jpg', 'flag.png']) {
			await fails((await fixture(name)).subarray(0, 60), 'damaged');
		}
	});

	it('shows the still picture of an animated PNG that is broken where it moves', async () => {
		const flag = Buffer.from(await fixture('flag.png'));
		const [head, picture] = [flag.subarray(0, 33), flag.subarray(33, -12)];
		const twoFrames = pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
		const control = Buffer.alloc(26);
		control.writeUInt32BE(160, 4);
		control.writeUInt32BE(80, 8);
		for (const second of [
			[pngChunk('fcTL', control), pngChunk('fdAT', Buffer.from('no frame at all'))],
			[pngChunk('fcTL', control.subarray(0, 10))],
		]) {
			const frames = [twoFrames, pngChunk('fcTL', control), picture, ...second];
			await assertFlag((await prepare(Buffer.concat([head, ...frames, flag.subarray(-12)]))).picture);
		}
	});

	it('refuses more pixels than memory has room for, before it decodes any', async () => {
		const flag = await fixture('flag.png');
		const size = new DataView(flag.buffer);
		size.setUint32(16, 17_000);
		size.setUint32(20, 17_000);
		await fails(withHeaderChecksum(flag), 'too-many-pixels', '17000 x 17000 px');
	});

	it('goes on after a failure', async () => {
		await fails(await fixture('photo-truncated.jpg'), 'damaged');
		await assertFlag((await prepare(await fixture('flag.png'))).picture);
	});

	it('prepares many at once', async () => {
		const bytes = await fixture('flag.jpg');
		const all = await Promise.all(Array.from({ length: 20 }, () => prepare(bytes)));
		assert.equal(new Set(all.map(({ picture }) => Buffer.from(picture.bytes).toString('base64'))).size, 1);
	});

	it('stops at once when aborted, and works again afterwards', async () => {
		const controller = new AbortController();
		const stopped = prepare(await fixture('photo.jpg'), controller.signal);
		controller.abort();
		await assert.rejects(stopped, { name: 'AbortError' });
		await assert.rejects(prepare(await fixture('photo.jpg'), controller.signal), { name: 'AbortError' });
		await assertFlag((await prepare(await fixture('flag.png'))).picture);
	});
});

/** A PNG whose header was changed, with the checksum that belongs to it. */
function withHeaderChecksum(png: Uint8Array): Uint8Array {
	new DataView(png.buffer, png.byteOffset).setUint32(29, crc32(png.subarray(12, 29)));
	return png;
}

function pngChunk(type: string, content: Buffer): Buffer {
	const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]);
	chunk.writeUInt32BE(content.length);
	chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
	return chunk;
}
