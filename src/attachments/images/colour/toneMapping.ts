import { type Curves, lightOfLevels, type ToneMap } from './rgbColours.ts';

/** Light of 203 cd/m², white paper in pictures of high dynamic range (ITU-R BT.2408, 2.1), is 1. */
const paper = 203;

/** The brightest that is kept apart from what is brighter still; in cd/m², as most screens show. */
const peak = 1000;

/** SMPTE ST 2084 */
const [m1, m2, c1, c2, c3] = [2610 / 16384, (2523 / 4096) * 128, 3424 / 4096, (2413 / 4096) * 32, (2392 / 4096) * 32];

function nitsOfCode(code: number): number {
	const root = code ** (1 / m2);
	return 10_000 * (Math.max(0, root - c1) / (c2 - c3 * root)) ** (1 / m1);
}

function codeOfNits(nits: number): number {
	const power = (Math.max(0, nits) / 10_000) ** m1;
	return ((c1 + c2 * power) / (1 + c3 * power)) ** m2;
}

/**
 * Into the range of paper: what is darker than its half stays, what is brighter is drawn together as eyes see it
 * (ITU-R BT.2390, 5.4.1). In cd/m².
 */
function compressed(nits: number): number {
	const top = codeOfNits(peak);
	const most = codeOfNits(paper) / top;
	const knee = 1.5 * most - 0.5;
	const code = Math.min(1, codeOfNits(nits) / top);
	if (code <= knee) {
		return nits;
	}
	const t = (code - knee) / (1 - knee);
	const bent =
		(2 * t ** 3 - 3 * t ** 2 + 1) * knee + (t ** 3 - 2 * t ** 2 + t) * (1 - knee) + (3 * t ** 2 - 2 * t ** 3) * most;
	return nitsOfCode(bent * top);
}

/** By steps of the code, which are about what eyes tell apart: the factor that brings light into range. */
const steps = 1024;
const factors = Float64Array.from({ length: steps + 1 }, (_, step) => {
	const nits = nitsOfCode(step / steps);
	return nits === 0 ? 1 : compressed(nits) / nits;
});

/** Scales all three alike, so that the hue stays. Light in, and out, where 1 is paper. */
const intoRange: ToneMap = (light) => {
	const brightest = Math.max(light[0] ?? 0, light[1] ?? 0, light[2] ?? 0) * paper;
	const factor = factors[Math.round(codeOfNits(brightest) * steps)] ?? 1;
	scale(light, factor);
};

function scale(light: Float64Array, factor: number): void {
	for (let channel = 0; channel < 3; channel++) {
		light[channel] = (light[channel] ?? 0) * factor;
	}
}

const pqLight = lightOfLevels((value) => nitsOfCode(value) / paper);

/** SMPTE ST 2084: each number stands for so much light. */
export const perceptualQuantizer: Curves = { light: [pqLight, pqLight, pqLight], toneMap: intoRange };

/** ITU-R BT.2100, table 5. */
const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];

const hlgLight = lightOfLevels((value) => (value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - c) / a) + b) / 12));

/** ITU-R BT.2100: light of the scene, shown on a screen of 1000 cd/m². */
export const hybridLogGamma: Curves = {
	light: [hlgLight, hlgLight, hlgLight],
	toneMap: (light) => {
		const luminance = 0.2627 * (light[0] ?? 0) + 0.678 * (light[1] ?? 0) + 0.0593 * (light[2] ?? 0);
		scale(light, (luminance ** 0.2 * peak) / paper);
		intoRange(light);
	},
};
