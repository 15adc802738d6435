import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answer, Failure, Lanes, Learned } from '../../../src/client/index.ts';
import type {
	AnswerEvent,
	ClientOptions,
	Endpoint,
	FailureKind,
	ImagePart,
	Lesson,
	Part,
	PdfPart,
	Request,
} from '../../../src/client/index.ts';
import { Base64Text } from '../../../src/client/body/body.ts';
import { changed, fieldsOf } from '../../../src/client/body/bodyFields.ts';
import type { JsonObject } from '../../../src/client/json.ts';
import { refusedFields } from '../../../src/client/repair/refusedFields.ts';
import { startModelServer } from '../../modelServer.ts';
import type { ModelServer, Script } from '../../modelServer.ts';
import { quickClock } from './quickClock.ts';
import { ask, collect } from './replay.ts';
import type { Collected } from './replay.ts';

const refusal = (message: string, param: string | null = null, code: string | null = null, status = 400): Script => ({
	status,
	body: JSON.stringify({ error: { message, type: 'invalid_request_error', param, code } }),
});

const unsupported = (field: string): Script =>
	refusal(`Unsupported parameter: '${field}' is not supported with this model.`, field, 'unsupported_parameter');

describe('a request that a server refuses', () => {
	let server: ModelServer;
	let endpoint: Endpoint;
	let learned: Learned;

	beforeEach(async () => {
		server = await startModelServer();
		endpoint = { protocol: 'chat-completions', baseUrl: server.baseUrl, auth: 'none' };
		learned = new Learned();
	});

	afterEach(() => server.close());

	function run(request: Request, scripts: readonly Script[] = [], options: ClientOptions = {}): Promise<Collected> {
		scripts.forEach((script) => server.next(script));
		return collect(answer(request, endpoint, { clock: quickClock(), lanes: new Lanes(), learned, ...options }));
	}

	const repairs = ({ events }: Collected): readonly AnswerEvent[] => events.filter(({ kind }) => kind === 'repair');
	const bodies = (): readonly JsonObject[] => server.requests.map(({ body }) => body as JsonObject);
	const tuned: Request = { ...ask('?'), parameters: { temperature: 0.2, maxOutputTokens: 50 } };

	it('is sent without the field that it names, and so are later ones', async () => {
		const first = await run(tuned, [unsupported('temperature')]);
		assert.equal(first.end, 'stop');
		assert.deepEqual(repairs(first), [{ kind: 'repair', repair: { kind: 'dropped', field: 'temperature' } }]);
		const second = await run(tuned);
		assert.deepEqual([second.end, repairs(second)], ['stop', []]);
		assert.deepEqual(
			bodies().map((body) => 'temperature' in body),
			[true, false, false],
		);
	});

	it('is sent with the other name of the token limit, either way', async () => {
		const message =
			"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
		const first = await run(tuned, [refusal(message, 'max_tokens', 'unsupported_parameter')]);
		assert.deepEqual(repairs(first), [
			{ kind: 'repair', repair: { kind: 'renamed', field: 'max_tokens', to: 'max_completion_tokens' } },
		]);
		const detail = [{ loc: ['body', 'max_completion_tokens'], msg: 'Extra inputs', type: 'extra_forbidden' }];
		const second = await run(tuned, [{ status: 422, body: JSON.stringify({ detail }) }]);
		assert.equal(second.end, 'stop');
		assert.equal((await run(tuned)).end, 'stop');
		assert.deepEqual(
			bodies().map((body) => Object.keys(body).find((name) => name.startsWith('max_'))),
			['max_tokens', 'max_completion_tokens', 'max_completion_tokens', 'max_tokens', 'max_tokens'],
		);
		assert.deepEqual(learned.of(endpoint, 'asked'), []);
	});

	it('is sent without stream_options when the server says no more than 422', async () => {
		const first = await run(ask('?'), [{ status: 422, body: '' }]);
		assert.equal(first.end, 'stop');
		assert.deepEqual(repairs(first), [{ kind: 'repair', repair: { kind: 'dropped', field: 'stream_options' } }]);
	});

	it('is sent with another value of a field that one value was refused for', async () => {
		const message = "Unsupported value: 'temperature' does not support 0.2 with this model.";
		await run(tuned, [refusal(message, 'temperature', 'unsupported_value')]);
		await run({ ...tuned, parameters: { temperature: 1 } });
		assert.deepEqual(
			bodies().map(({ temperature }) => temperature),
			[0.2, undefined, 1],
		);
	});

	it('is repaired up to three times, of different things, which count as no attempt', async () => {
		const request: Request = { ...tuned, parameters: { temperature: 1, maxOutputTokens: 9 } };
		const scripts = [unsupported('temperature'), unsupported('max_tokens'), unsupported('stream_options')];
		const busy: Script = { status: 503, body: '' };
		const collected = await run(request, [...scripts, busy, busy]);
		assert.deepEqual([collected.end, repairs(collected).length], ['stop', 3]);
		assert.equal(learned.of(endpoint, 'asked').length, 3);
	});

	it('is sent without all fields at once that a strict server names at once', async () => {
		const forbidden = (field: string): object => ({
			loc: ['body', field],
			msg: 'Extra inputs are not permitted',
			type: 'extra_forbidden',
		});
		const detail = [forbidden('stream_options'), forbidden('max_tokens'), forbidden('temperature')];
		const collected = await run(tuned, [{ status: 422, body: JSON.stringify({ detail }) }]);
		assert.deepEqual([collected.end, server.requests.length], ['stop', 2]);
		assert.deepEqual(
			repairs(collected).map((event) => event.kind === 'repair' && event.repair),
			[
				{ kind: 'dropped', field: 'stream_options' },
				{ kind: 'renamed', field: 'max_tokens', to: 'max_completion_tokens' },
				{ kind: 'dropped', field: 'temperature' },
			],
		);
	});

	it('fails with the second refusal when the repair did not help, and learns nothing', async () => {
		const collected = await run(tuned, [unsupported('temperature'), refusal('No such luck')]);
		assert.equal(collected.failure?.serverMessage, 'No such luck');
		assert.deepEqual(learned.of(endpoint, 'asked'), []);
	});

	it('is not repaired twice in the same way', async () => {
		const scripts = Array.from({ length: 4 }, () =>
			refusal("'max_tokens' or 'max_completion_tokens': no", 'max_tokens'),
		);
		const collected = await run(tuned, scripts);
		assert.equal(collected.failure?.kind, 'bad-request');
		assert.ok(server.requests.length <= 3);
	});

	it('fails at once when the server names nothing that is in it', async () => {
		const collected = await run(tuned, [unsupported('seed')]);
		assert.equal(collected.failure?.kind, 'unsupported-parameter');
		assert.equal(server.requests.length, 1);
	});

	it('is repaired for its own model only', async () => {
		await run(tuned, [unsupported('temperature')]);
		await run({ ...tuned, model: 'other' });
		assert.deepEqual(
			bodies().map((body) => 'temperature' in body),
			[true, false, true],
		);
	});

	it('is named in the log with what was changed', async () => {
		const lines: string[] = [];
		await run(tuned, [unsupported('temperature')], { log: (line) => void lines.push(line) });
		assert.match(lines[0] ?? '', /attempts 2; before: failure unsupported-parameter.*; without temperature$/);
	});

	describe('for its files', () => {
		const png: ImagePart = { kind: 'image', mediaType: 'image/png', content: Buffer.from('small') };
		let asked: string[];

		beforeEach(() => {
			asked = [];
		});

		const image = (mediaType: string, instead: ImagePart | undefined = png): ImagePart => ({
			kind: 'image',
			mediaType,
			content: Buffer.from('large'),
			instead: (refused) => {
				asked.push(refused);
				return Promise.resolve(instead);
			},
		});
		const pdf = (pages: () => Promise<readonly Part[]>): PdfPart => ({
			kind: 'pdf',
			name: 'a.pdf',
			content: Buffer.from('%PDF'),
			instead: () => {
				asked.push('pages');
				return pages();
			},
		});
		const pages = (): Promise<readonly Part[]> => Promise.resolve([{ kind: 'text', text: 'page 1' }, png]);
		const about = (...parts: readonly Part[]): Request => ({ model: 'm', turns: [{ role: 'user', parts }] });
		const typesSent = (): unknown => server.requests.map(({ chat }) => chat.images.map(({ mediaType }) => mediaType));

		it('is sent with its images in a common format, and so are later ones', async () => {
			const message = "Invalid 'url' field must be a base64 encoded image.";
			const first = await run(about(image('image/webp'), image('image/png')), [refusal(message)]);
			assert.deepEqual([first.end, asked], ['stop', ['format']]);
			assert.deepEqual(repairs(first), [{ kind: 'repair', repair: { kind: 'image-converted' } }]);
			const second = await run(about(image('image/gif')));
			assert.deepEqual([second.end, repairs(second)], ['stop', []]);
			assert.deepEqual(typesSent(), [['image/webp', 'image/png'], ['image/png', 'image/png'], ['image/png']]);
		});

		it('is sent with smaller images where it was too large, this time only', async () => {
			const large: Script = { status: 413, body: '<title>413 Request Entity Too Large</title>' };
			const first = await run(about(image('image/png'), image('image/jpeg')), [large]);
			assert.deepEqual([first.end, asked], ['stop', ['size', 'size']]);
			assert.deepEqual(repairs(first), [{ kind: 'repair', repair: { kind: 'image-shrunk' } }]);
			assert.deepEqual(learned.of(endpoint, 'm'), []);
			const again = await run(about(image('image/png')), [large, large]);
			assert.deepEqual([again.failure?.kind, asked.length], ['too-large', 3]);
		});

		it('is sent with smaller images where one has too many pixels', async () => {
			const message = 'image dimensions exceed max allowed size: 8000 pixels';
			assert.equal((await run(about(image('image/png')), [refusal(message, null, 'image_too_large')])).end, 'stop');
			assert.deepEqual(asked, ['size']);
		});

		it('fails for a model that sees nothing', async () => {
			const message = 'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj';
			const { failure } = await run(about(image('image/webp')), [refusal(message, null, null, 500)]);
			assert.deepEqual([failure?.kind, asked], ['image-rejected', []]);
		});

		for (const [server, message, status] of [
			['Ollama', 'invalid message format', 400],
			['OpenAI', "Invalid value: 'file'. Supported values are: 'text', 'image_url' and 'refusal'.", 400],
			['LM Studio', "Invalid 'content': 'content' objects must have a 'type' field that is either 'text' or", 400],
			['llama.cpp', 'unsupported content[].type', 500],
			['vLLM', 'Unknown part type: file', 400],
			['Gemini', 'Unsupported MIME type: application/pdf', 400],
			['a proxy', 'No', 415],
		] as const) {
			it(`is sent with the pages of a PDF that the server does not take: ${server}`, async () => {
				const request = about(pdf(pages), { kind: 'text', text: '?' });
				const first = await run(request, [refusal(message, null, null, status)]);
				assert.deepEqual([first.end, first.text], ['stop', 'I see one image. You asked: "page 1\n?".']);
				assert.deepEqual(repairs(first), [{ kind: 'repair', repair: { kind: 'pdf-as-pages' } }]);
				const second = await run(request);
				assert.deepEqual([second.text, repairs(second), asked.length], [first.text, [], 2]);
			});
		}

		it('fails with the word of the server where nothing can be sent instead', async () => {
			const failing = pdf(() => Promise.reject(new Error('broken file')));
			const collected = await run(about(failing, image('image/webp')), [refusal('invalid message format')]);
			assert.equal(collected.failure?.serverMessage, 'invalid message format');
			assert.equal(server.requests.length, 1);
		});

		it('ends at once when aborted while another file is made', async () => {
			const controller = new AbortController();
			const slow = pdf(() => {
				setImmediate(() => controller.abort());
				return new Promise(() => undefined);
			});
			const result = run(about(slow), [refusal('invalid message format')], { signal: controller.signal });
			await assert.rejects(result, { name: 'AbortError' });
			learned.learn(endpoint, 'm', { kind: 'pdf-as-pages' });
			const again = new AbortController();
			setImmediate(() => again.abort());
			const forever = pdf(() => new Promise(() => undefined));
			await assert.rejects(run(about(forever), [], { signal: again.signal }), { name: 'AbortError' });
		});
	});
});

