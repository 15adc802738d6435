import assert from 'node:assert/strict';
import type { Endpoint, Parameters, Part, Request, Turn } from '../../../src/client/index.ts';
import { events, said, stop } from './geminiCases.ts';
import { geminiEndpoint } from './replay.ts';
import { sentFor } from './sent.ts';
import type { Sent } from './sent.ts';

const send = (request: Partial<Request>, to: Partial<Endpoint> = {}, key?: string): Promise<Sent> =>
	sentFor({ model: 'gemini-3-flash', ...request }, { ...geminiEndpoint, ...to }, events(said('ok', stop)), key);

async function bodyFor(request: Partial<Request>, extraBody?: Endpoint['extraBody']): Promise<Record<string, unknown>> {
	const { body } = await send(request, extraBody ? { extraBody } : {});
	return body as Record<string, unknown>;
}

const configFor = async (model: string, parameters: Parameters): Promise<unknown> =>
	(await bodyFor({ model, parameters }))['generationConfig'];

const text = (value: string): Part => ({ kind: 'text', text: value });
const user = (...parts: Part[]): Turn => ({ role: 'user', parts });
const model = (...parts: Part[]): Turn => ({ role: 'assistant', parts });
const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];

describe('a request for Gemini', () => {
	it('asks for a stream, with nothing that nobody set', async () => {
		const { url, body } = await send({});
		assert.equal(url, 'https://host.test/v1beta/models/gemini-3-flash:streamGenerateContent?alt=sse');
		assert.deepEqual(body, { contents });
	});

	it('asks for a whole answer', async () => {
		const { url, body } = await send({ parameters: { stream: false } });
		assert.equal(url, 'https://host.test/v1beta/models/gemini-3-flash:generateContent');
		assert.deepEqual(body, { contents });
	});

	it('carries the key as Google wants it, or as gateways do', async () => {
		assert.equal((await send({}, { auth: 'x-goog-api-key' }, 'k')).headers['x-goog-api-key'], 'k');
		assert.equal((await send({}, {}, 'k')).headers['authorization'], 'Bearer k');
	});

	it('carries system, turns and files, with the marks of earlier answers', async () => {
		const content = Buffer.from('abcd');
		const url = new URL('https://h.test/a.jpg');
		const { body, bytes, headers } = await send({
			system: 'Be brief.',
			turns: [
				user(
					{ kind: 'image', mediaType: 'image/png', content },
					{ kind: 'image', mediaType: 'image/jpeg', content: url },
					{ kind: 'pdf', name: 'a.pdf', content },
					{ kind: 'pdf', name: 'b.pdf', content: new URL('https://h.test/b.pdf') },
					text('?'),
				),
				model(
					{ kind: 'text', text: 'A cat', signature: 's1' },
					{ kind: 'image', mediaType: 'image/png', content, signature: 's2' },
					{ kind: 'text', text: '', signature: 's3' },
					text(''),
				),
				user(text('')),
				user(text('Sure?')),
			],
		});
		assert.deepEqual(body, {
			contents: [
				{
					role: 'user',
					parts: [
						{ inlineData: { mimeType: 'image/png', data: 'YWJjZA==' } },
						{ fileData: { mimeType: 'image/jpeg', fileUri: 'https://h.test/a.jpg' } },
						{ inlineData: { mimeType: 'application/pdf', data: 'YWJjZA==' } },
						{ fileData: { mimeType: 'application/pdf', fileUri: 'https://h.test/b.pdf' } },
						{ text: '?' },
					],
				},
				{
					role: 'model',
					parts: [
						{ text: 'A cat', thoughtSignature: 's1' },
						{ inlineData: { mimeType: 'image/png', data: 'YWJjZA==' }, thoughtSignature: 's2' },
						{ text: '', thoughtSignature: 's3' },
					],
				},
				{ role: 'user', parts: [{ text: 'Sure?' }] },
			],
			systemInstruction: { parts: [{ text: 'Be brief.' }] },
		});
		assert.equal(headers['content-length'], String(bytes));
	});

	it('never ends with a turn of the model (7.1 #37)', async () => {
		const { contents: sent } = await bodyFor({ turns: [user(text('hi')), model(text('I think'))] });
		assert.deepEqual(sent, contents);
	});

	it('tells Gemma the system within its first question', async () => {
		const image = { kind: 'image', mediaType: 'image/png', content: Buffer.from('abcd') } as const;
		const told = await bodyFor({ model: 'gemma-3-27b-it', system: 'Be brief.', turns: [user(image, text('What?'))] });
		assert.deepEqual(told, {
			contents: [
				{
					role: 'user',
					parts: [{ inlineData: { mimeType: 'image/png', data: 'YWJjZA==' } }, { text: 'Be brief.\n\nWhat?' }],
				},
			],
		});
		const wordless = await bodyFor({ model: 'models/gemma-3-4b-it', system: 'Be brief.', turns: [user(image)] });
		assert.match(JSON.stringify(wordless), /"parts":\[\{"text":"Be brief\."\},\{"inlineData"/);
	});

	it('carries every parameter that Gemini takes', async () => {
		const body = await bodyFor({
			model: 'gemini-3-pro-image',
			parameters: {
				temperature: 0,
				topP: 0.5,
				topK: 3,
				maxOutputTokens: 4096,
				stopSequences: ['END'],
				seed: 7,
				mediaResolution: 'high',
				imageDetail: 'high',
				thinking: { level: 'low', include: true },
				safety: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }],
				webSearch: { enabled: true, startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-02T00:00:00Z' },
				imageOutput: { aspectRatio: '16:9', imageSize: '2K' },
			},
			output: { name: 'alt', schema: { type: 'object' } },
		});
		assert.deepEqual(body, {
			contents,
			generationConfig: {
				temperature: 0,
				topP: 0.5,
				topK: 3,
				maxOutputTokens: 4096,
				stopSequences: ['END'],
				seed: 7,
				responseMimeType: 'application/json',
				responseJsonSchema: { type: 'object' },
				responseModalities: ['TEXT', 'IMAGE'],
				imageConfig: { aspectRatio: '16:9', imageSize: '2K' },
				mediaResolution: 'MEDIA_RESOLUTION_HIGH',
				thinkingConfig: { thinkingLevel: 'low', includeThoughts: true },
			},
			safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }],
			tools: [
				{
					googleSearch: {
						timeRangeFilter: { startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-02T00:00:00Z' },
					},
				},
			],
		});
	});

	it('leaves out what was set to nothing', async () => {
		const parameters = {
			stopSequences: [],
			safety: [],
			webSearch: { enabled: false, startTime: 'x', endTime: 'y' },
			thinking: {},
		};
		assert.deepEqual(await bodyFor({ system: '', parameters }), { contents });
		const imageOutput = await configFor('gemini-3-flash', { imageOutput: {} });
		assert.deepEqual(imageOutput, { responseModalities: ['TEXT', 'IMAGE'] });
		const { tools } = await bodyFor({ parameters: { webSearch: { enabled: true, startTime: 'only one' } } });
		assert.deepEqual(tools, [{ googleSearch: {} }]);
	});

	it('asks a model that cannot do both for a search rather than a schema', async () => {
		const output = { name: 'alt', schema: { type: 'object' } };
		const parameters = { webSearch: { enabled: true } };
		const config = async (name: string): Promise<unknown> =>
			(await bodyFor({ model: name, parameters, output }))['generationConfig'];
		assert.equal(await config('gemini-2.5-flash'), undefined);
		assert.deepEqual(await config('gemini-3-flash'), {
			responseMimeType: 'application/json',
			responseJsonSchema: { type: 'object' },
		});
		assert.equal((await bodyFor({ model: 'gemma-3-4b-it', output }))['generationConfig'], undefined);
	});

	it('wants the finest look by part, which older models do not know', async () => {
		const content = Buffer.from('abcd');
		const turns = [user({ kind: 'image', mediaType: 'image/png', content }, { kind: 'pdf', name: 'a.pdf', content })];
		const parameters = { mediaResolution: 'ultra-high' } as const;
		const inlineData = (mimeType: string): object => ({ inlineData: { mimeType, data: 'YWJjZA==' } });
		assert.deepEqual(await bodyFor({ turns, parameters }), {
			contents: [
				{
					role: 'user',
					parts: [
						{ ...inlineData('image/png'), mediaResolution: { level: 'MEDIA_RESOLUTION_ULTRA_HIGH' } },
						{ ...inlineData('application/pdf'), mediaResolution: { level: 'MEDIA_RESOLUTION_HIGH' } },
					],
				},
			],
		});
		assert.deepEqual(await bodyFor({ model: 'gemini-2.5-flash', turns, parameters }), {
			contents: [{ role: 'user', parts: [inlineData('image/png'), inlineData('application/pdf')] }],
			generationConfig: { mediaResolution: 'MEDIA_RESOLUTION_HIGH' },
		});
	});

	it('takes members of the endpoint in last, without losing its own', async () => {
		const parameters = { temperature: 0.5, maxOutputTokens: 9, webSearch: { enabled: true } };
		const extraBody = {
			tools: [{ urlContext: {} }],
			generationConfig: { candidateCount: 1, temperature: 1, topk: null },
			serviceTier: 'flex',
		};
		assert.deepEqual(await bodyFor({ parameters }, extraBody), {
			contents,
			generationConfig: { temperature: 1, maxOutputTokens: 9, candidateCount: 1, topk: null },
			tools: [{ googleSearch: {} }, { urlContext: {} }],
			serviceTier: 'flex',
		});
	});
});

