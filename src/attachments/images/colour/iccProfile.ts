import { fourLettersAt } from '../fourLetters.ts';
import { codedColours } from './codePoints.ts';
import type { Matrix } from './matrix.ts';
import { lightOfLevels, type RgbColours } from './rgbColours.ts';

/**
 * What an ICC profile (ICC.1:2022) says of RGB pixels, where it says so by primaries and curves, as nearly all of
 * cameras and screens do. Undefined for those made of tables, for other colours than RGB, and damaged ones.
 */
export function profileColours(profile: Uint8Array): RgbColours | undefined {
	const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
	try {
		if (fourLettersAt(view, 16) !== 'RGB ' || fourLettersAt(view, 20) !== 'XYZ ') {
			return undefined;
		}
		const tags = tagsOf(view);
		const coded = tags.get('cicp');
		if (coded !== undefined) {
			return codedColours({ primaries: view.getUint8(coded + 8), transfer: view.getUint8(coded + 9) });
		}
		// Tables win over primaries and curves (8.2, 9.2).
		if (['A2B0', 'A2B1', 'A2B2', 'D2B0', 'D2B1', 'D2B2', 'D2B3'].some((name) => tags.has(name))) {
			return undefined;
		}
		const [red, green, blue] = ['r', 'g', 'b'].map((channel) => {
			const [colour, curve] = [tags.get(`${channel}XYZ`), tags.get(`${channel}TRC`)];
			return colour === undefined || curve === undefined
				? undefined
				: { xyz: [8, 12, 16].map((offset) => fixedAt(view, colour + offset)), light: curveAt(view, curve) };
		});
		if (!red?.light || !green?.light || !blue?.light) {
			return undefined;
		}
		const toXyz = [0, 1, 2].flatMap((row) => [red, green, blue].map(({ xyz }) => xyz[row] ?? 0));
		return isMatrix(toXyz) ? { light: [red.light, green.light, blue.light], toXyz } : undefined;
	} catch (error) {
		// It ends before what it points to.
		if (error instanceof RangeError) {
			return undefined;
		}
		throw error;
	}
}

/** Where each tag's element begins. */
function tagsOf(view: DataView): ReadonlyMap<string, number> {
	const count = Math.min(100, view.getUint32(128));
	return new Map(
		Array.from({ length: count }, (_, index) => {
			const at = 132 + 12 * index;
			return [fourLettersAt(view, at), view.getUint32(at + 4)] as const;
		}),
	);
}

/** `curv` and `para` (10.6, 10.18). */
function curveAt(view: DataView, at: number): Float64Array | undefined {
	switch (fourLettersAt(view, at)) {
		case 'curv':
			return tableAt(view, at);
		case 'para':
			return formulaAt(view, at);
		default:
			return undefined;
	}
}

function tableAt(view: DataView, at: number): Float64Array {
	const count = view.getUint32(at + 8);
	if (count === 0) {
		return lightOfLevels((value) => value);
	}
	if (count === 1) {
		const gamma = view.getUint16(at + 12) / 256;
		return lightOfLevels((value) => value ** gamma);
	}
	const entry = (index: number): number => view.getUint16(at + 12 + 2 * Math.min(count - 1, index)) / 65_535;
	return lightOfLevels((value) => {
		const place = value * (count - 1);
		const below = Math.floor(place);
		return entry(below) + (place - below) * (entry(below + 1) - entry(below));
	});
}

/** How many numbers each kind of formula has. */
const parameterCounts = [1, 3, 4, 5, 7] as const;

function formulaAt(view: DataView, at: number): Float64Array | undefined {
	const kind = view.getUint16(at + 8);
	const count = parameterCounts[kind];
	if (count === undefined) {
		return undefined;
	}
	const [gamma = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, index) =>
		fixedAt(view, at + 12 + 4 * index),
	);
	// What is left out of the shorter kinds, table 68.
	const power = (value: number): number => Math.max(0, a * value + b) ** gamma;
	const formulas = [
		(value: number) => value ** gamma,
		(value: number) => (value >= -b / a ? power(value) : 0),
		(value: number) => (value >= -b / a ? power(value) + c : c),
		(value: number) => (value >= d ? power(value) : c * value),
		(value: number) => (value >= d ? power(value) + e : c * value + f),
	] as const;
	const formula = formulas[kind];
	return formula && lightOfLevels((value) => Math.min(1, Math.max(0, formula(value))));
}

function fixedAt(view: DataView, at: number): number {
	return view.getInt32(at) / 65_536;
}

function isMatrix(values: readonly number[]): values is Matrix {
	return values.length === 9;
}
