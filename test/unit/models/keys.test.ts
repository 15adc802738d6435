import assert from 'node:assert/strict';
import { cleanKey, Keys } from '../../../src/models/keys.ts';
import { type NamedEndpoint, presets } from '../../../src/models/settings/presets.ts';
import { secretsIn } from './memory.ts';

function endpoint(baseUrl: string, more: Partial<NamedEndpoint> = {}): NamedEndpoint {
	return { name: 'own', protocol: 'chat-completions', baseUrl, auth: 'bearer', ...more };
}

describe('keys', () => {
	let values: Map<string, string>;
	const keysWith = (environment: Readonly<Record<string, string>> = {}): Keys =>
		new Keys(secretsIn(values), environment);

	beforeEach(() => {
		values = new Map();
	});

	describe('as people paste them', () => {
		const cases: readonly (readonly [pasted: string, key: string])[] = [
			['sk-abc', 'sk-abc'],
			['  sk-abc\r\n', 'sk-abc'],
			['\u00a0sk-abc\ufeff', 'sk-abc'],
			['"sk-abc"', 'sk-abc'],
			["'sk-abc'", 'sk-abc'],
			['`sk-abc`', 'sk-abc'],
			['Bearer sk-abc', 'sk-abc'],
			['bearer\tsk-abc', 'sk-abc'],
			['  Bearer   "sk-abc"  ', 'sk-abc'],
			['"Bearer sk-abc"', 'sk-abc'],
			['Authorization: Bearer sk-abc', 'sk-abc'],
			['authorization:bearer sk-abc', 'sk-abc'],
			['bearer-of-news', 'bearer-of-news'],
			['sk-abc=', 'sk-abc='],
			['', ''],
			[' "" ', ''],
			['Bearer ', ''],
			['two words', 'two words'],
		];
		for (const [pasted, key] of cases) {
			it(`${JSON.stringify(pasted)} is ${JSON.stringify(key)}`, () => {
				assert.equal(cleanKey(pasted), key);
			});
		}
	});

	it('are kept and looked up by the origin they are for', async () => {
		const keys = keysWith();
		await keys.store(endpoint('https://api.example.org/v1'), 'sk-one');
		await keys.store(endpoint('https://api.example.org:8443/v1'), 'sk-two');
		assert.deepEqual([...values.keys()], ['key:https://api.example.org', 'key:https://api.example.org:8443']);
		assert.equal(await keys.keyFor(endpoint('https://api.example.org/other/path', { name: 'another' })), 'sk-one');
		assert.equal(await keys.keyFor(endpoint('https://API.example.org:443/v1')), 'sk-one');
		assert.equal(await keys.keyFor(endpoint('https://api.example.org:8443/v1')), 'sk-two');
	});

	for (const elsewhere of [
		'https://api.example.org.evil.example/v1',
		'https://example.org/v1',
		'https://api.example.org:444/v1',
		'https://api.example.org@evil.example/v1',
	]) {
		it(`do not go to ${elsewhere}`, async () => {
			const keys = keysWith();
			await keys.store(endpoint('https://api.example.org/v1'), 'sk-one');
			assert.equal(await keys.keyFor(endpoint(elsewhere)), undefined);
		});
	}

	for (const baseUrl of [
		'http://api.example.org/v1',
		'http://192.168.1.5:8080/v1',
		'http://localhost.evil.example/v1',
	]) {
		it(`never travel unencrypted beyond this machine: ${baseUrl}`, async () => {
			const own = endpoint(baseUrl, { keyVariable: 'OWN_KEY' });
			const keys = keysWith({ OWN_KEY: 'sk-environment' });
			await keys.store(own, 'sk-stored');
			assert.equal(await keys.keyFor(own), undefined);
		});
	}

	for (const baseUrl of ['http://127.0.0.1:8080/v1', 'http://localhost:8080/v1', 'http://[::1]:8080/v1']) {
		it(`may go to this machine unencrypted: ${baseUrl}`, async () => {
			const keys = keysWith();
			await keys.store(endpoint(baseUrl), 'sk-stored');
			assert.equal(await keys.keyFor(endpoint(baseUrl)), 'sk-stored');
		});
	}

	it('are not for an endpoint that takes none', async () => {
		const keys = keysWith();
		await keys.store(endpoint('https://api.example.org/v1'), 'sk-stored');
		assert.equal(await keys.keyFor(endpoint('https://api.example.org/v1', { auth: 'none' })), undefined);
	});

	describe('from the environment', () => {
		const openai = presets.find(({ name }) => name === 'openai');
		assert.ok(openai);

		it('count where none is stored', async () => {
			const keys = keysWith({ OPENAI_API_KEY: ' "sk-environment" ' });
			assert.equal(await keys.keyFor(openai), 'sk-environment');
			await keys.store(openai, 'sk-stored');
			assert.equal(await keys.keyFor(openai), 'sk-stored');
			await keys.remove('https://api.openai.com');
			assert.equal(await keys.keyFor(openai), 'sk-environment');
		});

		it('count for their own preset only', async () => {
			const keys = keysWith({ OPENAI_API_KEY: 'sk-environment' });
			for (const preset of presets.filter(({ name }) => name !== 'openai')) {
				assert.equal(await keys.keyFor(preset), undefined, preset.name);
			}
			assert.equal(await keys.keyFor(endpoint(openai.baseUrl, { name: 'openai' })), undefined);
		});

		it('count as none when empty', async () => {
			assert.equal(await keysWith({ OPENAI_API_KEY: ' ' }).keyFor(openai), undefined);
		});
	});

	it('are listed by origin, other secrets left alone, and removed for good', async () => {
		values.set('something-else', 'x');
		const keys = keysWith();
		await keys.store(endpoint('https://one.example/v1'), 'sk-one');
		await keys.store(endpoint('https://two.example/v1'), 'sk-two');
		assert.deepEqual(await keys.origins(), ['https://one.example', 'https://two.example']);
		await keys.remove('https://one.example');
		assert.deepEqual(await keys.origins(), ['https://two.example']);
		assert.equal(await keys.keyFor(endpoint('https://one.example/v1')), undefined);
		assert.equal(values.get('something-else'), 'x');
	});
});
