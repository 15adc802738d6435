import assert from 'node:assert/strict';
import { listModels } from '../../../src/client/index.ts';
import { endpoint, replay } from './replay.ts';

const list = (body: unknown): Promise<readonly string[]> =>
	listModels(endpoint, { transport: replay([Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))]) });

describe('a list of models', () => {
	for (const [name, body, expected] of [
		['OpenAI', { object: 'list', data: [{ id: 'b' }, { id: 'a' }, { id: 'b' }, { id: null }, 'x'] }, ['b', 'a']],
		['as models', { models: [{ name: 'a' }, { id: 'b', name: 'B' }] }, ['a', 'b']],
		['as an array', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
		['without models, as Ollama writes it', { object: 'list', data: null }, []],
	] as const) {
		it(`is read: ${name}`, async () => assert.deepEqual(await list(body), expected));
	}

	it('leaves a line in the log', async () => {
		const lines: string[] = [];
		const options = { key: 'secret', log: (line: string) => lines.push(line) };
		await listModels(endpoint, { ...options, transport: replay([Buffer.from('{"data":[{"id":"a"}]}')]) });
		await assert.rejects(listModels(endpoint, { ...options, transport: replay([], { status: 401 }) }));
		const told = lines.map((line) => line.replace(/\d+ ms/, '5 ms'));
		assert.deepEqual(told, [
			'models of host.test; 1 ids; total 5 ms',
			'models of host.test; failure auth (401); total 5 ms',
		]);
	});

	for (const [name, body, kind] of [
		['a web page', '<html><title>App</title>', 'invalid-response'],
		['something else', { hello: 'world' }, 'invalid-response'],
		['text', 'Ollama is running', 'invalid-response'],
		['nothing', '', 'invalid-response'],
		['an error with 200', { error: { code: 'invalid_api_key', message: 'No' } }, 'auth'],
	] as const) {
		it(`fails on ${name}`, () => assert.rejects(list(body), { name: 'Failure', kind }));
	}
});
