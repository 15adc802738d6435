import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Parameters } from '../../../src/client/request.ts';
import { sightOf } from '../../../src/models/parts/sight.ts';

const openai = 'https://api.openai.com/v1';
const google = 'https://generativelanguage.googleapis.com/v1beta';
const gateway = 'https://api.maxtoken.io/v1';
const ollama = 'http://127.0.0.1:11434/v1';

function sight(model: string, baseUrl: string, parameters: Pick<Parameters, 'imageDetail' | 'mediaResolution'> = {}) {
	return sightOf({ model, endpoint: { baseUrl }, parameters });
}

describe('sightOf', () => {
	const cases: readonly {
		readonly model: string;
		readonly at?: string;
		readonly parameters?: Pick<Parameters, 'imageDetail' | 'mediaResolution'>;
		readonly size: readonly [number, number];
		readonly fits: readonly [number, number];
		readonly tokens: number | undefined;
	}[] = [
		// The documentation's own examples of tiles and patches.
		{ model: 'gpt-4o', size: [1024, 1024], fits: [768, 768], tokens: 85 + 4 * 170 },
		{ model: 'gpt-4o', size: [2048, 4096], fits: [768, 1536], tokens: 85 + 6 * 170 },
		{ model: 'gpt-4o', size: [2048, 4096], parameters: { imageDetail: 'low' }, fits: [256, 512], tokens: 85 },
		{ model: 'gpt-4o-mini', size: [1024, 1024], fits: [768, 768], tokens: 2833 + 4 * 5667 },
		{ model: 'gpt-4.1-mini', size: [1800, 2400], fits: [1056, 1408], tokens: Math.ceil(33 * 44 * 1.62) },
		{ model: 'o4-mini', size: [1024, 1024], fits: [1024, 1024], tokens: Math.ceil(1024 * 1.72) },
		{ model: 'gpt-5', size: [4000, 3000], fits: [1024, 768], tokens: 70 + 4 * 140 },
		{ model: 'gpt-5.1-2026-01-01', size: [4000, 3000], fits: [1024, 768], tokens: 70 + 4 * 140 },
		{ model: 'gpt-5-mini', size: [4000, 4000], fits: [1248, 1248], tokens: Math.ceil(39 * 39 * 1.62) },
		{ model: 'gpt-5.2', size: [4000, 4000], fits: [1248, 1248], tokens: 39 * 39 },
		{ model: 'gpt-5.4', size: [4000, 4000], fits: [1600, 1600], tokens: 2500 },
		{ model: 'gpt-5.5', size: [4000, 3000], fits: [3669, 2752], tokens: 115 * 86 },
		{ model: 'gpt-5.6', size: [4000, 3000], fits: [4000, 3000], tokens: 125 * 94 },
		{ model: 'o3', size: [4000, 3000], fits: [1024, 768], tokens: 75 + 4 * 150 },
		{ model: 'gemini-2.5-flash', at: google, size: [300, 200], fits: [300, 200], tokens: 258 },
		{ model: 'gemini-2.0-flash', at: google, size: [960, 540], fits: [960, 540], tokens: 6 * 258 },
		{ model: 'google/gemini-3.1-pro:free', at: gateway, size: [4000, 3000], fits: [2048, 1536], tokens: 1120 },
		{
			model: 'gemini-3-flash',
			size: [4000, 3000],
			parameters: { mediaResolution: 'ultra-high' },
			fits: [3072, 2304],
			tokens: 2240,
		},
		{ model: 'claude-sonnet-4-5', at: gateway, size: [4000, 3000], fits: [1260, 945], tokens: 45 * 34 },
		{ model: 'claude-opus-4.7', at: gateway, size: [1568, 1000], fits: [1568, 1000], tokens: 56 * 36 },
		{ model: 'llava', at: ollama, size: [4000, 3000], fits: [1280, 960], tokens: undefined },
		{ model: 'gemma3:12b', at: ollama, size: [4000, 3000], fits: [1024, 768], tokens: 256 },
		{ model: 'nobody-knows', at: gateway, size: [4000, 3000], fits: [2048, 1536], tokens: undefined },
		{ model: 'nobody-knows', at: 'http://192.168.1.4:8080', size: [4000, 3000], fits: [1280, 960], tokens: undefined },
	];
	for (const { model, at = openai, parameters, size, fits, tokens } of cases) {
		it(`gives ${model} ${size.join(' x ')} as ${fits.join(' x ')}${parameters ? ` (${Object.values(parameters).join()})` : ''}`, () => {
			const [width, height] = size;
			const eyes = sight(model, at, parameters);
			assert.deepEqual(Object.values(eyes.fits({ width, height })), fits);
			assert.equal(eyes.tokens({ width, height }), tokens);
		});
	}

	it('gives everything when the original is asked for, as far as servers go', () => {
		assert.deepEqual(sight('gpt-4o', openai, { imageDetail: 'original' }).fits({ width: 4000, height: 3000 }), {
			width: 4000,
			height: 3000,
		});
		const fine = sight('gpt-5.4', openai, { imageDetail: 'original' }).fits({ width: 9000, height: 100 });
		assert.deepEqual(fine, { width: 6000, height: 67 });
	});

	it('sends WebP only where it is known to be taken', () => {
		const types = (model: string, at: string) => sight(model, at).mediaTypes;
		assert.ok(types('gpt-4o', openai).includes('image/webp'));
		assert.ok(types('gemini-2.5-flash', google).includes('image/webp'));
		for (const at of [ollama, gateway, 'http://localhost:1234/v1', 'http://gpu-box:8000', 'https://llm.example.org']) {
			assert.deepEqual(types('gpt-4o', at), ['image/png', 'image/jpeg']);
		}
	});

	it('never enlarges, and always leaves a pixel', () => {
		const side = fc.integer({ min: 1, max: 40_000 });
		const models = cases.map(({ model }) => model);
		fc.assert(
			fc.property(fc.constantFrom(...models), side, side, (model, width, height) => {
				const { fits, tokens } = sight(model, gateway);
				const fitted = fits({ width, height });
				assert.ok(fitted.width >= 1 && fitted.width <= width && Number.isInteger(fitted.width));
				assert.ok(fitted.height >= 1 && fitted.height <= height && Number.isInteger(fitted.height));
				assert.ok((tokens({ width, height }) ?? 1) > 0);
			}),
		);
	});

	it('makes what fits already no smaller', () => {
		const side = fc.integer({ min: 1, max: 40_000 });
		fc.assert(
			fc.property(fc.constantFrom('gpt-5.2', 'gpt-5.5', 'claude-opus-4-7'), side, side, (model, width, height) => {
				const { fits, tokens } = sight(model, openai);
				const fitted = fits({ width, height });
				assert.deepEqual(fits(fitted), fitted);
				assert.equal(tokens(fitted), tokens({ width, height }));
			}),
		);
	});
});
