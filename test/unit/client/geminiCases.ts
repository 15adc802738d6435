import type { Source } from '../../../src/client/index.ts';
import type { WireCase } from './wireCases.ts';

/** One event of a stream, or a whole answer: a candidate with these parts. */
export function response(parts: readonly object[], rest: object = {}, outer: object = {}): string {
	return JSON.stringify({ candidates: [{ content: { role: 'model', parts }, ...rest }], ...outer });
}

export const said = (text: string, rest: object = {}, outer: object = {}): string => response([{ text }], rest, outer);

export const stop = { finishReason: 'STOP' };

/** Server-sent events as Google ends their lines. */
export function events(...data: readonly string[]): string {
	return data.map((value) => `data: ${value}\r\n\r\n`).join('');
}

const hello = [said('Hel'), said('lo', stop)];
const expected = { text: 'Hello', end: 'stop' } as const;
const usage = (prompt: number, candidates?: number, thoughts?: number, more: object = {}): object => ({
	usageMetadata: {
		promptTokenCount: prompt,
		...(candidates === undefined ? {} : { candidatesTokenCount: candidates }),
		...(thoughts === undefined ? {} : { thoughtsTokenCount: thoughts }),
		totalTokenCount: prompt + (candidates ?? 0) + (thoughts ?? 0),
		...more,
	},
});

/** One pixel. */
export const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const pngBytes = Buffer.from(png, 'base64');
const drawn = (data: string = png, mimeType = 'image/png'): object => ({ inlineData: { mimeType, data } });

const web = (host: string): object => ({ web: { uri: `https://${host}/`, title: host } });
const support = (segment: object, ...groundingChunkIndices: number[]): object => ({ segment, groundingChunkIndices });
const grounding = (groundingChunks: readonly object[], groundingSupports: readonly object[], more = {}): object => ({
	...stop,
	groundingMetadata: { groundingChunks, groundingSupports, ...more },
});
const source = (host: string, ...spans: Source['spans']): { kind: 'source'; source: Source } => ({
	kind: 'source',
	source: { uri: `https://${host}/`, title: host, spans },
});

/** "Größe: 🦉 x." in which owl and text after it are further on in bytes than in UTF-16 units. */
const words = 'Größe: 🦉 x.';
const owl = { startIndex: 9, endIndex: 13, text: '🦉' };

