import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Endpoint, type ListedModel, listModels } from '../../../src/client/index.ts';

/** Answers by `METHOD path`; what is not there is a 404, as the real servers write it. */
type Pages = Readonly<Record<string, (body: string) => unknown>>;

describe('a server on this machine', () => {
	let server: Server;
	let endpoint: Endpoint;
	let pages: Pages;
	let asked: string[];

	before(async () => {
		server = createServer((request, response) => {
			const name = `${request.method ?? ''} ${request.url ?? ''}`;
			void textOf(request).then((body) => {
				asked.push(name);
				const page = pages[name]?.(body);
				response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'application/json' });
				response.end(page === undefined ? '404 page not found' : JSON.stringify(page));
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		endpoint = { protocol: 'chat-completions', baseUrl: `http://127.0.0.1:${port}/v1`, auth: 'none' };
	});

	beforeEach(() => {
		asked = [];
	});

	after(async () => {
		server.close();
		server.closeAllConnections();
		await once(server, 'close');
	});

	const plain = (...ids: readonly string[]): Pages => ({
		'GET /v1/models': () => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) }),
	});
	const list = async (): Promise<readonly ListedModel[]> =>
		(await listModels(endpoint)).map(({ id, seesImages, contextLength }) => ({ id, seesImages, contextLength }));

	it('that is Ollama says of each model what it can', async () => {
		const capabilities: Readonly<Record<string, readonly string[]>> = {
			'gemma3:4b': ['completion', 'vision'],
			'llama3.1:8b': ['completion', 'tools'],
			'nomic:latest': ['embedding'],
		};
		const ids = Object.keys(capabilities);
		pages = {
			...plain(...ids),
			'GET /api/tags': () => ({ models: ids.map((id) => ({ name: id, model: id, size: 1 })) }),
			'POST /api/show': (body) => {
				const { model } = JSON.parse(body) as { readonly model: string };
				return { capabilities: capabilities[model], model_info: { 'gemma3.context_length': 131072 }, details: {} };
			},
		};
		assert.deepEqual(await list(), [
			{ id: 'gemma3:4b', seesImages: true, contextLength: 131072 },
			{ id: 'llama3.1:8b', seesImages: false, contextLength: 131072 },
		]);
	});

	it('that is LM Studio says it in its own list, newer or older', async () => {
		pages = {
			...plain('google/gemma-3-4b', 'text-embedding-nomic'),
			'GET /api/v1/models': () => ({
				models: [
					{ type: 'llm', key: 'google/gemma-3-4b', capabilities: { vision: true }, max_context_length: 131072 },
					{ type: 'embedding', key: 'text-embedding-nomic' },
				],
			}),
		};
		assert.deepEqual(await list(), [{ id: 'google/gemma-3-4b', seesImages: true, contextLength: 131072 }]);
		pages = {
			...plain('qwen2-vl-7b', 'llama-3.1-8b'),
			'GET /api/v0/models': () => ({
				data: [
					{ id: 'qwen2-vl-7b', type: 'vlm', compatibility_type: 'mlx', max_context_length: 32768 },
					{ id: 'llama-3.1-8b', type: 'llm', compatibility_type: 'gguf', max_context_length: 4096 },
				],
			}),
		};
		assert.deepEqual(await list(), [
			{ id: 'qwen2-vl-7b', seesImages: true, contextLength: 32768 },
			{ id: 'llama-3.1-8b', seesImages: false, contextLength: 4096 },
		]);
	});

	it('that is llama.cpp says it of the one model it serves', async () => {
		pages = { ...plain('gemma'), 'GET /props': () => ({ modalities: { vision: false, audio: false } }) };
		assert.deepEqual(await list(), [{ id: 'gemma', seesImages: false, contextLength: undefined }]);
		pages = { ...plain('one', 'two'), 'GET /props': () => ({ modalities: { vision: true } }) };
		assert.deepEqual(
			(await list()).map(({ seesImages }) => seesImages),
			[undefined, undefined],
		);
	});

	it('that knows none of these questions is listed as it lists itself', async () => {
		pages = plain('some-model');
		assert.deepEqual(await list(), [{ id: 'some-model', seesImages: undefined, contextLength: undefined }]);
		assert.deepEqual(asked.toSorted(), [
			'GET /api/tags',
			'GET /api/v0/models',
			'GET /api/v1/models',
			'GET /props',
			'GET /v1/models',
		]);
	});

	it('that has only a list of its own is listed by that', async () => {
		pages = {
			'GET /api/tags': () => ({ models: [{ name: 'gemma3:4b' }] }),
			'POST /api/show': () => ({ capabilities: ['completion', 'vision'] }),
		};
		assert.deepEqual(await list(), [{ id: 'gemma3:4b', seesImages: true, contextLength: undefined }]);
	});

	it('that has none fails with what its main list says', async () => {
		pages = {};
		await assert.rejects(listModels(endpoint), { name: 'Failure', kind: 'not-found', status: 404 });
	});

	it('that answers nonsense to a question of another kind of server is listed all the same', async () => {
		pages = {
			...plain('some-model'),
			'GET /api/tags': () => ({ models: 'none' }),
			'GET /api/v1/models': () => ({ hello: 'world' }),
			'GET /props': () => [1, 2],
		};
		assert.deepEqual(await list(), [{ id: 'some-model', seesImages: undefined, contextLength: undefined }]);
	});

	it('is not asked on when the user leaves', async () => {
		pages = plain('some-model');
		const left = new AbortController();
		left.abort();
		await assert.rejects(listModels(endpoint, { signal: left.signal }), { name: 'AbortError' });
		assert.deepEqual(asked, []);
	});
});

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request as AsyncIterable<Buffer>) {
		text += chunk.toString();
	}
	return text;
}
