import assert from 'node:assert/strict';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { withoutMetadata } from '../../../../src/attachments/images/metadata/withoutMetadata.ts';
import { fixture } from '../fixtures.ts';
import { secret, withSecrets } from './plantedSecrets.ts';

const marks = new RegExp(`Exif|GPS|ns\\.adobe\\.com/xap|xmpmeta|8BIM|JFXX|MAKER|${secret}`);

const formats = {
	jpeg: ['image/jpeg', (image: Sharp, quality: number) => image.jpeg({ quality, progressive: quality % 2 === 0 })],
	png: [
		'image/png',
		(image: Sharp, quality: number) => image.png({ palette: quality % 2 === 0, progressive: quality % 3 === 0 }),
	],
	webp: ['image/webp', (image: Sharp, quality: number) => image.webp({ quality, lossless: quality % 2 === 0 })],
	gif: ['image/gif', (image: Sharp) => image.gif()],
} as const;

function latin1(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('latin1');
}

describe('withoutMetadata', function () {
	this.timeout(60_000);

	for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
		const [type, encode] = formats[format];

		it(`leaves every pixel of a ${format}, and no secret`, async () => {
			const side = fc.integer({ min: 1, max: 60 });
			await fc.assert(
				fc.asyncProperty(
					side,
					side,
					fc.integer({ min: 40, max: 95 }),
					fc.boolean(),
					async (width, height, quality, alpha) => {
						const channels = alpha ? 4 : 3;
						const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
						const image = sharp({ create: { width, height, channels: 3, background: 'grey', noise } });
						const drawn = sharp(await (channels === 4 ? image.ensureAlpha(0.5) : image).png().toBuffer());
						const plain = await encode(drawn.withIccProfile('p3'), quality).toBuffer();
						const planted = withSecrets(plain, format);
						assert.match(latin1(planted), marks);
						const stripped = withoutMetadata(planted, type);
						assert.ok(stripped);
						assert.doesNotMatch(latin1(stripped), marks);
						assert.deepEqual(stripped, withoutMetadata(plain, type));
						assert.deepEqual(await sharp(stripped).raw().toBuffer(), await sharp(plain).raw().toBuffer());
						const { icc, exif, xmp } = await sharp(stripped).metadata();
						assert.deepEqual([exif, xmp], [undefined, undefined]);
						assert.deepEqual(icc, (await sharp(plain).metadata()).icc);
						assert.deepEqual(withoutMetadata(stripped, type), stripped);
					},
				),
				{ numRuns: 25 },
			);
		});

		it(`gives up on a ${format} that is cut off, and never runs away`, async () => {
			const plain = new Uint8Array(await encode(sharp(await fixture('flag.png')), 81).toBuffer());
			fc.assert(
				fc.property(fc.integer({ min: 0, max: plain.length - 1 }), (length) => {
					assert.equal(withoutMetadata(plain.subarray(0, length), type), undefined);
				}),
			);
			fc.assert(
				fc.property(fc.array(fc.tuple(fc.nat(plain.length - 1), fc.nat(255)), { minLength: 1 }), (changes) => {
					const broken = Uint8Array.from(plain);
					changes.forEach(([at, value]) => (broken[at] = value));
					assert.ok((withoutMetadata(broken, type)?.length ?? 0) <= plain.length);
				}),
			);
		});
	}

	it('takes an embedded thumbnail out of a JFIF head', async () => {
		const plain = Buffer.from(await fixture('flag.jpg'));
		const thumbnail = Buffer.from(secret.repeat(3).slice(0, 27));
		const head = Buffer.from(plain.subarray(2, 20));
		head.writeUInt16BE(16 + thumbnail.length, 2);
		head.set([3, 3], 16);
		const stripped = withoutMetadata(
			Buffer.concat([plain.subarray(0, 2), head, thumbnail, plain.subarray(20)]),
			'image/jpeg',
		);
		assert.deepEqual(stripped && Buffer.from(stripped), plain);
	});

	it('keeps how CMYK is stored in a JPEG', async () => {
		const plain = await fixture('flag-cmyk.jpg');
		const stripped = withoutMetadata(plain, 'image/jpeg');
		assert.ok(stripped);
		assert.deepEqual(await sharp(stripped).raw().toBuffer(), await sharp(plain).raw().toBuffer());
	});
});
