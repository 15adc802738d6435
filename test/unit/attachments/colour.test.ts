import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import sharp from 'sharp';
import { codedColours } from '../../../src/attachments/images/colour/codePoints.ts';
import { heifCodePoints } from '../../../src/attachments/images/colour/heifCodePoints.ts';
import { profileColours } from '../../../src/attachments/images/colour/iccProfile.ts';
import { areSrgb, convertToSrgb } from '../../../src/attachments/images/colour/rgbColours.ts';

const side = 32;

/** Every fourth level of each channel or so, in a profile's colours, as a PNG file. */
async function inProfile(profile: string): Promise<Buffer> {
	const bytes = Uint8Array.from({ length: side ** 2 * 3 }, (_, index) => (index * 89 + (index >> 5) * 31) % 256);
	return sharp(bytes, { raw: { width: side, height: side, channels: 3 } })
		.withIccProfile(profile)
		.png()
		.toBuffer();
}

async function profileOf(file: Buffer): Promise<Buffer> {
	return (await sharp(file).metadata()).icc ?? assert.fail('no profile');
}

const iphone = new URL('../../fixtures/images/primaries-p3.heic', import.meta.url);

describe('Colours', () => {
	it('are converted from a profile as another library converts them', async () => {
		const file = await inProfile('p3');
		const colours = profileColours(await profileOf(file)) ?? assert.fail('not read');
		const bytes = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
		const expected = await sharp(file).toColourspace('srgb').raw().toBuffer();
		assert.notDeepEqual(bytes, expected);
		convertToSrgb({ bytes, width: side, height: side, channels: 3 }, colours);
		const most = expected.reduce((worst, level, index) => Math.max(worst, Math.abs(level - (bytes[index] ?? NaN))), 0);
		assert.ok(most <= 2, String(most));
	});

	it('of a profile that is sRGB, and of numbers that are, need no conversion', async () => {
		const colours = profileColours(await profileOf(await inProfile('srgb')));
		assert.ok(colours && areSrgb(colours));
		for (const [primaries, transfer] of [
			[1, 13],
			[1, 1],
			[2, 2],
		] as const) {
			const coded = codedColours({ primaries, transfer });
			assert.ok(coded && areSrgb(coded));
		}
		for (const [primaries, transfer] of [
			[12, 13],
			[9, 16],
			[1, 8],
		] as const) {
			const coded = codedColours({ primaries, transfer });
			assert.ok(coded && !areSrgb(coded));
		}
	});

	it('keep their alpha', () => {
		const colours = codedColours({ primaries: 12, transfer: 13 }) ?? assert.fail('not known');
		const bytes = Uint8Array.of(255, 255, 255, 7, 0, 0, 0, 250);
		convertToSrgb({ bytes, width: 2, height: 1, channels: 4 }, colours);
		assert.deepEqual([...bytes], [255, 255, 255, 7, 0, 0, 0, 250]);
	});

	it('are left to the image library where a profile has tables, is for a press, or is damaged', async () => {
		const profile = await profileOf(await inProfile('p3'));
		const press = Buffer.from(profile);
		press.write('CMYK', 16, 'latin1');
		const tables = Buffer.from(profile);
		tables.write('A2B0', 132, 'latin1');
		for (const bytes of [press, tables, profile.subarray(0, 200), new Uint8Array()]) {
			assert.equal(profileColours(bytes), undefined);
		}
	});

	it('are read from any bytes without a fault', async () => {
		const profile = await profileOf(await inProfile('p3'));
		const heic = new Uint8Array(await readFile(iphone));
		assert.deepEqual(heifCodePoints(heic), { primaries: 12, transfer: 13 });
		const change = fc.record({ at: fc.nat(heic.length - 1), value: fc.nat(255) });
		fc.assert(
			fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(heic.length), (changes, length) => {
				for (const file of [profile, heic]) {
					const bytes = new Uint8Array(file);
					for (const { at, value } of changes) {
						bytes[at % bytes.length] = value;
					}
					heifCodePoints(bytes.subarray(0, length));
					const colours = profileColours(bytes.subarray(0, length));
					if (colours) {
						const pixel = { bytes: Uint8Array.of(200, 100, 50), width: 1, height: 1, channels: 3 } as const;
						convertToSrgb(pixel, colours);
					}
				}
			}),
		);
	});
});