describe('the fields that a server refuses', () => {
	const chat: JsonObject = {
		model: 'm',
		messages: [
			{
				role: 'user',
				content: [{ type: 'image_url', image_url: { url: new Base64Text('', new Uint8Array(3)), detail: 'high' } }],
			},
		],
		stream: true,
		stream_options: { include_usage: true },
		temperature: 0.2,
		top_p: 0.5,
		max_tokens: 9000,
		seed: 1,
		reasoning_effort: 'xhigh',
		response_format: { type: 'json_schema', json_schema: { name: 'n', strict: true, schema: { temperature: {} } } },
	};
	const gemini: JsonObject = {
		contents: [{ role: 'user', parts: [{ text: '?', mediaResolution: { level: 'HIGH' } }] }],
		generationConfig: {
			topK: 3,
			presencePenalty: 1,
			frequencyPenalty: 1,
			thinkingConfig: { thinkingLevel: 'low', includeThoughts: true },
			responseMimeType: 'application/json',
			responseJsonSchema: { type: 'object', properties: { topK: {} } },
		},
		safetySettings: [{ category: 'HARASSMENT', threshold: 'OFF' }],
		tools: [{ googleSearch: { timeRangeFilter: { startTime: 'a' } } }, { urlContext: {} }],
	};

	const dropped = (...fields: readonly string[]): readonly object[] =>
		fields.map((field) => ({ kind: 'dropped', field }));

	for (const [body, code, message, expected] of [
		[chat, 'temperature', 'Unsupported parameter', dropped('temperature')],
		[chat, undefined, 'Unrecognized request arguments supplied: seed, top_p', dropped('seed', 'top_p')],
		[chat, undefined, 'Unrecognized request argument supplied: stream_options', dropped('stream_options')],
		[chat, 'messages[0].content[0].image_url.detail', 'Unknown parameter', dropped('detail')],
		[chat, 'messages[0].content[0].type', 'Invalid', []],
		[chat, 'model', 'Unknown', []],
		[
			chat,
			'max_tokens',
			'max_tokens must be less than or equal to 8192',
			[{ kind: 'dropped', field: 'max_tokens', value: '9000' }],
		],
		[
			chat,
			'reasoning_effort',
			"Unsupported value: 'reasoning_effort' does not support 'xhigh'",
			[{ kind: 'dropped', field: 'reasoning_effort', value: '"xhigh"' }],
		],
		[
			chat,
			'response_format',
			"Invalid parameter: 'response_format' of type 'json_schema' is not supported",
			[{ kind: 'renamed', field: 'json_schema', to: 'json_object' }],
		],
		[
			{ ...chat, response_format: { type: 'json_object' } },
			'response_format.type',
			"'response_format.type' is unknown",
			dropped('response_format'),
		],
		[
			gemini,
			'topk',
			`Invalid JSON payload received. Unknown name "top_k" at 'generation_config': Cannot find field. Invalid JSON payload received. Unknown name "thinkingConfig" at 'generation_config': Cannot find field.`,
			dropped('topK', 'thinkingConfig'),
		],
		[
			chat,
			'seed',
			'body.seed: Extra inputs are not permitted; body.messages: Input should be valid; body.top_p: extra fields not permitted',
			dropped('seed', 'top_p'),
		],
		[gemini, undefined, 'Penalty is not enabled for models/gemini', dropped('presencePenalty', 'frequencyPenalty')],
		[gemini, undefined, 'Thinking level is not supported for this model.', dropped('thinkingLevel')],
		[gemini, 'safety_settings[0].category', 'Unknown', dropped('safetySettings')],
		[gemini, 'tools[0].google_search.time_range_filter', 'Unknown', dropped('timeRangeFilter')],
		[gemini, undefined, 'Search Grounding is not supported.', dropped('googleSearch')],
		[gemini, undefined, 'Request contains an invalid argument.', []],
	] as const) {
		it(`are named: ${message}${code === undefined ? '' : ` (${code})`}`, () => {
			const failure = new Failure({ kind: 'unsupported-parameter', code, serverMessage: message, status: 400 });
			assert.deepEqual(refusedFields(failure, body), expected);
		});
	}

	it('are gone, whatever else stays', () => {
		const without = changed(gemini, [
			{ kind: 'dropped', field: 'topK' },
			{ kind: 'dropped', field: 'responseMimeType' },
			{ kind: 'dropped', field: 'googleSearch' },
			{ kind: 'dropped', field: 'mediaResolution' },
			{ kind: 'dropped', field: 'contents' },
		]);
		assert.deepEqual(without, {
			contents: [{ role: 'user', parts: [{ text: '?' }] }],
			generationConfig: {
				presencePenalty: 1,
				frequencyPenalty: 1,
				thinkingConfig: { thinkingLevel: 'low', includeThoughts: true },
			},
			safetySettings: [{ category: 'HARASSMENT', threshold: 'OFF' }],
			tools: [{ urlContext: {} }],
		});
	});

	it('leave a schema and files as they are', () => {
		const lesson = { kind: 'dropped', field: 'temperature' } as const;
		const rest = Object.entries(chat).filter(([name]) => name !== 'temperature');
		assert.deepEqual(changed(chat, [lesson]), Object.fromEntries(rest));
		assert.deepEqual(changed(chat, [{ kind: 'renamed', field: 'json_schema', to: 'json_object' }])['response_format'], {
			type: 'json_object',
		});
	});

	it('are never those without which there is no request', () => {
		const kinds: readonly FailureKind[] = ['unsupported-parameter', 'bad-request'];
		const words = fc.constantFrom(
			...['model', 'messages', 'contents', 'role', 'parts', 'content', 'url', 'text', 'generationConfig', 'type'],
			...['temperature', "'seed'", 'must be', 'json_schema', '"topK"', 'Unknown name "contents"', '422'],
		);
		fc.assert(
			fc.property(
				fc.constantFrom(chat, gemini),
				fc.constantFrom(...kinds),
				fc.option(words, { nil: undefined }),
				fc.array(words).map((all) => all.join(' ')),
				(body, kind, code, serverMessage) => {
					const failure = new Failure({ kind, code, serverMessage, status: 422 });
					const after = changed(body, refusedFields(failure, body));
					for (const name of ['model', 'messages', 'contents'] as const) {
						assert.equal(name in after, name in body);
					}
					const parts = JSON.stringify(after).match(/"(?:role|content|parts|url|text)"/g);
					assert.deepEqual(parts, JSON.stringify(body).match(/"(?:role|content|parts|url|text)"/g));
					for (const { field } of refusedFields(failure, body)) {
						assert.ok(fieldsOf(body).has(field));
					}
				},
			),
		);
	});
});

