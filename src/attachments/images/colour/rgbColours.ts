import type { Pixels } from '../pixels.ts';
import { applied, inverse, type Matrix, product } from './matrix.ts';

/** What the numbers of RGB pixels mean. */
export interface RgbColours {
	/** Linear light by level of 8 bits, 0 to 1, of red, green and blue. */
	readonly light: readonly [Float64Array, Float64Array, Float64Array];
	/** From linear light to CIE XYZ of a white D50, as profiles give it. */
	readonly toXyz: Matrix;
	/**
	 * What maps light beyond the white of paper into 0 to 1, in place, in these primaries; undefined where there is none.
	 */
	readonly toneMap?: ToneMap;
}

/** Without the primaries, which other numbers tell. */
export type Curves = Omit<RgbColours, 'toXyz'>;

/** Changes linear red, green and blue in place. */
export type ToneMap = (light: Float64Array) => void;

/** IEC 61966-2-1, as its profiles give it. */
const srgbToXyz: Matrix = [
	0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733,
];

export function lightOfSrgb(value: number): number {
	return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function levelOfSrgb(light: number): number {
	return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
}

/** The light of all 256 levels, by what is the light of a value from 0 to 1. */
export function lightOfLevels(lightOf: (value: number) => number): Float64Array {
	return Float64Array.from({ length: 256 }, (_, level) => lightOf(level / 255));
}

/** Fine enough that neither of two neighbours is ever two levels off, in the dark either. */
const steps = 16_384;

const levels = Uint8Array.from({ length: steps + 1 }, (_, step) => Math.round(levelOfSrgb(step / steps)));

/** Whether no colour changes by more than a level or so: nearly every profile is one of many copies of sRGB. */
export function areSrgb({ light, toXyz, toneMap }: RgbColours): boolean {
	const srgb = lightOfLevels(lightOfSrgb);
	return (
		toneMap === undefined &&
		toXyz.every((value, index) => Math.abs(value - (srgbToXyz[index] ?? 0)) < 0.002) &&
		light.every((channel) =>
			channel.every((value, level) => Math.abs(levelOfSrgb(value) - levelOfSrgb(srgb[level] ?? 0)) < 1.5),
		)
	);
}

/** The same colours in sRGB, in place; what it cannot show becomes the nearest on each channel. */
export function convertToSrgb(pixels: Pixels, colours: RgbColours): void {
	if (colours.toneMap) {
		mapToSrgb(pixels, colours, colours.toneMap);
	} else {
		addUpInSrgb(pixels, colours);
	}
}

/** What each level of each channel gives to each channel of sRGB: three tables are looked up, and no product is left. */
function addUpInSrgb({ bytes, channels }: Pixels, { light, toXyz }: RgbColours): void {
	const matrix = product(inverse(srgbToXyz), toXyz);
	const given = new Int32Array(9 * 256);
	for (const [source, channel] of light.entries()) {
		for (const [level, value] of channel.entries()) {
			for (let target = 0; target < 3; target++) {
				given[(3 * source + target) * 256 + level] = Math.round((matrix[3 * target + source] ?? 0) * value * steps);
			}
		}
	}
	for (let at = 0; at < bytes.length; at += channels) {
		const red = bytes[at] ?? 0;
		const green = 3 * 256 + (bytes[at + 1] ?? 0);
		const blue = 6 * 256 + (bytes[at + 2] ?? 0);
		for (let target = 0; target < 3; target++) {
			const table = 256 * target;
			const sum = (given[table + red] ?? 0) + (given[table + green] ?? 0) + (given[table + blue] ?? 0);
			bytes[at + target] = levelAt(sum);
		}
	}
}

function mapToSrgb(
	{ bytes, channels }: Pixels,
	{ light: [red, green, blue], toXyz }: RgbColours,
	toneMap: ToneMap,
): void {
	const matrix = product(inverse(srgbToXyz), toXyz);
	const light = new Float64Array(3);
	for (let at = 0; at < bytes.length; at += channels) {
		light[0] = red[bytes[at] ?? 0] ?? 0;
		light[1] = green[bytes[at + 1] ?? 0] ?? 0;
		light[2] = blue[bytes[at + 2] ?? 0] ?? 0;
		toneMap(light);
		const [r, g, b] = applied(matrix, [light[0], light[1], light[2]]);
		bytes[at] = levelAt(Math.round(r * steps));
		bytes[at + 1] = levelAt(Math.round(g * steps));
		bytes[at + 2] = levelAt(Math.round(b * steps));
	}
}

/** @param step Of light, whole. */
function levelAt(step: number): number {
	return levels[step < 0 ? 0 : step > steps ? steps : step] ?? 0;
}