describe('thinking', () => {
	const level = (thinkingLevel: string): object => ({ thinkingLevel });
	const budget = (thinkingBudget: number): object => ({ thinkingBudget });
	for (const [name, thinking, expected] of [
		['gemini-2.0-flash', { level: 'low', budget: 1, include: true }, undefined],
		['gemini-1.5-pro', { budget: 100 }, undefined],
		['gemma-3-27b-it', { level: 'low' }, undefined],
		['gemini-2.5-flash-image', { level: 'low' }, undefined],
		['gemini-2.5-pro', { budget: 0 }, budget(128)],
		['gemini-2.5-pro', { budget: 99_999 }, budget(32_768)],
		['gemini-2.5-pro', { budget: -1 }, budget(-1)],
		['gemini-2.5-pro', { level: 'none' }, budget(128)],
		['gemini-2.5-pro', { level: 'max' }, budget(32_768)],
		['gemini-2.5-flash', { budget: 0, include: true }, budget(0)],
		['gemini-2.5-flash', { level: 'none' }, budget(0)],
		['gemini-2.5-flash', { level: 'medium' }, budget(8192)],
		['gemini-2.5-flash', { level: 'high' }, budget(24_576)],
		['gemini-2.5-flash', { level: 'high', budget: 77 }, budget(77)],
		['gemini-2.5-flash-lite', { budget: 5 }, budget(512)],
		['gemini-2.5-flash-lite', { budget: 0 }, budget(0)],
		['models/gemini-2.5-flash-preview-05-20', { include: true }, { includeThoughts: true }],
		['gemini-3-pro-preview', { level: 'none' }, level('low')],
		['gemini-3-pro-preview', { level: 'medium' }, level('high')],
		['gemini-3.1-pro', { level: 'medium' }, level('medium')],
		['gemini-3.1-pro', { level: 'minimal' }, level('low')],
		['gemini-3-flash', { level: 'none' }, level('minimal')],
		['gemini-3-flash', { level: 'xhigh' }, level('high')],
		['gemini-3-flash', { level: 'low', budget: 9999 }, level('low')],
		['gemini-3.1-flash-lite-preview', { budget: 0 }, level('minimal')],
		['gemini-3.5-flash', { budget: 1024 }, level('low')],
		['gemini-3.6-flash', { budget: 5000 }, level('medium')],
		['gemini-4-flash', { budget: 30_000 }, level('high')],
		['gemini-3.6-flash', { budget: -1 }, undefined],
		['gemini-flash-latest', { budget: 1, include: false }, { thinkingLevel: 'minimal', includeThoughts: false }],
		['google/gemini-3-flash', { level: 'high' }, level('high')],
		['gemini-2.5-flash-thinking-1000', { level: 'high' }, undefined],
		['gemini-2.5-flash-nothinking', { level: 'high' }, undefined],
	] as const) {
		it(`of ${name} asked as ${JSON.stringify(thinking)}`, async () => {
			const config = (await configFor(name, { thinking })) as Record<string, unknown> | undefined;
			assert.deepEqual(config?.['thinkingConfig'], expected);
		});
	}
});