describe('what was learned', () => {
	const endpoint: Endpoint = { protocol: 'chat-completions', baseUrl: 'https://host.test/v1', auth: 'none' };
	const temperature: Lesson = { kind: 'dropped', field: 'temperature' };

	it('comes back from its JSON, and tells of each change', () => {
		let changes = 0;
		const learned = new Learned(undefined, () => {
			changes++;
		});
		learned.learn(endpoint, 'a/b', temperature);
		learned.learn(endpoint, 'a/b', temperature);
		learned.learn(endpoint, 'a/b', { kind: 'pdf-as-pages' });
		learned.learn({ ...endpoint, baseUrl: 'https://other.test' }, 'c', { kind: 'image-converted' });
		assert.equal(changes, 3);
		const copy = new Learned(JSON.parse(JSON.stringify(learned)));
		assert.deepEqual(copy.toJSON(), learned.toJSON());
		assert.deepEqual(copy.of(endpoint, 'a/b'), [temperature, { kind: 'pdf-as-pages' }]);
	});

	it('is of a protocol, a base URL however it is written, and a model', () => {
		const learned = new Learned();
		learned.learn(endpoint, 'm', temperature);
		for (const baseUrl of ['https://host.test', 'host.test/v1/', 'https://user:pass@HOST.test/v1/chat/completions']) {
			assert.deepEqual(learned.of({ ...endpoint, baseUrl }, 'm'), [temperature], baseUrl);
		}
		assert.deepEqual(learned.of({ ...endpoint, baseUrl: 'https://host.test/v2' }, 'm'), []);
		assert.deepEqual(learned.of(endpoint, 'M'), []);
		assert.doesNotMatch(JSON.stringify(learned), /pass/);
	});

	it('can be forgotten: of all models of an endpoint', () => {
		const other: Endpoint = { ...endpoint, baseUrl: 'https://other.test' };
		const learned = new Learned();
		for (const place of [endpoint, other]) {
			learned.learn(place, 'a', temperature);
			learned.learn(place, 'b', temperature);
		}
		learned.forget(other);
		for (const model of ['a', 'b']) {
			assert.deepEqual(learned.of(other, model), []);
			assert.deepEqual(learned.of(endpoint, model), [temperature]);
		}
	});

	it('stays small', () => {
		const learned = new Learned();
		for (let index = 0; index < 600; index++) {
			learned.learn(endpoint, `model ${index}`, temperature);
			learned.learn(endpoint, 'one', { kind: 'dropped', field: `field ${index}` });
		}
		assert.equal(learned.of(endpoint, 'one').length, 20);
		assert.equal(Object.keys(learned.toJSON()['chat-completions https://host.test/v1/'] ?? {}).length, 500);
		assert.deepEqual(learned.of(endpoint, 'model 0'), []);
	});

	it('survives any data', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (any, lesson) => {
				new Learned(any);
				const learned = new Learned({ 'chat-completions https://host.test/v1/': { m: [lesson, temperature] } });
				assert.deepEqual(learned.of(endpoint, 'm').at(-1), temperature);
			}),
		);
	});
});
