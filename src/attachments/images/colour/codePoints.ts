import { applied, inverse, type Matrix, product } from './matrix.ts';
import { type Curves, lightOfLevels, lightOfSrgb, type RgbColours } from './rgbColours.ts';
import { hybridLogGamma, perceptualQuantizer } from './toneMapping.ts';

/** How HEIF files, PNG and profiles name colours by number (ITU-T H.273). */
export interface CodePoints {
	readonly primaries: number;
	readonly transfer: number;
}

/** Undefined for numbers that say nothing, or that no picture is known to have. */
export function codedColours({ primaries, transfer }: CodePoints): RgbColours | undefined {
	const [gamut, curve] = [gamuts.get(primaries), curves.get(transfer)];
	return gamut && curve && { toXyz: toXyz(...gamut), ...curve };
}

type Chromaticity = readonly [x: number, y: number];
type Xyz = readonly [x: number, y: number, z: number];

type Gamut = readonly [red: Chromaticity, green: Chromaticity, blue: Chromaticity, white: Chromaticity];

const d65: Chromaticity = [0.3127, 0.329];
const illuminantC: Chromaticity = [0.31, 0.316];
const cinema: Chromaticity = [0.314, 0.351];
const bt709: Gamut = [[0.64, 0.33], [0.3, 0.6], [0.15, 0.06], d65];
const smpte170: Gamut = [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], d65];

/** H.273, table 2. What is not specified (2) is taken for sRGB's. */
const gamuts: ReadonlyMap<number, Gamut> = new Map<number, Gamut>([
	[1, bt709],
	[2, bt709],
	[4, [[0.67, 0.33], [0.21, 0.71], [0.14, 0.08], illuminantC]],
	[5, [[0.64, 0.33], [0.29, 0.6], [0.15, 0.06], d65]],
	[6, smpte170],
	[7, smpte170],
	[9, [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046], d65]],
	[11, [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], cinema]],
	[12, [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], d65]],
	[22, [[0.63, 0.34], [0.295, 0.605], [0.155, 0.077], d65]],
]);

function curve(lightOf: (value: number) => number): Curves {
	const light = lightOfLevels(lightOf);
	return { light: [light, light, light] };
}

/**
 * H.273, table 3. The curves of cameras (1, 6, 7, 14, 15) describe the scene; screens and browsers show what was made
 * with them as they show sRGB.
 */
const curves: ReadonlyMap<number, Curves> = new Map([
	...[1, 2, 6, 7, 11, 12, 13, 14, 15].map((code) => [code, curve(lightOfSrgb)] as const),
	[4, curve((value) => value ** 2.2)],
	[5, curve((value) => value ** 2.8)],
	[8, curve((value) => value)],
	[16, perceptualQuantizer],
	[17, curve((value) => value ** 2.6)],
	[18, hybridLogGamma],
]);

/** By the primaries' places, seen under D50 as profiles see them (Bradford; ICC.1:2022, annex E). */
function toXyz(...gamut: Gamut): Matrix {
	const xyz = ([x, y]: Chromaticity): Xyz => [x / y, 1, (1 - x - y) / y];
	const [r, g, b, w] = [xyz(gamut[0]), xyz(gamut[1]), xyz(gamut[2]), xyz(gamut[3])];
	const places: Matrix = [r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]];
	const [redShare, greenShare, blueShare] = applied(inverse(places), w);
	return product(adapted(w), product(places, diagonal(redShare, greenShare, blueShare)));
}

const bradford: Matrix = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296];
const d50: Xyz = [0.9642, 1, 0.8249];

function adapted(white: Xyz): Matrix {
	const [from, to] = [applied(bradford, white), applied(bradford, d50)];
	return product(inverse(bradford), product(diagonal(to[0] / from[0], to[1] / from[1], to[2] / from[2]), bradford));
}

function diagonal(x: number, y: number, z: number): Matrix {
	return [x, 0, 0, 0, y, 0, 0, 0, z];
}