describe('the address of a Gemini model', () => {
	const google = 'https://generativelanguage.googleapis.com';
	for (const [baseUrl, name, expected] of [
		[google, 'm', `${google}/v1beta/models/m`],
		[`${google}/`, 'models/m', `${google}/v1beta/models/m`],
		[`${google}/v1beta`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1beta/`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1alpha`, 'm', `${google}/v1alpha/models/m`],
		[`${google}/v1`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1beta/models`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1beta/openai/`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1beta/openai/chat/completions`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1beta/models/x:streamGenerateContent?alt=sse&key=AIzaSecret`, 'm', `${google}/v1beta/models/m`],
		[`${google}/v1beta/tunedModels/x:generateContent`, 'm', `${google}/v1beta/models/m`],
		['https://api.maxtoken.io/v1/chat/completions', 'm', 'https://api.maxtoken.io/v1beta/models/m'],
		['https://h/gate', 'm', 'https://h/gate/v1beta/models/m'],
		['https://h/gate/v1beta/?tenant=a', 'm', 'https://h/gate/v1beta/models/m?tenant=a'],
		['h.test', 'tunedModels/mine', 'https://h.test/v1beta/tunedModels/mine'],
		['localhost:99', 'google/m', 'http://localhost:99/v1beta/models/google/m'],
		[
			'https://aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/x:generateContent',
			'm',
			'https://aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/m',
		],
	] as const) {
		it(`${name} under ${baseUrl}`, async () => {
			const url = new URL(expected);
			url.pathname += ':streamGenerateContent';
			url.searchParams.set('alt', 'sse');
			assert.equal((await send({ model: name }, { baseUrl })).url, url.href);
		});
	}
});
