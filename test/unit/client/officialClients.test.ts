import assert from 'node:assert/strict';
import { GoogleGenAI } from '@google/genai';
import type { GenerateContentResponse, Part } from '@google/genai';
import OpenAI from 'openai';
import { answer } from '../../../src/client/index.ts';
import type { Endpoint } from '../../../src/client/index.ts';
import { startModelServer } from '../../modelServer.ts';
import type { ModelServer, Script } from '../../modelServer.ts';
import { png } from './geminiCases.ts';
import { ask, collect } from './replay.ts';
import type { Collected } from './replay.ts';

const picture = { mediaType: 'image/png', bytes: Buffer.from(png, 'base64') };
const pdf = Buffer.from('%PDF-1.7');
const page = { uri: 'https://a.test/', title: 'A page', quote: '🦉 sits' };
const words = ['Grüße: ', 'a 🦉 sits', ' there.'];
const told = words.join('');

/** What our client makes of the same answer; checked against the official one in each test. */
function ours(
	server: ModelServer,
	protocol: Endpoint['protocol'],
	script: Script,
	stream: boolean,
): Promise<Collected> {
	server.next(script);
	const endpoint = { protocol, baseUrl: server.baseUrl, auth: 'bearer' } as const;
	return collect(answer({ ...ask('?'), parameters: { stream } }, endpoint, { key: 'right' }));
}