/** Named after the rows of protocols.md. */
export const geminiCases: readonly WireCase[] = [
	{
		name: '2.2 normal order',
		body: events(
			said('Hel', {}, usage(7)),
			said('lo', stop, { ...usage(7, 2), modelVersion: 'gemini-2.5-flash', responseId: 'x' }),
		),
		expected: { ...expected, model: 'gemini-2.5-flash', usage: { prompt: 7, output: 2 } },
	},
	{ name: '2.2 last event without blank line', body: events(...hello).trimEnd(), expected },
	{ name: '2.2 a JSON array, elements over time', body: `[${hello.join('\n,\r\n')}]`, expected },
	{
		name: '2.2 a JSON array, pretty',
		body: JSON.stringify(
			hello.map((event) => JSON.parse(event) as object),
			null,
			2,
		),
		expected,
	},
	{ name: '2.2 a whole answer', body: said('Hello', stop), expected },
	{
		name: '2.2 parts are appended without separators',
		body: response([{ text: 'Hel' }, { text: 'lo' }], stop),
		expected,
	},
	{
		name: '2.2 usage is cumulative, its last values count',
		body: events(said('Hel', {}, usage(1097, 10, 1279)), said('lo', stop, usage(1097, 403, 1279))),
		expected: { ...expected, usage: { prompt: 1097, output: 1682, thoughts: 1279 } },
	},
	{
		name: '2.2 absence erases no usage',
		body: events(
			said('Hel', {}, usage(7, 1, 30, { cachedContentTokenCount: 4 })),
			said('lo', stop, { usageMetadata: { candidatesTokenCount: 2 } }),
		),
		expected: { ...expected, usage: { prompt: 7, output: 32, thoughts: 30, cached: 4 } },
	},
	{
		name: '2.2 usage of tools, images and pages',
		body: said('Hello', stop, {
			usageMetadata: {
				promptTokenCount: 10,
				toolUsePromptTokenCount: 100,
				candidatesTokenCount: 2,
				totalTokenCount: 112,
				promptTokensDetails: [
					{ modality: 'TEXT', tokenCount: 3 },
					{ modality: 'IMAGE', tokenCount: 5 },
					{ modality: 'DOCUMENT', tokenCount: 2 },
				],
			},
		}),
		expected: { ...expected, usage: { prompt: 110, output: 2, images: 7 } },
	},
	{
		name: '2.2 thoughts counted in the total only',
		body: said('Hello', stop, usage(10, 2, undefined, { totalTokenCount: 50 })),
		expected: { ...expected, usage: { prompt: 10, output: 40 } },
	},
	{
		name: '2.2 STOP on every event, only EOF ends',
		body: events(said('Hel', stop), said('l', stop), said('o', stop)),
		expected,
	},
	{ name: '2.2 hollow: no candidates', body: events('{}', '{"responseId":"x"}', ...hello), expected },
	{ name: '2.2 hollow: candidates []', body: events('{"candidates":[]}', ...hello), expected },
	{
		name: '2.2 hollow: candidate without content, content {}, no parts, parts [] and [{}]',
		body: events(
			'{"candidates":[{"index":0}]}',
			'{"candidates":[{"content":{}}]}',
			'{"candidates":[{"content":{"role":"model"}}]}',
			response([]),
			response([{}]),
			'{"candidates":[{"content":{"parts":null}}]}',
			'{"candidates":[{"content":{"parts":[null,"x"]}}]}',
			'{"candidates":null}',
			'{"candidates":[null]}',
			...hello,
		),
		expected,
	},
	{
		name: '2.2 text "" with thoughtSignature',
		body: events(said('Hello'), response([{ text: '', thoughtSignature: 'c2ln' }], stop)),
		expected: { ...expected, others: [{ kind: 'signature', signature: 'c2ln' }] },
	},
	{
		name: '2.2 thoughts and answer mixed in one event',
		body: events(
			response([
				{ text: 'Hm', thought: true },
				{ text: 'Hel', thought: false },
				{ text: '.', thought: true },
			]),
			said('lo', stop),
		),
		expected: { ...expected, thought: 'Hm.' },
	},
	{
		name: '2.2 thought images are dropped',
		body: events(response([{ ...drawn(), thought: true }, { text: 'Hello' }], stop)),
		expected: { ...expected, others: [] },
	},
	{
		name: '2.2 several candidates',
		body: events(
			JSON.stringify({
				candidates: [
					{ index: 1, content: { parts: [{ text: 'NO' }] }, finishReason: 'SAFETY' },
					{ index: 0, content: { parts: [{ text: 'Hello' }] }, finishReason: 'STOP' },
				],
			}),
			JSON.stringify({ candidates: [{ index: 1, content: { parts: [{ text: 'NO' }] } }] }),
		),
		expected,
	},
	{ name: '2.2 no finishReason', body: events(said('Hello')), expected: { text: 'Hello', failure: 'truncated' } },
	{
		name: '2.2 FINISH_REASON_UNSPECIFIED is none',
		body: events(said('Hello', { finishReason: 'FINISH_REASON_UNSPECIFIED' })),
		expected: { text: 'Hello', failure: 'truncated', retryable: true },
	},
	{
		name: '2.2 CONTINUATION without a token',
		body: events(said('Hello', { finishReason: 'CONTINUATION' })),
		expected: { text: 'Hello', end: 'length' },
	},
	...['SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'IMAGE_SAFETY', 'MODEL_ARMOR', 'JAILBREAK'].map(
		(blockReason): WireCase => ({
			name: `2.2 block of the prompt: ${blockReason}`,
			body: events(JSON.stringify({ promptFeedback: { blockReason, safetyRatings: [] }, ...usage(7) })),
			expected: { text: '', end: 'blocked', failure: 'blocked', code: blockReason, retryable: false },
		}),
	),
	{
		name: '2.2 block of the prompt, in words',
		body: JSON.stringify({ promptFeedback: { blockReason: 'OTHER', blockReasonMessage: 'No.' }, candidates: [] }),
		expected: { text: '', end: 'blocked', failure: 'blocked', code: 'OTHER', serverMessage: 'No.' },
	},
	{
		name: '2.2 promptFeedback without blockReason is no block',
		body: events('{"promptFeedback":{"safetyRatings":[]}}', ...hello),
		expected,
	},
	{
		name: '2.2 inlineData',
		body: events(response([{ text: 'Hel' }, drawn()]), said('lo', stop)),
		expected: { ...expected, others: [{ kind: 'image', mediaType: 'image/png', bytes: pngBytes }] },
	},
	{
		name: '2.2 inlineData with thoughtSignature, and a type that it is not',
		body: events(response([{ ...drawn(png, 'image/jpeg'), thoughtSignature: 'c2ln' }], stop)),
		expected: {
			text: '',
			end: 'stop',
			others: [{ kind: 'image', mediaType: 'image/png', bytes: pngBytes, signature: 'c2ln' }],
		},
	},
	{
		name: '2.2 inlineData that is no base64',
		body: events(said('Hello'), response([drawn('%%%%')], stop)),
		expected: { text: 'Hello', failure: 'invalid-response', code: 'bad-image' },
	},
	{
		name: '2.2 inlineData of a format that only its name tells',
		body: events(response([drawn('AAAA', 'image/AVIF')], stop)),
		expected: {
			text: '',
			end: 'stop',
			others: [{ kind: 'image', mediaType: 'image/avif', bytes: Buffer.from('AAAA', 'base64') }],
		},
	},
	{
		name: '2.2 inlineData with line ends in its base64',
		body: events(response([drawn(png.replaceAll(/.{20}/g, '$&\r\n'))], stop)),
		expected: { text: '', end: 'stop', others: [{ kind: 'image', mediaType: 'image/png', bytes: pngBytes }] },
	},
	{
		name: '2.2 inlineData that is base64 but for a character',
		body: events(response([drawn('AAAA%AAA')], stop)),
		expected: { text: '', failure: 'invalid-response', code: 'bad-image' },
	},
	{
		name: '2.2 members that errors have, in an answer',
		body: events(said('Hello', stop, { message: 'x', detail: 'y' })),
		expected,
	},
	{
		name: '2.2 inlineData that is no image',
		body: events(response([drawn('AAAA', 'audio/wav'), { text: 'Hello' }], stop)),
		expected: { ...expected, others: [] },
	},
	{
		name: '2.2 executableCode and codeExecutionResult',
		body: events(
			response([{ executableCode: { language: 'PYTHON', code: 'print(1)' } }]),
			response([{ codeExecutionResult: { outcome: 'OUTCOME_OK', output: '1\n' } }]),
			response([{ codeExecutionResult: { outcome: 'OUTCOME_FAILED' } }]),
			...hello,
		),
		expected: {
			...expected,
			others: [
				{ kind: 'code', language: 'python', code: 'print(1)' },
				{ kind: 'code-result', outcome: 'ok', output: '1\n' },
				{ kind: 'code-result', outcome: 'failed', output: '' },
			],
		},
	},
	{
		name: '2.2 functionCall, finishReason is still STOP',
		body: events(response([{ functionCall: { name: 'look', args: { at: 'it' } }, thoughtSignature: 'x' }], stop)),
		expected: {
			text: '',
			end: 'stop',
			others: [
				{ kind: 'call', name: 'look', arguments: '{"at":"it"}' },
				{ kind: 'signature', signature: 'x' },
			],
		},
	},
	{
		name: '2.2 fileData is passed over',
		body: events(response([{ fileData: { fileUri: 'gs://x' } }]), ...hello),
		expected: { ...expected, others: [] },
	},
	{
		name: '2.2 grounding: queries, entry point and sources after the text',
		body: events(
			said('Größe: '),
			response(
				[{ text: '🦉 x.' }],
				grounding([web('a.test'), {}, web('b.test'), web('a.test')], [support(owl, 0, 2), support(owl, 3, 99)], {
					webSearchQueries: ['owls', 'owls', ''],
					searchEntryPoint: { renderedContent: '<div>Search</div>' },
				}),
			),
		),
		expected: {
			text: words,
			end: 'stop',
			others: [
				{ kind: 'search', queries: ['owls'], entryPoint: '<div>Search</div>' },
				source('a.test', { start: 7, end: 9 }),
				source('b.test', { start: 7, end: 9 }),
			],
		},
	},
	{
		name: '2.2 grounding: offsets count from partIndex',
		body: response(
			[{ text: 'Hm', thought: true }, { text: 'Größe: ' }, { text: '🦉 x.' }],
			grounding([web('a.test')], [support({ partIndex: 2, endIndex: 4 }, 0)]),
		),
		expected: { text: words, end: 'stop', others: [source('a.test', { start: 7, end: 9 })] },
	},
	{
		name: '2.2 grounding: offsets of renumbered parts',
		body: events(
			said('Größe: '),
			response(
				[{ text: '🦉 x.' }],
				grounding([web('a.test')], [support({ startIndex: 5, endIndex: 7, text: 'x.' }, 0)]),
			),
		),
		expected: { text: words, end: 'stop', others: [source('a.test', { start: 10, end: 12 })] },
	},
	{
		name: '2.2 grounding: offsets of renumbered parts, though the text stands elsewhere too',
		body: events(
			said('x. 12345 '),
			said('abcx.', grounding([web('a.test')], [support({ startIndex: 3, endIndex: 5, text: 'x.' }, 0)])),
		),
		expected: { text: 'x. 12345 abcx.', end: 'stop', others: [source('a.test', { start: 12, end: 14 })] },
	},
	{
		name: '2.2 grounding: one place told in two ways',
		body: events(said(words, grounding([web('a.test')], [support(owl, 0), support({ ...owl, startIndex: 8 }, 0)]))),
		expected: { text: words, end: 'stop', others: [source('a.test', { start: 7, end: 9 })] },
	},
	{
		name: '2.2 grounding: wrong offsets, text found nearest to them',
		body: events(
			said('x. Größe: 🦉 x.', grounding([web('a.test')], [support({ startIndex: 15, endIndex: 17, text: 'x.' }, 0)])),
		),
		expected: { text: 'x. Größe: 🦉 x.', end: 'stop', others: [source('a.test', { start: 13, end: 15 })] },
	},
	{
		name: '2.2 grounding: text that is nowhere has no span',
		body: events(said(words, grounding([web('a.test')], [support({ endIndex: 3, text: 'elsewhere' }, 0)]))),
		expected: { text: words, end: 'stop', others: [source('a.test')] },
	},
	{
		name: '2.2 grounding: offsets inside of a character have no span',
		body: events(said(words, grounding([web('a.test')], [support({ startIndex: 3, endIndex: 11 }, 0)]))),
		expected: { text: words, end: 'stop', others: [source('a.test')] },
	},
	{
		name: '2.2 grounding: hollow, and addresses that open nothing',
		body: events(
			said('Hello', {
				...stop,
				groundingMetadata: {
					groundingChunks: [null, {}, { web: {} }, { web: { uri: 'javascript:alert(1)', title: 'x' } }],
					groundingSupports: [
						null,
						{},
						{ segment: {} },
						{ segment: { endIndex: 2 }, groundingChunkIndices: [null, 0, 3] },
					],
					searchEntryPoint: {},
				},
			}),
		),
		expected: { ...expected, others: [] },
	},
	{
		name: '2.2 mid-stream error: 503 inside 200',
		body: events(said('Hel'), '{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}'),
		expected: { text: 'Hel', failure: 'overloaded', retryable: true, code: 'UNAVAILABLE' },
	},
	{
		name: '2.2 mid-stream error: bare, pretty, 499',
		body: `${events(said('Hel'))}{\n  "error": {\n    "code": 499,\n    "message": "The operation was cancelled.",\n    "status": "CANCELLED"\n  }\n}\n`,
		expected: { text: 'Hel', failure: 'server', code: 'CANCELLED' },
	},
	{
		name: '2.2 mid-stream error: in a JSON array',
		body: `[${said('Hel')},{"error":{"code":429,"message":"Slow","status":"RESOURCE_EXHAUSTED"}}]`,
		expected: { text: 'Hel', failure: 'rate' },
	},
	{
		name: '2.2 error in the words of a New-API gateway',
		body: '{"error":{"message":"额度不足","type":"new_api_error","code":"insufficient_user_quota"}}',
		expected: { text: '', failure: 'balance' },
	},
	{ name: '2.3 BOM, LF', body: `\ufeff${events(...hello).replaceAll('\r', '')}`, expected },
	{
		name: '2.3 half a character in each of two events',
		body: events(
			'{"candidates":[{"content":{"parts":[{"text":"a\\ud83e"}]}}]}',
			said('\\udd89b', stop).replaceAll('\\\\', '\\'),
		),
		expected: { text: 'a🦉b', end: 'stop' },
	},
	{
		name: '2.3 web page with 200',
		body: '<!doctype html><title>New API</title>',
		expected: { text: '', failure: 'invalid-response', code: 'web-page' },
	},
	{ name: '2.4 finish STOP + text', body: events(said('Hello', stop)), expected },
	{
		name: '2.4 STOP, no text',
		body: events(response([{ text: '' }], stop)),
		expected: { text: '', failure: 'empty', retryable: true },
	},
	{
		name: '2.4 STOP, an image alone is visible',
		body: events(response([drawn()], stop)),
		expected: { text: '', end: 'stop' },
	},
	{
		name: '2.4 MAX_TOKENS + text',
		body: events(said('Hello', { finishReason: 'MAX_TOKENS' })),
		expected: { text: 'Hello', end: 'length' },
	},
	{
		name: '2.4 MAX_TOKENS, no text',
		body: events(JSON.stringify({ candidates: [{ finishReason: 'MAX_TOKENS' }], ...usage(7, undefined, 50) })),
		expected: {
			text: '',
			failure: 'empty',
			code: 'length',
			retryable: false,
			usage: { prompt: 7, output: 50, thoughts: 50 },
		},
	},
	...[
		'SAFETY',
		'RECITATION',
		'LANGUAGE',
		'BLOCKLIST',
		'PROHIBITED_CONTENT',
		'SPII',
		'IMAGE_SAFETY',
		'IMAGE_PROHIBITED_CONTENT',
		'IMAGE_RECITATION',
	].map((finishReason): WireCase => ({
		name: `2.4 ${finishReason}, partial text kept`,
		body: events(said('Hel', { finishReason, finishMessage: 'No, AIzaSyD12345.' })),
		expected: {
			text: 'Hel',
			end: 'blocked',
			failure: 'blocked',
			code: finishReason,
			serverMessage: 'No, AIza….',
			retryable: false,
		},
	})),
	...[
		'OTHER',
		'MALFORMED_FUNCTION_CALL',
		'MALFORMED_RESPONSE',
		'MISSING_THOUGHT_SIGNATURE',
		'UNEXPECTED_TOOL_CALL',
		'TOO_MANY_TOOL_CALLS',
		'NO_IMAGE',
		'IMAGE_OTHER',
	].map((finishReason): WireCase => ({
		name: `2.4 ${finishReason}`,
		body: events(said('Hel', { finishReason })),
		expected: { text: 'Hel', failure: 'server', code: finishReason, retryable: true },
	})),
	{
		name: '2.4 CONTINUATION unresolved',
		body: events(said('Hel', { finishReason: 'CONTINUATION' })),
		expected: { text: 'Hel', end: 'length' },
	},
	{
		name: '2.4 promptFeedback.blockReason',
		body: events(JSON.stringify({ promptFeedback: { blockReason: 'SAFETY' } })),
		expected: { text: '', end: 'blocked', failure: 'blocked', code: 'SAFETY', retryable: false },
	},
	{
		name: '2.4 unknown reason + text',
		body: events(said('Hello', { finishReason: 'ESCALATION' })),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{
		name: '2.4 EOF, no reason',
		body: events(said('Hel')) + 'data: {"candidates":[{"con',
		expected: { text: 'Hel', failure: 'truncated', retryable: true },
	},
	{ name: '2.4 no payload at all', body: '', expected: { text: '', failure: 'empty', retryable: true } },
	{
		name: '7.1 #1 a gateway array without its end',
		body: `[${hello.join(',')}`,
		expected,
	},
	{ name: '7.1 #2 two JSON objects in one event', body: events(hello.join('')), expected },
	{ name: '7.1 #3 data: [DONE] on Gemini SSE', body: events(...hello, '[DONE]'), expected },
	{
		name: '7.1 #3 data: [DONE], no finishReason',
		body: events(said('Hello'), '[DONE]'),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{ name: '7.1 #4 data: without blank', body: events(...hello).replaceAll('data: ', 'data:'), expected },
	{
		name: '7.1 #5 error as pretty JSON lines',
		body: '[{\n  "error": {\n    "code": 400,\n    "message": "API key not valid. Please pass a valid API key.",\n    "status": "INVALID_ARGUMENT"\n  }\n}\n]',
		expected: { text: '', failure: 'auth' },
	},
	{
		name: '7.1 #32 STOP with thoughts only',
		body: events(response([{ text: 'Hm', thought: true }], stop)),
		expected: { text: '', thought: 'Hm', failure: 'empty', retryable: true },
	},
	{
		name: '7.1 #33 stream ends without finishReason',
		body: events(said('Hel'), said('lo')),
		expected: { text: 'Hello', failure: 'truncated' },
	},
	{
		name: '7.1 #34 citations shifted by byte offsets',
		body: events(said(words, grounding([web('a.test')], [support({ startIndex: 14, endIndex: 16 }, 0)]))),
		expected: { text: words, end: 'stop', others: [source('a.test', { start: 10, end: 12 })] },
	},
	{
		name: '7.1 #36 503 inside 200, RetryInfo heeded',
		body: events('{"candidates":[],"error":{"code":503,"message":"busy","details":[{"retryDelay":"7s"}]}}'),
		expected: { text: '', failure: 'overloaded', retryAfter: 7000 },
	},
	{
		name: '7.1 #38 the limit went to thoughts',
		body: events(response([{ text: 'Hm', thought: true }], { finishReason: 'MAX_TOKENS' }, usage(5, 0, 50))),
		expected: { text: '', thought: 'Hm', failure: 'empty', code: 'length', retryable: false },
	},
	{
		name: '7.1 #40 characters over chunks',
		body: events(said('Grüße 世界 🦉', stop)),
		expected: { text: 'Grüße 世界 🦉', end: 'stop' },
	},
];
