import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import type { Parameters } from '../../../src/client/request.ts';
import { readRequestSettings } from '../../../src/models/settings/requestSettings.ts';

/** Everything that can be set, as it should be written. */
const whole: Parameters = {
	temperature: 0.4,
	topP: 0.9,
	topK: 40,
	maxOutputTokens: 4096,
	stopSequences: ['END', '###'],
	seed: -7,
	stream: false,
	thinking: { level: 'low', budget: -1, include: true },
	safety: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }],
	mediaResolution: 'ultra-high',
	imageDetail: 'original',
	webSearch: { enabled: true, startTime: '2026-01-01T00:00:00Z', endTime: '2026-02-01T00:00:00+02:00' },
	imageOutput: { aspectRatio: '16:9', imageSize: '2K' },
};

const read = (setting: unknown): Parameters => {
	const { parameters, mistakes } = readRequestSettings(setting);
	assert.deepEqual(mistakes, []);
	return parameters;
};

/** Paths of what was told to be wrong. */
const wrongIn = (setting: unknown): readonly string[] =>
	readRequestSettings(setting).mistakes.map(({ path }) => path.join('.'));

describe('the setting descry.request', () => {
	it('is read whole, and nothing is made up', () => {
		assert.deepEqual(read(whole), whole);
		assert.deepEqual(read({}), {});
		assert.deepEqual(read(undefined), {});
		assert.deepEqual(read({ temperature: null, thinking: null }), {});
	});

	const spellings: readonly (readonly [setting: unknown, meant: Parameters])[] = [
		[{ topk: 40 }, { topK: 40 }],
		[
			{ top_k: 40, 'Top-P': '0.5' },
			{ topK: 40, topP: 0.5 },
		],
		[{ topK: 1, top_k: 2 }, { topK: 1 }],
		[{ top_k: 2, topK: 1 }, { topK: 1 }],
		[{ max_tokens: 100 }, { maxOutputTokens: 100 }],
		[{ max_completion_tokens: '100' }, { maxOutputTokens: 100 }],
		[{ max_output_tokens: 100 }, { maxOutputTokens: 100 }],
		[{ stop: 'END' }, { stopSequences: ['END'] }],
		[{ reasoning_effort: 'low' }, { thinking: { level: 'low' } }],
		[{ reasoning: { effort: 'high' } }, { thinking: { level: 'high' } }],
		[{ reasoning_effort: 'low', thinking: { include: true } }, { thinking: { level: 'low', include: true } }],
		[{ thinking: 'MINIMAL' }, { thinking: { level: 'minimal' } }],
		[{ thinking_config: { thinking_budget: 0, include_thoughts: true } }, { thinking: { budget: 0, include: true } }],
		[
			{ generationConfig: { topk: 3, thinkingConfig: { thinkingLevel: 'LOW', includeThoughts: false } } },
			{ topK: 3, thinking: { level: 'low', include: false } },
		],
		[
			{ safetySettings: [{ category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_HIGH_AND_ABOVE' }] },
			{ safety: [{ category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_ONLY_HIGH' }] },
		],
		[
			{ safety: { category: 'hate speech', threshold: 'block_none' } },
			{ safety: [{ category: 'HARM_CATEGORY_HATE_SPEECH', threshold: 'BLOCK_NONE' }] },
		],
		[{ media_resolution: 'MEDIA_RESOLUTION_HIGH' }, { mediaResolution: 'high' }],
		[{ mediaResolution: 'ULTRA_HIGH' }, { mediaResolution: 'ultra-high' }],
		[{ detail: 'HIGH' }, { imageDetail: 'high' }],
		[{ webSearch: true }, { webSearch: { enabled: true } }],
		[{ webSearch: {} }, { webSearch: { enabled: true } }],
		[{ google_search: {} }, { webSearch: { enabled: true } }],
		[{ tools: [{ google_search: {} }] }, { webSearch: { enabled: true } }],
		[
			{
				tools: [
					{ googleSearch: { timeRangeFilter: { startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-02T00:00:00Z' } } },
				],
			},
			{ webSearch: { enabled: true, startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-02T00:00:00Z' } },
		],
		[
			{ imageConfig: { image_size: '1k', aspect_ratio: '16x9' } },
			{ imageOutput: { imageSize: '1K', aspectRatio: '16:9' } },
		],
		[{ imageOutput: { imageSize: 512 } }, { imageOutput: { imageSize: '512' } }],
		[{ responseModalities: ['TEXT', 'IMAGE'] }, { imageOutput: {} }],
		[{ responseModalities: ['TEXT'] }, {}],
		[{ stream: 'false' }, { stream: false }],
	];
	for (const [setting, meant] of spellings) {
		it(`understands ${JSON.stringify(setting)}`, () => assert.deepEqual(read(setting), meant));
	}

	const mistakes: readonly (readonly [setting: unknown, left: Parameters, paths: readonly string[]])[] = [
		['fast', {}, ['']],
		[[], {}, ['']],
		[{ temprature: 1, topP: 0.5 }, { topP: 0.5 }, ['temprature']],
		[{ response_mimeType: 'application/json' }, {}, ['response_mimeType']],
		[{ temperature: 2.5 }, {}, ['temperature']],
		[{ temperature: '' }, {}, ['temperature']],
		[{ temperature: Number.NaN }, {}, ['temperature']],
		[{ topK: 1.5, seed: 2 ** 40 }, {}, ['topK', 'seed']],
		[{ thinking: { level: 'deep', include: true } }, { thinking: { include: true } }, ['thinking.level']],
		[{ thinking: { levle: 'low' } }, { thinking: {} }, ['thinking.levle']],
		[{ stopSequences: ['END', ''] }, { stopSequences: ['END'] }, ['stopSequences.2']],
		[{ stopSequences: [7] }, {}, ['stopSequences.1']],
		[{ safety: [{ category: 'HARASSMENT' }] }, {}, ['safety.1']],
		[{ safety: [{ category: 'HARASSMENT', threshold: 'BLOCK_ALL' }] }, {}, ['safety.1.threshold']],
		[{ webSearch: { startTime: '2026-01-01T00:00:00Z' } }, { webSearch: { enabled: true } }, ['webSearch']],
		[
			{ webSearch: { startTime: 'yesterday', endTime: '2026-01-01T00:00:00Z' } },
			{ webSearch: { enabled: true } },
			['webSearch.startTime'],
		],
		[{ imageOutput: { aspectRatio: 'wide' } }, { imageOutput: {} }, ['imageOutput.aspectRatio']],
		[{ tools: [{ codeExecution: {} }] }, {}, ['tools']],
		[{ generationConfig: 7 }, {}, ['generationConfig']],
	];
	for (const [setting, left, paths] of mistakes) {
		it(`tells what is wrong with ${JSON.stringify(setting)}, and takes the rest`, () => {
			assert.deepEqual(wrongIn(setting), paths);
			assert.deepEqual(readRequestSettings(setting).parameters, left);
		});
	}

	it('is read from anything, without failing, to what reads as itself', () => {
		const names = fc.constantFrom(
			...Object.keys(whole),
			'generationConfig',
			'tools',
			'reasoning',
			'__proto__',
			'constructor',
		);
		const settings = fc.oneof(
			fc.anything(),
			fc.dictionary(
				names,
				fc.oneof(
					fc.jsonValue(),
					fc.constantFrom<unknown>(...Object.values(whole as Readonly<Record<string, unknown>>)),
				),
			),
		);
		fc.assert(
			fc.property(settings, (setting) => {
				const { parameters } = readRequestSettings(setting);
				assert.deepEqual(readRequestSettings(parameters), { parameters, mistakes: [] });
				for (const name of Object.keys(parameters)) {
					assert.ok(name in whole, name);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('leaves out nothing in silence: each member is read or told', () => {
		const member = fc.tuple(fc.constantFrom(...Object.keys(whole), 'topk', 'nonsense'), fc.jsonValue());
		fc.assert(
			fc.property(member, ([name, value]) => {
				fc.pre(value !== null);
				const { parameters, mistakes: told } = readRequestSettings({ [name]: value });
				assert.ok(Object.keys(parameters).length + told.length > 0);
			}),
			{ numRuns: 200 },
		);
	});

	it('has the same members in the settings editor as here, at both places', async () => {
		const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
			contributes: { configuration: { properties: Record<string, Schema> } };
		};
		const { properties } = manifest.contributes.configuration;
		const request = properties['descry.request'];
		assert.deepEqual(Object.keys(request?.properties ?? {}), Object.keys(whole));
		assert.deepEqual(
			properties['descry.endpoints']?.additionalProperties?.properties?.['request']?.properties,
			request?.properties,
		);
		for (const part of ['thinking', 'webSearch', 'imageOutput'] as const) {
			assert.deepEqual(Object.keys(request?.properties?.[part]?.properties ?? {}), Object.keys(whole[part] ?? {}));
		}
	});

	it('takes every value that the settings editor offers', async () => {
		const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
			contributes: { configuration: { properties: Record<string, Schema> } };
		};
		const check = (schema: Schema | undefined, wrap: (value: unknown) => unknown): void => {
			for (const value of [...(schema?.enum ?? []), schema?.minimum, schema?.maximum].filter(
				(one) => one !== undefined,
			)) {
				assert.deepEqual(wrongIn(wrap(value)), [], JSON.stringify(wrap(value)));
			}
			for (const [name, member] of Object.entries(schema?.properties ?? {})) {
				check(member, (value) => wrap({ [name]: value }));
			}
		};
		check(manifest.contributes.configuration.properties['descry.request'], (value) => value);
	});
});

interface Schema {
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly additionalProperties?: Schema;
	readonly enum?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
}