describe("the official clients understand the tests' server, and ours agrees with them", function () {
	this.timeout(20_000);
	let server: ModelServer;

	before(async () => {
		server = await startModelServer({ requireKey: 'right', models: ['test-vision', 'test-small'] });
	});

	after(() => server.close());

	describe('chat completions, by openai', () => {
		let client: OpenAI;

		before(() => {
			client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'right', maxRetries: 0 });
		});

		const messages = [{ role: 'user', content: '?' } as const];

		async function whole(script: Script): Promise<OpenAI.ChatCompletion> {
			server.next(script);
			return client.chat.completions.create({ model: 'asked', messages });
		}

		/** The final completion that the client puts together from a stream. */
		async function streamed(script: Script): Promise<OpenAI.ChatCompletion> {
			server.next(script);
			const stream_options = { include_usage: true };
			return client.chat.completions.stream({ model: 'asked', messages, stream_options }).finalChatCompletion();
		}

		for (const [how, get] of [
			['whole', whole],
			['streamed', streamed],
		] as const) {
			const fromOurs = (script: Script): Promise<Collected> =>
				ours(server, 'chat-completions', script, how === 'streamed');

			it(`text, usage and finish, ${how}`, async () => {
				const script = { text: words, thought: 'Let me look.', finish: 'length' };
				const { choices, usage, model } = await get(script);
				const collected = await fromOurs(script);
				assert.deepEqual([choices[0]?.message.content, collected.text], [told, told]);
				assert.deepEqual([choices[0]?.finish_reason, collected.end], ['length', 'length']);
				assert.deepEqual([model, collected.model], ['asked', 'asked']);
				assert.deepEqual(collected.usage, {
					prompt: usage?.prompt_tokens,
					output: usage?.completion_tokens,
					thoughts: usage?.completion_tokens_details?.reasoning_tokens,
				});
				assert.equal(usage?.completion_tokens_details?.reasoning_tokens, 3);
				assert.equal(collected.thought, 'Let me look.');
			});

			it(`calls of functions, ${how}`, async () => {
				const calls = [
					{ name: 'look', arguments: { at: 'it' } },
					{ name: 'count', arguments: {} },
				];
				const script = { text: '', calls, finish: 'tool_calls' };
				const { choices } = await get(script);
				const seen = choices[0]?.message.tool_calls?.map((call) =>
					call.type === 'function' ? call.function : undefined,
				);
				const expected = calls.map(({ name, arguments: given }) => ({ name, arguments: JSON.stringify(given) }));
				assert.deepEqual(
					seen?.map((call) => ({ name: call?.name, arguments: call?.arguments })),
					expected,
				);
				const { events } = await fromOurs(script);
				assert.deepEqual(
					events.flatMap((event) => (event.kind === 'call' ? event : [])),
					expected.map((call) => ({ kind: 'call', ...call })),
				);
			});
		}

		it('citations and images', async () => {
			const script = { text: words, sources: [page], images: [picture] };
			const { choices } = await whole(script);
			const [annotation] = choices[0]?.message.annotations ?? [];
			const { url, title, start_index: start, end_index: end } = annotation?.url_citation ?? {};
			assert.deepEqual([url, title, Array.from(told).slice(start, end).join('')], [page.uri, page.title, page.quote]);
			for (const stream of [true, false]) {
				const { events, text } = await ours(server, 'chat-completions', script, stream);
				const spans = events.flatMap((event) => (event.kind === 'source' ? event.source.spans : []));
				assert.deepEqual(
					spans.map((span) => text.slice(span.start, span.end)),
					[page.quote],
				);
				const [image] = events.flatMap((event) => (event.kind === 'image' ? event : []));
				assert.deepEqual(image, { kind: 'image', ...picture });
			}
		});

		it('what is asked: images and PDFs', async () => {
			const data = (type: string, bytes: Buffer): string => `data:${type};base64,${bytes.toString('base64')}`;
			const image_url = { url: data('image/png', picture.bytes) };
			const file = { filename: 'a.pdf', file_data: data('application/pdf', pdf) };
			const { choices } = await client.chat.completions.create({
				model: 'asked',
				messages: [
					{ role: 'system', content: 'Be brief.' },
					{
						role: 'user',
						content: [
							{ type: 'text', text: 'What?' },
							{ type: 'image_url', image_url },
							{ type: 'file', file },
						],
					},
				],
			});
			assert.equal(choices[0]?.message.content, 'I see one image. You asked: "What?".');
			const { chat } = await server.request(server.requests.length - 1);
			assert.deepEqual(
				[chat.system, chat.images, chat.pdfs],
				['Be brief.', [picture], [{ mediaType: 'application/pdf', bytes: pdf }]],
			);
		});

		it('errors', async () => {
			const error = { status: 503, message: 'Busy', code: 'server_is_overloaded' };
			await assert.rejects(
				streamed({ text: 'a', error }),
				(thrown) => thrown instanceof OpenAI.APIError && thrown.code === error.code,
			);
			await assert.rejects(
				client.chat.completions.create({ model: 'missing', messages }),
				(thrown) => thrown instanceof OpenAI.NotFoundError && thrown.code === 'model_not_found',
			);
			const { failure, text } = await ours(server, 'chat-completions', { text: 'a', error }, true);
			assert.deepEqual([failure?.kind, text], ['overloaded', 'a']);
			const wrong = new OpenAI({ baseURL: server.baseUrl, apiKey: 'wrong', maxRetries: 0 });
			await assert.rejects(wrong.models.list(), OpenAI.AuthenticationError);
		});

		it('the list of models', async () => {
			const { data } = await client.models.list();
			assert.deepEqual(
				data.map(({ id }) => id),
				['test-vision', 'test-small'],
			);
		});
	});

	describe('Gemini, by @google/genai', () => {
		let client: GoogleGenAI;

		before(() => {
			const baseUrl = new URL('/', server.baseUrl).href;
			client = new GoogleGenAI({ apiKey: 'right', httpOptions: { baseUrl } });
		});

		const asked = { model: 'asked', contents: '?' };

		async function whole(script: Script): Promise<readonly GenerateContentResponse[]> {
			server.next(script);
			return [await client.models.generateContent(asked)];
		}

		async function streamed(script: Script): Promise<readonly GenerateContentResponse[]> {
			server.next(script);
			const responses: GenerateContentResponse[] = [];
			for await (const response of await client.models.generateContentStream(asked)) {
				responses.push(response);
			}
			return responses;
		}

		const partsOf = (responses: readonly GenerateContentResponse[]): Part[] =>
			responses.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);

		for (const [how, get] of [
			['whole', whole],
			['streamed', streamed],
		] as const) {
			const fromOurs = (script: Script): Promise<Collected> => ours(server, 'gemini', script, how === 'streamed');

			it(`text, thoughts, usage and finish, ${how}`, async () => {
				const script = { text: words, thought: 'Let me look.', finish: 'length' };
				const responses = await get(script);
				const collected = await fromOurs(script);
				const joined = (thought: boolean): string =>
					partsOf(responses)
						.filter((part) => (part.thought ?? false) === thought)
						.map(({ text = '' }) => text)
						.join('');
				assert.deepEqual([joined(false), collected.text], [told, told]);
				assert.deepEqual([joined(true), collected.thought], ['Let me look.', 'Let me look.']);
				const last = responses.at(-1);
				assert.deepEqual([last?.candidates?.[0]?.finishReason, collected.end], ['MAX_TOKENS', 'length']);
				assert.deepEqual([last?.modelVersion, collected.model], ['asked', 'asked']);
				const counted = last?.usageMetadata;
				assert.equal(counted?.thoughtsTokenCount, 3);
				assert.deepEqual(collected.usage, {
					prompt: counted.promptTokenCount,
					output: (counted.candidatesTokenCount ?? 0) + 3,
					thoughts: 3,
				});
			});

			it(`images and calls of functions, ${how}`, async () => {
				const script = { text: words, images: [picture], calls: [{ name: 'look', arguments: { at: 'it' } }] };
				const parts = partsOf(await get(script));
				const [inline] = parts.flatMap(({ inlineData }) => inlineData ?? []);
				assert.deepEqual([inline?.mimeType, inline?.data], ['image/png', png]);
				const [call] = parts.flatMap(({ functionCall }) => functionCall ?? []);
				assert.deepEqual([call?.name, call?.args], ['look', { at: 'it' }]);
				const { events } = await fromOurs(script);
				assert.deepEqual(
					events.filter(({ kind }) => kind === 'image' || kind === 'call'),
					[
						{ kind: 'image', ...picture },
						{ kind: 'call', name: 'look', arguments: '{"at":"it"}' },
					],
				);
			});

			it(`grounding, ${how}`, async () => {
				const script = { text: words, thought: 'Hm', sources: [page], queries: ['owls'] };
				const metadata = (await get(script)).at(-1)?.candidates?.[0]?.groundingMetadata;
				const { startIndex, endIndex } = metadata?.groundingSupports?.[0]?.segment ?? {};
				assert.equal(Buffer.from(told).subarray(startIndex, endIndex).toString(), page.quote);
				assert.equal(metadata?.groundingChunks?.[0]?.web?.uri, page.uri);
				assert.deepEqual(metadata.webSearchQueries, ['owls']);
				const { events, text } = await fromOurs(script);
				const [source] = events.flatMap((event) => (event.kind === 'source' ? event.source : []));
				assert.deepEqual([source?.uri, source?.title], [page.uri, page.title]);
				assert.deepEqual(
					source?.spans.map((span) => text.slice(span.start, span.end)),
					[page.quote],
				);
				assert.ok(events.some((event) => event.kind === 'search' && event.entryPoint !== undefined));
			});

			it(`an answer that goes on with a token, ${how}`, async () => {
				const second = { text: ' and more' };
				server.next({ text: words, continuationToken: 'dG9rZW4=' });
				const responses = await get(second);
				assert.equal(
					partsOf(responses)
						.map(({ text = '' }) => text)
						.join(''),
					`${told} and more`,
				);
				server.next({ text: words, continuationToken: 'dG9rZW4=' });
				const { text, end, usage } = await fromOurs(second);
				assert.deepEqual([text, end], [`${told} and more`, 'stop']);
				const counted = responses.at(-1)?.usageMetadata;
				assert.equal(usage?.output, counted?.candidatesTokenCount);
				const { body } = await server.request(server.requests.length - 1);
				assert.equal((body as { continuationToken?: string }).continuationToken, 'dG9rZW4=');
			});
		}

		it('a prompt that is blocked', async () => {
			const [response] = await whole({ blockReason: 'SAFETY' });
			assert.equal(response?.promptFeedback?.blockReason, 'SAFETY');
			for (const stream of [true, false]) {
				const { failure } = await ours(server, 'gemini', { blockReason: 'SAFETY' }, stream);
				assert.deepEqual([failure?.kind, failure?.code], ['blocked', 'SAFETY']);
			}
		});

		it('what is asked: system, images and PDFs', async () => {
			const inlineData = (mimeType: string, bytes: Buffer): object => ({
				inlineData: { mimeType, data: bytes.toString('base64') },
			});
			const { text } = await client.models.generateContent({
				model: 'asked',
				contents: [
					{
						role: 'user',
						parts: [{ text: 'What?' }, inlineData('image/png', picture.bytes), inlineData('application/pdf', pdf)],
					},
				],
				config: { systemInstruction: 'Be brief.' },
			});
			assert.equal(text, 'I see one image. You asked: "What?".');
			const { chat } = await server.request(server.requests.length - 1);
			assert.deepEqual(
				[chat.system, chat.images, chat.pdfs],
				['Be brief.', [picture], [{ mediaType: 'application/pdf', bytes: pdf }]],
			);
		});

		it('errors', async () => {
			const error = { status: 503, message: 'Busy', code: 'x' };
			await assert.rejects(streamed({ text: 'a', error }), { name: 'ApiError', status: 503 });
			await assert.rejects(client.models.generateContent({ model: 'missing', contents: '?' }), {
				name: 'ApiError',
				status: 404,
			});
			const { failure, text } = await ours(server, 'gemini', { text: 'a', error }, true);
			assert.deepEqual([failure?.kind, text], ['overloaded', 'a']);
		});

		it('the list of models', async () => {
			const names: (string | undefined)[] = [];
			for await (const { name } of await client.models.list()) {
				names.push(name);
			}
			assert.deepEqual(names, ['models/test-vision', 'models/test-small']);
		});
	});

	it('without alt=sse, Gemini streams an array as Google does', async () => {
		server.next({ text: words });
		const url = new URL('/v1beta/models/m:streamGenerateContent', server.baseUrl);
		const body = JSON.stringify({ contents: [{ parts: [{ text: '?' }] }] });
		const response = await fetch(url, { method: 'POST', body, headers: { 'x-goog-api-key': 'right' } });
		assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
		assert.equal(((await response.json()) as unknown[]).length, 4);
	});
});
