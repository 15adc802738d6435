import type { Size } from '../../attachments/attachment.ts';
import { fitInside, scaled } from '../../attachments/images/fit.ts';
import type { Parameters } from '../../client/request.ts';

/** How a model looks at an image. */
export interface View {
	/** The largest size of which it loses nothing; what is beyond, its server would throw away. */
	readonly fits: (size: Size) => Size;
	/** The size for a request that wants nothing thrown away; `largest` unless the model says less. */
	readonly original?: (size: Size) => Size;
	/** Tokens of an image of this size. */
	readonly tokens?: (size: Size) => number;
}

interface ModelView {
	/** Over the model's name alone, in small letters. */
	readonly models: RegExp;
	readonly view: (parameters: Wishes, model: string) => View;
}

type Wishes = Pick<Parameters, 'imageDetail' | 'mediaResolution'>;

interface Patches {
	/** Side of a patch, px; each costs a token. */
	readonly patch: number;
	/** Patches of one image. */
	readonly budget: number;
	/** px */
	readonly maxSide: number;
}

const fine: Patches = { patch: 32, budget: 10_000, maxSide: 6_000 };

/** What servers refuse to go beyond (protocols.md 4.1). */
const everything: Patches = { patch: 32, budget: 30_000, maxSide: 8_000 };

/** As large as servers take a picture at all. */
export function largest(size: Size): Size {
	return inPatches(everything, size);
}

/** The first that fits (protocols.md 4.2 to 4.5). */
export const modelViews: readonly ModelView[] = [
	{ models: /^gpt-4o-mini/, view: tiles(2833, 5667) },
	{ models: /^gpt-4\.1-nano/, view: patches(1536, 2.46) },
	{ models: /^gpt-(?:5|5\.4)-nano/, view: patches(1536, 2.46) },
	{ models: /^gpt-(?:4\.1|5|5\.4)-mini/, view: patches(1536, 1.62) },
	{ models: /^o4-mini/, view: patches(1536, 1.72) },
	{ models: /^gpt-5\.[23](?!\d)/, view: patches(1536, 1) },
	{ models: /^gpt-5\.4(?!\d)/, view: patches(2500, 1, { original: fine }) },
	{ models: /^gpt-5\.5(?!\d)/, view: patches(2500, 1, { original: fine, auto: 'original' }) },
	{ models: /^gpt-(?:5\.(?:[6-9]|\d\d)|[6-9]|\d\d)/, view: () => patchView(everything) },
	{ models: /^gpt-5/, view: tiles(70, 140) },
	{ models: /^o[13](?!\d)/, view: tiles(75, 150) },
	{ models: /^(?:chatgpt-4o|gpt-4)/, view: tiles(85, 170) },
	{ models: /^gemini-(?:1|2|pro|flash)/, view: geminiTiles },
	{ models: /^gemini/, view: geminiFixed },
	{
		models: /^claude-[a-z]+-(?:4[.-][7-9](?!\d)|[5-9](?!\d))/,
		view: () => patchView({ patch: 28, budget: 4784, maxSide: 2576 }),
	},
	{ models: /^claude/, view: () => patchView({ patch: 28, budget: 1568, maxSide: 1568 }) },
	{ models: /^(?:gemma-?3|medgemma)/, view: () => ({ fits: (size) => fitInside(size, 1024), tokens: () => 256 }) },
	{ models: /^qwen.*vl/, view: () => patchView({ patch: 28, budget: 2048, maxSide: 1280 }) },
];

/** OpenAI's older way: shrunk into 2,048 px, then to a short side of 768, then cut into tiles of 512 px. */
function tiles(base: number, each: number): ModelView['view'] {
	return ({ imageDetail }) => {
		if (imageDetail === 'low') {
			return { fits: (size) => fitInside(size, 512), tokens: () => base };
		}
		const fits = (size: Size): Size => {
			const inside = fitInside(size, 2048);
			return scaled(inside, 768 / Math.min(inside.width, inside.height));
		};
		return {
			fits,
			tokens: (size) => {
				const { width, height } = fits(size);
				return base + each * Math.ceil(width / 512) * Math.ceil(height / 512);
			},
		};
	};
}

/** OpenAI's newer way: as many patches of 32 px as the model affords. */
function patches(
	budget: number,
	multiplier: number,
	more: { readonly original?: Patches; readonly auto?: 'original' } = {},
): ModelView['view'] {
	const high: Patches = { patch: 32, budget, maxSide: 2048 };
	const { original = high } = more;
	return ({ imageDetail = 'auto' }) => {
		switch (imageDetail === 'auto' ? (more.auto ?? 'high') : imageDetail) {
			case 'low':
				return { fits: (size) => fitInside(size, 512), tokens: (size) => Math.ceil(multiplier * patchCount(32, size)) };
			case 'high':
				return patchView(high, multiplier);
			case 'original': {
				const view = patchView(original, multiplier);
				return { ...view, original: view.fits };
			}
		}
	};
}

function patchView(limit: Patches, multiplier = 1): View {
	return {
		fits: (size) => inPatches(limit, size),
		// A request for the original pays no more than what the model affords.
		tokens: (size) => Math.ceil(multiplier * Math.min(limit.budget, patchCount(limit.patch, size))),
	};
}

function patchCount(patch: number, { width, height }: Size): number {
	return Math.ceil(width / patch) * Math.ceil(height / patch);
}

/** Shrunk until the patches suffice, then until they come out whole along the side that was cut worse. */
function inPatches({ patch, budget, maxSide }: Patches, size: Size): Size {
	const inside = fitInside(size, maxSide);
	if (patchCount(patch, inside) <= budget) {
		return inside;
	}
	const { width, height } = inside;
	const shrunk = Math.sqrt((patch * patch * budget) / (width * height));
	const whole = (side: number): number => Math.max(1, Math.floor((side * shrunk) / patch)) / ((side * shrunk) / patch);
	const factor = Math.min(1, shrunk * Math.min(whole(width), whole(height)));
	return { width: Math.max(1, Math.floor(width * factor)), height: Math.max(1, Math.floor(height * factor)) };
}

/** Gemini to 2.5: small pictures cost one tile, larger ones as many as they are cut into. */
function geminiTiles({ mediaResolution }: Wishes): View {
	switch (mediaResolution) {
		case 'low':
			return { fits: (size) => fitInside(size, 768), tokens: () => 64 };
		case 'medium':
			return { fits: (size) => fitInside(size, 768), tokens: () => 256 };
		case 'high':
		case 'ultra-high':
		case undefined:
		default:
			return { fits: (size) => fitInside(size, 2048), tokens: geminiTileTokens };
	}
}

function geminiTileTokens({ width, height }: Size): number {
	const tile = 258;
	if (Math.max(width, height) <= 384) {
		return tile;
	}
	const unit = Math.min(768, Math.max(256, Math.floor(Math.min(width, height) / 1.5)));
	return tile * Math.ceil(width / unit) * Math.ceil(height / unit);
}

const geminiTokens = { low: 280, medium: 560, high: 1120, 'ultra-high': 2240 } as const;

/** Gemini from 3 on: the same for every picture. */
function geminiFixed({ mediaResolution = 'high' }: Wishes): View {
	return {
		fits: (size) => fitInside(size, mediaResolution === 'ultra-high' ? 3072 : 2048),
		tokens: () => geminiTokens[mediaResolution],
	};
}
