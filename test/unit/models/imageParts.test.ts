import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import type { ImageAttachment } from '../../../src/attachments/attachment.ts';
import { ImageReader } from '../../../src/attachments/images/image.ts';
import { attachmentParts, type Reading } from '../../../src/models/parts/attachmentParts.ts';
import { estimateOf } from '../../../src/models/parts/estimate.ts';
import { TooManyImages } from '../../../src/models/parts/shareRequest.ts';
import { fairShare } from '../../../src/models/parts/imageParts.ts';
import { sightOf } from '../../../src/models/parts/sight.ts';
import { assets, fixture, never } from '../attachments/fixtures.ts';
import sharp from 'sharp';

const gateway = readerAt('https://api.maxtoken.io/v1');
const openai = readerAt('https://api.openai.com/v1');

function readerAt(baseUrl: string): Reading {
	return {
		model: 'gpt-4o',
		endpoint: { protocol: 'chat-completions', baseUrl },
		sees: 'yes',
		purpose: 'ask',
		questions: [],
		readText: () => Promise.reject(new Error('Images are not recognised for a model that sees.')),
	};
}

describe('Images in a request', function () {
	this.timeout(30_000);
	const reader = new ImageReader(assets);
	after(() => reader.end());

	const open = async (name: string, bytes: Uint8Array): Promise<ImageAttachment> =>
		(await reader.open(name, bytes, never)).attachment;

	async function imagesIn(attachments: readonly ImageAttachment[], reading: Reading) {
		const { parts } = await attachmentParts(attachments, reading, never);
		return parts.flatMap((part) =>
			part.kind === 'image' && part.content instanceof Uint8Array ? [{ ...part, bytes: part.content }] : [],
		);
	}

	async function sizeOf(bytes: Uint8Array): Promise<readonly (number | string | undefined)[]> {
		const { width, height, format } = await sharp(bytes).metadata();
		return [width, height, format];
	}

	const noise = (width: number, height: number): Promise<Uint8Array> =>
		sharp({
			create: { width, height, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
		})
			.png()
			.toBuffer();

	it('labels each by its number and name', async () => {
		const flag = await open('a "flag".png', await fixture('flag.png'));
		const { parts } = await attachmentParts([flag, flag], gateway, never);
		assert.deepEqual(
			parts.map((part) => (part.kind === 'text' ? part.text : part.kind)),
			[String.raw`File 1: image "a \"flag\".png"`, 'image', String.raw`File 2: image "a \"flag\".png"`, 'image'],
		);
	});

	it('says of a strip what moves in it and when, and of which frames it is', async () => {
		const tide = new Uint8Array(await readFile(new URL('../../fixtures/moving/tide.gif', import.meta.url)));
		const still = await open('tide.gif', tide);
		const { parts, coverage } = await attachmentParts([{ ...still, sends: 'strip', number: 3 }], gateway, never);
		const [label, image] = parts;
		assert.ok(label?.kind === 'text' && image?.kind === 'image' && image.content instanceof Uint8Array);
		assert.equal(
			label.text,
			'File 3: image "tide.gif", a moving picture of 12 frames that lasts 6.0 s. What follows are 4 of its frames in one picture, from the left and from the top, each under a black band that was added, with its number and time: 0.0 s, 2.0 s, 4.0 s, 5.5 s. They are one event in time, not separate pictures.',
		);
		const [width = 0, height = 0] = await sizeOf(image.content);
		assert.ok(Number(width) > 4 * 96 && Number(height) > 64);
		assert.deepEqual(coverage(), [
			{ kind: 'frames', name: 'tide.gif', frameCount: 12, times: [0, 2_000, 4_000, 5_500] },
		]);
		const jpeg = await image.instead?.('format');
		assert.ok(jpeg?.content instanceof Uint8Array);
		assert.deepEqual(await sizeOf(jpeg.content), [width, height, 'jpeg']);
		const estimate = await estimateOf([[{ ...still, sends: 'strip' }]], openai);
		assert.ok((estimate.tokens ?? 0) > ((await estimateOf([[still]], openai)).tokens ?? 0));
		const { bytes } = await estimateOf([[{ ...still, sends: 'strip' }]], gateway);
		assert.equal(bytes, image.content instanceof Uint8Array ? image.content.length : 0);
		const one = await attachmentParts([still], gateway, never);
		assert.deepEqual(one.parts[0], { kind: 'text', text: 'File 1: image "tide.gif"' });
		assert.partialDeepStrictEqual(one.coverage(), [{ kind: 'frames', times: undefined }]);
	});

	it('gives each model the size that it sees', async () => {
		const photo = await open('photo', await noise(2000, 1500));
		const [picture] = await imagesIn([photo], gateway);
		assert.ok(picture);
		assert.equal(picture.mediaType, 'image/jpeg');
		assert.deepEqual(await sizeOf(picture.bytes), [1024, 768, 'jpeg']);
	});

	it('sends drawings as WebP without loss where that is taken, else as PNG', async () => {
		const flag = await open('flag', await fixture('flag.tif'));
		const [there] = await imagesIn([flag], openai);
		const [elsewhere] = await imagesIn([flag], gateway);
		assert.deepEqual([there?.mediaType, elsewhere?.mediaType], ['image/webp', 'image/png']);
		assert.ok(there && elsewhere);
		assert.deepEqual(await sharp(there.bytes).raw().toBuffer(), await sharp(elsewhere.bytes).raw().toBuffer());
	});

	it('offers another format, and half the size, to a server that refuses', async () => {
		const flag = await open('flag', await fixture('flag.tif'));
		const [webp] = await imagesIn([flag], openai);
		const [png] = await imagesIn([flag], gateway);
		const plain = await webp?.instead?.('format');
		assert.equal(plain?.mediaType, 'image/png');
		const jpeg = await png?.instead?.('format');
		assert.ok(jpeg?.content instanceof Uint8Array);
		assert.deepEqual(await sizeOf(jpeg.content), [160, 80, 'jpeg']);
		const photo = await open('photo', await noise(2000, 1500));
		const [large] = await imagesIn([photo], gateway);
		const half = await large?.instead?.('size');
		assert.ok(half?.content instanceof Uint8Array);
		assert.deepEqual(await sizeOf(half.content), [512, 384, 'jpeg']);
		assert.ok(half.content.length <= (large?.bytes.length ?? 0) / 2);
		assert.equal(await large?.instead?.('format'), undefined);
		const [dot] = await imagesIn([await open('dot', await fixture('dot.png'))], gateway);
		assert.equal(await dot?.instead?.('size'), undefined);
	});

	it('keeps many images within one request, at the cost of the large ones', async () => {
		const large = await open('large', await noise(2000, 2000));
		const small = await open('small', await fixture('flag.png'));
		const sight = sightOf({ ...gateway, model: 'nobody-knows' });
		const [alone] = await imagesIn([large], { ...gateway, model: 'nobody-knows' });
		assert.ok(alone && alone.bytes.length > sight.requestBytes / 16);
		const all = await imagesIn([...Array<ImageAttachment>(15).fill(large), small], {
			...gateway,
			model: 'nobody-knows',
		});
		assert.equal(all.length, 16);
		assert.ok(all.reduce((sum, { bytes }) => sum + bytes.length, 0) <= sight.requestBytes);
		assert.deepEqual(await sizeOf(all[15]?.bytes ?? new Uint8Array()), [160, 80, 'png']);
	});

	it('estimates what will be sent', async () => {
		const photo = await open('photo', await fixture('photo.jpg'));
		const { tokens, bytes } = await estimateOf([[photo, photo]], openai);
		assert.equal(tokens, 2 * (85 + 2 * 170));
		const sent = (await imagesIn([photo, photo], openai)).reduce((sum, one) => sum + one.bytes.length, 0);
		assert.equal(bytes, sent);
	});

	it('refuses more than the endpoint takes, before and while they are made', async () => {
		const flag = await open('flag', await fixture('flag.png'));
		const flags = (count: number): readonly ImageAttachment[] => Array<ImageAttachment>(count).fill(flag);
		const sixteen = (error: unknown): boolean => error instanceof TooManyImages && error.most === 16;
		await assert.rejects(estimateOf([flags(17)], gateway), sixteen);
		await assert.rejects(attachmentParts(flags(17), gateway, never), sixteen);
		assert.equal((await imagesIn(flags(16), gateway)).length, 16);
		assert.equal((await imagesIn(flags(17), openai)).length, 17);
	});
});

describe('fairShare', () => {
	it('keeps the sum within the total, and takes only from the largest', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.integer({ min: 1000, max: 20_000 }), (sizes, total) => {
				const share = fairShare(sizes, total);
				const given = sizes.map((size) => Math.min(size, share));
				const sum = given.reduce((so, one) => so + one, 0);
				assert.ok(sum <= total);
				assert.equal(share === Infinity, sizes.reduce((so, one) => so + one, 0) <= total);
				assert.ok(share === Infinity || total - sum < sizes.length);
			}),
		);
	});
});
