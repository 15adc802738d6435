import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Endpoint, Parameters, Request } from '../../../src/client/index.ts';
import { Base64Text, jsonBody } from '../../../src/client/body/body.ts';
import type { JsonObject } from '../../../src/client/json.ts';
import { endpoint } from './replay.ts';
import { sentFor } from './sent.ts';
import type { Sent } from './sent.ts';
import { content, events, stop } from './wireCases.ts';

const text = (value: string): { kind: 'text'; text: string } => ({ kind: 'text', text: value });

const send = (request: Partial<Request>, to: Partial<Endpoint> = {}, key?: string): Promise<Sent> =>
	sentFor(request, { ...endpoint, ...to }, events(content('ok'), stop), key);

const parametersOf = async (model: string, parameters: Parameters, host = 'h.test'): Promise<unknown> => {
	const { body } = await send({ model, parameters }, { baseUrl: `https://${host}` });
	const always = new Set(['model', 'messages', 'stream', 'stream_options']);
	return Object.fromEntries(Object.entries(body as JsonObject).filter(([name]) => !always.has(name)));
};

describe('a request for chat completions', () => {
	it('asks for a stream and its usage (7.1 #18)', async () => {
		const { url, body } = await send({});
		assert.equal(url, 'https://host.test/v1/chat/completions');
		assert.deepEqual(body, {
			model: 'm',
			messages: [{ role: 'user', content: 'hi' }],
			stream: true,
			stream_options: { include_usage: true },
		});
	});

	it('asks for a whole answer', async () => {
		const { body } = await send({ parameters: { stream: false } });
		assert.deepEqual(body, { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: false });
	});

	it('tells by name who speaks', async () => {
		const turns = [
			{ role: 'user', name: 'ada', parts: [text('A?')] },
			{ role: 'assistant', name: 'reader', parts: [text('B.')] },
			{ role: 'user', parts: [text('C?')] },
		] as const;
		const { body } = await send({ turns });
		assert.deepEqual((body as { messages: unknown }).messages, [
			{ role: 'user', name: 'ada', content: 'A?' },
			{ role: 'assistant', name: 'reader', content: 'B.' },
			{ role: 'user', content: 'C?' },
		]);
	});

	it('carries system, turns and several images in order, as base64 (7.1 #9, #20, #21)', async () => {
		const first = randomBytes(5);
		const second = randomBytes(400_000);
		const { body, bytes, headers } = await send({
			system: 'Be "brief"\n',
			turns: [
				{
					role: 'user',
					parts: [
						text('Image 1:'),
						{ kind: 'image', mediaType: 'image/png', content: first },
						text('Image 2:'),
						{ kind: 'image', mediaType: 'image/jpeg', content: second },
					],
				},
				{ role: 'assistant', parts: [text('A '), text('cat')] },
				{ role: 'user', parts: [text('Sure? 🦉')] },
			],
		});
		const url = (type: string, data: Buffer): object => ({
			type: 'image_url',
			image_url: { url: `data:${type};base64,${data.toString('base64')}` },
		});
		assert.deepEqual((body as { messages: unknown }).messages, [
			{ role: 'system', content: 'Be "brief"\n' },
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'Image 1:' },
					url('image/png', first),
					{ type: 'text', text: 'Image 2:' },
					url('image/jpeg', second),
				],
			},
			{ role: 'assistant', content: 'A cat' },
			{ role: 'user', content: 'Sure? 🦉' },
		]);
		assert.equal(headers['content-length'], String(bytes));
	});

	for (const [model, baseUrl, field] of [
		['gpt-4o', 'https://api.openai.com', 'max_tokens'],
		['gpt-5.5', 'https://api.openai.com', 'max_completion_tokens'],
		['gpt-5-chat', 'https://api.openai.com', 'max_tokens'],
		['o3-mini', 'https://api.openai.com', 'max_completion_tokens'],
		['openai/gpt-6', 'https://openrouter.ai/api/v1', 'max_completion_tokens'],
		['gemini-2.0-flash', 'https://api.maxtoken.io', 'max_completion_tokens'],
		['gemini-2.5-flash', 'https://api.anyfast.ai', 'max_tokens'],
		['gpt-oss:20b', 'http://localhost:11434', 'max_tokens'],
		['o1-open', 'http://localhost:1234', 'max_tokens'],
		['mistral-small', 'https://api.mistral.ai', 'max_tokens'],
		['gpt-5', 'https://api.maxtoken.io.evil.test', 'max_completion_tokens'],
		['x', 'https://evilmaxtoken.io', 'max_tokens'],
	] as const) {
		it(`limits tokens of ${model} at ${baseUrl} by ${field}`, async () => {
			const { body } = await send({ model, parameters: { maxOutputTokens: 5 } }, { baseUrl });
			const { max_tokens, max_completion_tokens } = body as Record<string, unknown>;
			assert.deepEqual(
				{ max_tokens, max_completion_tokens },
				{ max_tokens: undefined, max_completion_tokens: undefined, [field]: 5 },
			);
		});
	}

	it('carries every parameter that the protocol has', async () => {
		const parameters: Parameters = {
			temperature: 0,
			topP: 0.5,
			topK: 3,
			maxOutputTokens: 9,
			stopSequences: ['END'],
			seed: 7,
			mediaResolution: 'high',
			safety: [{ category: 'x', threshold: 'y' }],
			webSearch: { enabled: true },
			imageOutput: { aspectRatio: '16:9' },
		};
		const taken = { temperature: 0, top_p: 0.5, max_tokens: 9, stop: ['END'], seed: 7 };
		assert.deepEqual(await parametersOf('gpt-4o', parameters), taken);
		assert.deepEqual(await parametersOf('google/x-image', parameters, 'openrouter.ai/api/v1'), {
			...taken,
			top_k: 3,
			modalities: ['image', 'text'],
			image_config: { aspect_ratio: '16:9' },
		});
		assert.deepEqual(await parametersOf('x', { stopSequences: [], imageOutput: {} }, 'openrouter.ai'), {
			modalities: ['image', 'text'],
		});
	});

	for (const [model, thinking, expected] of [
		['gpt-4o', undefined, { temperature: 1, top_p: 1 }],
		['o3-mini', undefined, {}],
		['gpt-5.5', undefined, {}],
		['openai/gpt-5-chat', undefined, { temperature: 1, top_p: 1 }],
		['gpt-5.1', { level: 'none' }, { temperature: 1, top_p: 1, reasoning_effort: 'none' }],
		['gpt-5', { level: 'none' }, { reasoning_effort: 'none' }],
		['gpt-6', { level: 'none' }, { reasoning_effort: 'none' }],
		['gpt-5.1', { level: 'xhigh' }, { reasoning_effort: 'xhigh' }],
		['gpt-4o-search-preview', { level: 'low' }, {}],
		['gpt-4o', { level: 'low' }, { temperature: 1, top_p: 1 }],
		['qwen3', { level: 'low' }, { temperature: 1, top_p: 1, reasoning_effort: 'low' }],
		['qwen3', { budget: 9 }, { temperature: 1, top_p: 1 }],
		['gemini-2.0-flash', { level: 'low' }, { temperature: 1, top_p: 1 }],
		['gemini-2.5-flash', { level: 'none' }, { temperature: 1, top_p: 1, reasoning_effort: 'none' }],
		['gemini-2.5-flash', { budget: 0 }, { temperature: 1, top_p: 1, reasoning_effort: 'none' }],
		['gemini-2.5-flash', { budget: 5000 }, { temperature: 1, top_p: 1, reasoning_effort: 'medium' }],
		['gemini-2.5-flash', { budget: -1 }, { temperature: 1, top_p: 1 }],
		['gemini-2.5-pro', { level: 'none' }, { temperature: 1, top_p: 1, reasoning_effort: 'low' }],
		['gemini-3-pro', { level: 'max' }, { temperature: 1, top_p: 1, reasoning_effort: 'high' }],
		['gemini-3-flash', { budget: 10 }, { temperature: 1, top_p: 1, reasoning_effort: 'minimal' }],
	] as const) {
		it(`tells ${model} how to think and to sample, with ${JSON.stringify(thinking)}`, async () => {
			const parameters = { temperature: 1, topP: 1, ...(thinking ? { thinking } : {}) };
			assert.deepEqual(await parametersOf(model, parameters), expected);
		});
	}

	it('searches the web where a model is made for it', async () => {
		const parameters = { webSearch: { enabled: true } };
		assert.deepEqual(await parametersOf('gpt-4o-search-preview', parameters), { web_search_options: {} });
		assert.deepEqual(await parametersOf('gpt-4o-search-preview', { webSearch: { enabled: false } }), {});
	});

	it('wants an answer of a schema', async () => {
		const schema = { type: 'object', additionalProperties: false };
		const { body } = await send({ output: { name: 'alt', schema } });
		assert.deepEqual((body as JsonObject)['response_format'], {
			type: 'json_schema',
			json_schema: { name: 'alt', strict: true, schema },
		});
	});

	for (const [baseUrl, imageDetail, expected] of [
		['https://api.openai.com', 'low', 'low'],
		['https://api.openai.com', 'auto', undefined],
		['https://api.openai.com', 'original', 'high'],
		['https://a.openai.azure.com', 'high', 'high'],
		['https://openrouter.ai/api/v1', 'high', 'high'],
		['https://api.maxtoken.io', 'high', 'high'],
		['https://api.mistral.ai', 'high', undefined],
		['http://localhost:11434', 'high', undefined],
	] as const) {
		it(`tells ${baseUrl} the detail ${imageDetail} as ${expected ?? 'nothing'}`, async () => {
			const image = { kind: 'image', mediaType: 'image/png', content: Buffer.from('abcd') } as const;
			const turns = [{ role: 'user', parts: [image] } as const];
			const { body } = await send({ turns, parameters: { imageDetail } }, { baseUrl });
			const url = 'data:image/png;base64,YWJjZA==';
			assert.deepEqual((body as JsonObject)['messages'], [
				{
					role: 'user',
					content: [{ type: 'image_url', image_url: { url, ...(expected ? { detail: expected } : {}) } }],
				},
			]);
		});
	}

	it('carries PDFs and addresses of images', async () => {
		const { body } = await send({
			turns: [
				{
					role: 'user',
					parts: [
						{ kind: 'pdf', name: 'a.pdf', content: Buffer.from('abcd') },
						{ kind: 'image', mediaType: 'image/png', content: new URL('https://h.test/a.png') },
					],
				},
			],
		});
		assert.deepEqual((body as JsonObject)['messages'], [
			{
				role: 'user',
				content: [
					{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,YWJjZA==' } },
					{ type: 'image_url', image_url: { url: 'https://h.test/a.png' } },
				],
			},
		]);
	});

	it('gives images that a model drew back with the next question', async () => {
		const drawn = { kind: 'image', mediaType: 'image/png', content: Buffer.from('abcd'), signature: 's' } as const;
		const { body } = await send({
			turns: [
				{ role: 'user', parts: [text('Draw')] },
				{ role: 'assistant', parts: [{ ...text('Here'), signature: 's' }, drawn] },
				{ role: 'user', parts: [text('Bluer')] },
			],
		});
		assert.deepEqual((body as JsonObject)['messages'], [
			{ role: 'user', content: 'Draw' },
			{ role: 'assistant', content: 'Here' },
			{
				role: 'user',
				content: [
					{ type: 'image_url', image_url: { url: 'data:image/png;base64,YWJjZA==' } },
					{ type: 'text', text: 'Bluer' },
				],
			},
		]);
	});

	it('takes members of the endpoint in last, without losing its own', async () => {
		const extraBody = { temperature: 1, stream_options: { x: 1 }, plugins: [{ id: 'web' }], stop: ['B'] };
		const { body } = await send({ parameters: { stopSequences: ['A'], temperature: 0 } }, { extraBody });
		assert.deepEqual(body, {
			model: 'm',
			messages: [{ role: 'user', content: 'hi' }],
			stream: true,
			stream_options: { include_usage: true, x: 1 },
			temperature: 1,
			stop: ['A', 'B'],
			plugins: [{ id: 'web' }],
		});
	});

	it('carries the key to Azure as it wants it', async () => {
		const baseUrl = 'https://a.openai.azure.com';
		const { url, headers } = await send({}, { baseUrl, auth: 'api-key' }, 'k');
		assert.equal(url, 'https://a.openai.azure.com/openai/v1/chat/completions');
		assert.deepEqual([headers['api-key'], headers['authorization']], ['k', undefined]);
	});

	it('carries the key as a bearer, and headers of the endpoint below its own', async () => {
		const own = { 'X-Title': 'Descry', 'Accept-Encoding': 'gzip', Authorization: 'Basic x' };
		const { headers } = await send({}, { headers: own }, ' secret ');
		assert.deepEqual(headers, {
			'x-title': 'Descry',
			'accept-encoding': 'identity',
			authorization: 'Bearer secret',
			'content-type': 'application/json',
			'content-length': headers['content-length'],
		});
	});

	it('carries no key where none is wanted', async () => {
		assert.equal((await send({}, { auth: 'none' }, 'secret')).headers['authorization'], undefined);
	});

	it('never carries a key unencrypted beyond this machine', async () => {
		const baseUrl = 'http://192.168.1.9:8080';
		await assert.rejects(send({}, { baseUrl }, 'secret'), { kind: 'auth', code: 'key-over-http' });
		assert.equal((await send({}, { baseUrl })).headers['authorization'], undefined);
		assert.equal((await send({}, { baseUrl: 'http://127.0.0.1:1' }, 'k')).headers['authorization'], 'Bearer k');
	});

	it('refuses a key that no header can carry, without telling it', async () => {
		await assert.rejects(send({}, {}, 'se\ncret'), (error: Error) => !error.message.includes('cret'));
	});
});

describe('a body of JSON and files', () => {
	for (const size of [0, 1, 2, 3, 196_607, 196_608, 196_609]) {
		it(`has the length it tells, with a file of ${size} bytes`, () => {
			const bytes = randomBytes(size);
			const body = jsonBody({ a: new Base64Text('data:x,', bytes), 'ü"': [new Base64Text('', bytes)] });
			const written = Buffer.concat([...body.chunks()]);
			const base64 = bytes.toString('base64');
			assert.equal(written.toString(), JSON.stringify({ a: `data:x,${base64}`, 'ü"': [base64] }));
			assert.equal(body.byteLength, written.length);
			assert.deepEqual(Buffer.concat([...body.chunks()]), written);
		});
	}
});
