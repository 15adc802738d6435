import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { type EndpointSettings, readEndpointSettings } from '../../../src/models/settings/endpointSettings.ts';
import { type NamedEndpoint, presets } from '../../../src/models/settings/presets.ts';

const readOne = (entry: unknown, name = 'own'): NamedEndpoint | undefined =>
	readEndpointSettings({ [name]: entry }).endpoints.find((endpoint) => endpoint.name === name);
const wrongIn = ({ mistakes }: EndpointSettings): readonly string[] => mistakes.map(({ path }) => path.join('.'));

describe('the setting descry.endpoints', () => {
	it('leaves the presets as they are when it says nothing', () => {
		assert.deepEqual(readEndpointSettings({}), { endpoints: presets, mistakes: [] });
		assert.deepEqual(readEndpointSettings(undefined), { endpoints: presets, mistakes: [] });
	});

	it('describes a server in all it can', () => {
		const entry = {
			protocol: 'gemini',
			baseUrl: 'https://models.example.com',
			auth: 'api-key',
			headers: { 'X-Team': 'blue' },
			extraBody: { service_tier: 'flex' },
		};
		assert.deepEqual(readOne({ ...entry, request: { top_k: 4 } }), { name: 'own', ...entry, parameters: { topK: 4 } });
	});

	for (const [written, meant] of [
		['models.example.com/v1', 'https://models.example.com/v1'],
		['localhost:8080', 'http://localhost:8080'],
		['127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
		[' http://host.test ', 'http://host.test'],
	] as const) {
		it(`reads the address ${written}`, () => assert.equal(readOne({ baseUrl: written })?.baseUrl, meant));
	}

	it('counts times to wait in seconds, and has those of the settings editor', async () => {
		const timeouts = { connect: 2, firstByte: 600, byteIdle: 0, contentIdle: 0.5, total: 86_400 };
		assert.deepEqual(readOne({ baseUrl: 'https://host.test', timeouts })?.timers, {
			connect: 2_000,
			firstByte: 600_000,
			byteIdle: 0,
			contentIdle: 500,
			total: 86_400_000,
		});
		assert.deepEqual(readOne({ timeouts: { first_byte: 1 } }, 'ollama')?.timers, { firstByte: 1_000 });
		const wrong = readEndpointSettings({ own: { baseUrl: 'https://host.test', timeouts: { total: -1, grace: 1 } } });
		assert.deepEqual(wrongIn(wrong), ['own.timeouts.grace', 'own.timeouts.total']);
		const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
			contributes: {
				configuration: {
					properties: {
						'descry.endpoints': { additionalProperties: { properties: { timeouts: { properties: object } } } };
					};
				};
			};
		};
		const { additionalProperties } = manifest.contributes.configuration.properties['descry.endpoints'];
		assert.deepEqual(Object.keys(additionalProperties.properties.timeouts.properties), Object.keys(timeouts));
	});

	it('knows the names that other programs give the address', () => {
		for (const name of ['base_url', 'baseURL', 'url', 'api_base']) {
			assert.equal(readOne({ [name]: 'https://host.test' })?.baseUrl, 'https://host.test', name);
		}
	});

	it('replaces a preset by an entry with an address, its environment variable included', () => {
		assert.deepEqual(readOne({ baseUrl: 'https://host.test' }, 'openai'), {
			name: 'openai',
			protocol: 'chat-completions',
			baseUrl: 'https://host.test',
			auth: 'bearer',
		});
	});

	it('changes of a preset only what an entry without an address names', () => {
		const google = presets.find(({ name }) => name === 'google');
		assert.deepEqual(readOne({ request: { temperature: 1 } }, 'google'), { ...google, parameters: { temperature: 1 } });
	});

	it('spells what goes to Gemini as its servers do, whatever a documentation says', () => {
		const extraBody = {
			generationConfig: { topk: 1, response_mimeType: 'application/json', imageConfig: { imageSize: '1k' } },
			safetySettings: [{ category: 'X', threshold: 'BLOCK_HIGH_AND_ABOVE' }],
		};
		assert.deepEqual(readOne({ protocol: 'gemini', baseUrl: 'https://host.test', extraBody })?.extraBody, {
			generationConfig: { topK: 1, responseMimeType: 'application/json', imageConfig: { imageSize: '1K' } },
			safetySettings: [{ category: 'X', threshold: 'BLOCK_ONLY_HIGH' }],
		});
		assert.deepEqual(readOne({ baseUrl: 'https://host.test', extraBody })?.extraBody, extraBody);
	});

	const mistakes: readonly (readonly [setting: unknown, paths: readonly string[]])[] = [
		['https://host.test', ['']],
		[{ own: 'https://host.test' }, ['own']],
		[{ own: {} }, ['own.baseUrl']],
		[{ own: { baseUrl: 'ftp://host.test' } }, ['own.baseUrl']],
		[{ own: { baseUrl: 7 } }, ['own.baseUrl']],
		[{ own: { baseUrl: 'https://' } }, ['own.baseUrl']],
		[{ device: { baseUrl: 'https://host.test' } }, ['device']],
		[{ 'a/b': { baseUrl: 'https://host.test' } }, ['a/b']],
		[{ '': { baseUrl: 'https://host.test' } }, ['']],
	];
	for (const [setting, paths] of mistakes) {
		it(`leaves out ${JSON.stringify(setting)} and tells why`, () => {
			const read = readEndpointSettings(setting);
			assert.deepEqual(wrongIn(read), paths);
			assert.deepEqual(read.endpoints, presets);
		});
	}

	it('leaves out of an entry what it cannot read, and tells', () => {
		const entry = {
			baseUrl: 'https://host.test',
			apiKey: 'sk-in-the-wrong-place',
			auth: 'basic',
			headers: { 'X-One': 'one', 'X Two': 'two', 'X-Three': 'a\r\nb', 'X-Four': 4 },
			request: { temperature: 9 },
		};
		const read = readEndpointSettings({ own: entry });
		assert.deepEqual(wrongIn(read), [
			'own.apiKey',
			'own.auth',
			'own.headers.X Two',
			'own.headers.X-Three',
			'own.headers.X-Four',
			'own.request.temperature',
		]);
		assert.deepEqual(read.endpoints[0], {
			name: 'own',
			protocol: 'chat-completions',
			baseUrl: 'https://host.test',
			auth: 'bearer',
			headers: { 'X-One': 'one' },
			parameters: {},
		});
		assert.doesNotMatch(JSON.stringify(read.mistakes), /sk-in/);
	});

	it('is read from anything without failing, to endpoints that a request can be made of', () => {
		const anything = fc.anything({ maxDepth: 1, maxKeys: 3 });
		const entry = fc.record(
			{
				baseUrl: fc.oneof(
					fc.constantFrom('https://a.test', 'http://[::1]:8/', 'HTTP://b', 'https://'),
					fc.string(),
					anything,
				),
				protocol: anything,
				auth: anything,
				headers: fc.oneof(fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), anything),
				request: anything,
				extraBody: anything,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(fc.oneof(anything, fc.dictionary(fc.string(), entry, { maxKeys: 3 })), (setting) => {
				for (const { baseUrl, headers } of readEndpointSettings(setting).endpoints) {
					assert.match(new URL(baseUrl).protocol, /^https?:$/);
					new Headers(headers);
				}
			}),
			{ numRuns: 200 },
		);
	});
});
