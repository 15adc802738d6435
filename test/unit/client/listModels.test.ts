import assert from 'node:assert/strict';
import {
	type Endpoint,
	type ListedModel,
	listModels,
	maySeeImages,
	type Transport,
} from '../../../src/client/index.ts';
import { endpoint, replay } from './replay.ts';

const list = (body: unknown, to = endpoint): Promise<readonly ListedModel[]> =>
	listModels(to, { transport: replay([Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))]) });
const idsOf = (models: readonly ListedModel[]): readonly string[] => models.map(({ id }) => id);

describe('a list of models', () => {
	for (const [name, body, expected] of [
		['OpenAI', { object: 'list', data: [{ id: 'b' }, { id: 'a' }, { id: 'b' }, { id: null }, 'x'] }, ['b', 'a']],
		['as models', { models: [{ name: 'a' }, { id: 'b', name: 'B' }] }, ['a', 'b']],
		['as an array', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
		['without models, as Ollama writes it', { object: 'list', data: null }, []],
	] as const) {
		it(`is read: ${name}`, async () => assert.deepEqual(idsOf(await list(body)), expected));
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
		['a flat error with 200', { object: 'error', message: 'Unauthorized', code: 401 }, 'auth'],
		['an error with 200', { error: { code: 'invalid_api_key', message: 'No' } }, 'auth'],
	] as const) {
		it(`fails on ${name}`, () => assert.rejects(list(body), { name: 'Failure', kind }));
	}

	describe('tells what models can do, where their server does', () => {
		const cases: readonly (readonly [name: string, entry: object, known: Omit<ListedModel, 'id'>])[] = [
			['nothing, at OpenAI', { id: 'm', object: 'model', owned_by: 'openai' }, {}],
			[
				'OpenRouter',
				{ id: 'm', architecture: { input_modalities: ['text', 'image', 'file'] }, context_length: 1048576 },
				{ seesImages: true, takesPdfs: true, contextLength: 1048576 },
			],
			['OpenRouter, text alone', { id: 'm', architecture: { input_modalities: ['text'] } }, { seesImages: false }],
			['llama.cpp', { id: 'm', meta: { n_ctx_train: 8192 } }, { contextLength: 8192 }],
			['vLLM', { id: 'm', max_model_len: 32768 }, { contextLength: 32768 }],
			[
				'Anthropic',
				{
					id: 'm',
					max_input_tokens: 200000,
					capabilities: { image_input: { supported: true }, pdf_input: { supported: false } },
				},
				{ seesImages: true, takesPdfs: false, contextLength: 200000 },
			],
			['Mistral', { id: 'm', capabilities: { completion_chat: true, vision: true } }, { seesImages: true }],
			['a gateway of GitHub', { id: 'm', capabilities: { supports: { vision: false } } }, { seesImages: false }],
			[
				'LM Studio',
				{ type: 'llm', key: 'm', max_context_length: 4096, capabilities: { vision: true } },
				{ seesImages: true, contextLength: 4096 },
			],
			['LM Studio, older', { id: 'm', type: 'vlm', compatibility_type: 'gguf' }, { seesImages: true }],
			['LM Studio, older, text alone', { id: 'm', type: 'llm', compatibility_type: 'gguf' }, { seesImages: false }],
			['capabilities in words of its own', { id: 'm', capabilities: ['chat', 'tools'] }, {}],
			['nonsense', { id: 'm', architecture: 7, capabilities: 'all', context_length: -1, modalities: null }, {}],
		];
		for (const [name, entry, known] of cases) {
			it(name, async () => assert.deepEqual(told(await list({ data: [entry] })), [{ id: 'm', ...known }]));
		}

		it('in two lists of one answer, as llama.cpp writes them', async () => {
			const body = {
				models: [{ name: 'm', capabilities: ['completion', 'multimodal'] }],
				data: [{ id: 'm' }, { id: 'n' }],
			};
			assert.deepEqual(told(await list(body)), [{ id: 'm' }, { id: 'n' }]);
		});
	});

	it('leaves out what cannot be asked', async () => {
		const data = [
			{ id: 'text-embedding-3-large' },
			{ id: 'whisper-1' },
			{ id: 'gpt-4o-mini-tts' },
			{ id: 'dall-e-3' },
			{ id: 'omni-moderation-latest' },
			{ id: 'embeds', type: 'embedding' },
			{ id: 'embeds-too', capabilities: ['embedding'] },
			{ id: 'draws', architecture: { input_modalities: ['text'], output_modalities: ['image'] } },
			{ id: 'gpt-4o' },
		];
		assert.deepEqual(idsOf(await list({ data })), ['gpt-4o']);
	});

	describe('of the Gemini API', () => {
		const gemini: Endpoint = { protocol: 'gemini', baseUrl: 'https://host.test', auth: 'bearer' };
		const methods = { supportedGenerationMethods: ['generateContent', 'countTokens'] };

		it('names what sees images and takes PDFs, and leaves out the rest', async () => {
			const models = [
				{ name: 'models/gemini-3.6-flash', inputTokenLimit: 1048576, ...methods },
				{ name: 'models/gemma-3-27b-it', ...methods },
				{ name: 'models/gemma-3-1b-it', ...methods },
				{ name: 'models/other', ...methods },
				{ name: 'models/gemini-embedding-001', supportedGenerationMethods: ['embedContent'] },
				{ name: 'models/gemini-2.5-flash-preview-tts', ...methods },
				{ name: 'models/gemini-counts-only', supportedGenerationMethods: ['countTokens'] },
				{ name: 'models/aqa', supportedGenerationMethods: ['generateAnswer'] },
			];
			assert.deepEqual(told(await list({ models }, gemini)), [
				{ id: 'gemini-3.6-flash', seesImages: true, takesPdfs: true, contextLength: 1048576 },
				{ id: 'gemma-3-27b-it', seesImages: true, takesPdfs: false },
				{ id: 'gemma-3-1b-it', seesImages: false, takesPdfs: false },
				{ id: 'other' },
			]);
		});

		it('is read page by page', async () => {
			const asked: string[] = [];
			const pages = [
				{ models: [{ name: 'models/gemini-a', ...methods }], nextPageToken: 'two+' },
				{ models: [{ name: 'models/gemini-b', ...methods }] },
			];
			const transport: Transport = (message) => {
				asked.push(message.url.href);
				return replay([Buffer.from(JSON.stringify(pages[asked.length - 1]))])(message);
			};
			assert.deepEqual(idsOf(await listModels(gemini, { transport })), ['gemini-a', 'gemini-b']);
			assert.deepEqual(asked, [
				'https://host.test/v1beta/models?pageSize=1000',
				'https://host.test/v1beta/models?pageSize=1000&pageToken=two%2B',
			]);
		});

		it('ends, however many pages there are', async () => {
			const body = { models: [{ name: 'models/gemini-a', ...methods }], nextPageToken: 'again' };
			assert.deepEqual(idsOf(await list(body, gemini)), ['gemini-a']);
		});
	});

	it('gives hints by names, which some models do not deserve', () => {
		for (const id of [
			'gpt-4o',
			'google/gemini-2.0-flash',
			'gemma3:4b',
			'qwen2.5-vl-7b',
			'llava:13b',
			'claude-sonnet-4-5',
		]) {
			assert.equal(maySeeImages(id), true, id);
		}
		for (const id of ['gpt-3.5-turbo', 'llama3.1:8b', 'deepseek-chat', 'qwen2.5-coder']) {
			assert.equal(maySeeImages(id), false, id);
		}
	});
});

/** What is known, without what is not. */
function told(models: readonly ListedModel[]): readonly unknown[] {
	return models.map((model) => Object.fromEntries(Object.entries(model).filter(([, value]) => value !== undefined)));
}
