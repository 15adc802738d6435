import assert from 'node:assert/strict';
import fc from 'fast-check';
import { flatten, isDrawing, type Pixels } from '../../../src/attachments/images/pixels.ts';

function row(...pixels: readonly (readonly number[])[]): Pixels {
	const channels = pixels[0]?.length === 4 ? 4 : 3;
	return { bytes: Uint8Array.from(pixels.flat()), width: pixels.length, height: 1, channels };
}

describe('flatten', () => {
	it('leaves pixels without alpha alone', () => {
		const pixels = row([1, 2, 3], [4, 5, 6]);
		assert.equal(flatten(pixels), pixels);
	});

	const clear = [90, 90, 90, 0];
	const backgrounds = [
		{ what: 'dark on white', visible: [0, 0, 0, 255], background: 255 },
		{ what: 'colours on white', visible: [200, 30, 30, 255], background: 255 },
		{ what: 'white on black', visible: [255, 255, 255, 255], background: 0 },
	];
	for (const { what, visible, background } of backgrounds) {
		it(`shows ${what}`, () => {
			const { bytes, channels } = flatten(row(visible, clear));
			assert.equal(channels, 3);
			assert.deepEqual([...bytes], [...visible.slice(0, 3), background, background, background]);
		});
	}

	it('shows black and white together on grey', () => {
		const { bytes } = flatten(row([0, 0, 0, 255], [255, 255, 255, 255], clear));
		assert.deepEqual([...bytes.subarray(6)], [128, 128, 128]);
	});

	it('mixes what is half transparent', () => {
		assert.deepEqual([...flatten(row([0, 0, 0, 51], clear)).bytes.subarray(0, 3)], [204, 204, 204]);
	});

	it('changes no colour that is opaque', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), { minLength: 1 }), (colours) => {
				const { bytes } = flatten(row(...colours.map((colour) => [...colour, 255])));
				assert.deepEqual([...bytes], colours.flat());
			}),
		);
	});
});

describe('isDrawing', () => {
	it('is true of flat areas, and of a single pixel', () => {
		assert.ok(isDrawing(row([9, 9, 9], [9, 9, 9], [9, 9, 9], [0, 0, 0])));
		assert.ok(isDrawing(row([9, 9, 9])));
	});

	it('is false of noise', () => {
		assert.ok(!isDrawing(row([9, 9, 9], [9, 8, 9], [7, 8, 9], [7, 8, 8])));
	});
});
