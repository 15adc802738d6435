import type { Ending } from './replay.ts';

/** A response with status 200, and what must become of it. */
export interface WireCase {
	readonly name: string;
	readonly body: string | Uint8Array;
	readonly expected: Ending;
}

/** One chunk of a stream. */
export function chunk(delta: object | null | undefined, rest: object = {}, outer: object = {}): string {
	const choice = { index: 0, ...(delta === undefined ? {} : { delta }), ...rest };
	return JSON.stringify({ object: 'chat.completion.chunk', choices: [choice], ...outer });
}

export const content = (text: unknown, rest: object = {}, outer: object = {}): string =>
	chunk({ content: text }, rest, outer);

export const stop = chunk({}, { finish_reason: 'stop' });

/** Server-sent events with that data, each with its blank line. */
export function events(...data: readonly string[]): string {
	return data.map((value) => `data: ${value}\n\n`).join('');
}

export const done = '[DONE]';

const hello = [content('Hel'), content('lo')];
export const said = { text: 'Hello', end: 'stop' } as const;
/** A whole answer. */
export const message = (body: object, rest: object = {}): string =>
	JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message: body, finish_reason: 'stop' }], ...rest });
const usage = (prompt: number, completion: number, total = prompt + completion): object => ({
	usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total },
});

/** Named after the rows of protocols.md. */
export const wireCases: readonly WireCase[] = [
	{
		name: '2.1 normal order',
		body: events(
			chunk({ role: 'assistant', content: '' }),
			...hello,
			stop,
			JSON.stringify({ choices: [], ...usage(3, 2) }),
			done,
		),
		expected: { ...said, usage: { prompt: 3, output: 2 } },
	},
	{
		name: '2.1 comments',
		body: `: OPENROUTER PROCESSING\n\n: PING\n\n${events(content('Hel'))}: keep-alive\n\n${events(content('lo'), stop, done)}`,
		expected: said,
	},
	{
		name: '2.1 role on every chunk, empty role',
		body: events(chunk({ role: 'assistant', content: 'Hel' }), chunk({ role: '', content: 'lo' }), stop, done),
		expected: said,
	},
	{
		name: '2.1 finish_reason "" is none',
		body: events(content('Hel', { finish_reason: '' }), content('lo', { finish_reason: '' }), stop),
		expected: said,
	},
	{
		name: '2.1 only finish_reason "", no end',
		body: events(content('Hello', { finish_reason: '' })),
		expected: { text: 'Hello', failure: 'truncated', retryable: true },
	},
	{
		name: '2.1 delta null or missing, choices null, index missing',
		body: events(
			chunk(null),
			chunk(undefined),
			'{"choices":null}',
			'{"choices":[null]}',
			'{"choices":[{"delta":{"content":"Hello"}}]}',
			stop,
			done,
		),
		expected: said,
	},
	{
		name: '2.1 first chunk empty choices with prompt_filter_results',
		body: events(JSON.stringify({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }), ...hello, stop, done),
		expected: said,
	},
	{
		name: '2.1 other choices are not mixed in',
		body: events(content('Hel'), content('NO', { index: 1 }), content('lo'), stop, done),
		expected: said,
	},
	{
		name: '2.1 usage on the last content chunk',
		body: events(content('Hel'), content('lo', {}, usage(7, 2)), stop, done),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{
		name: '2.1 usage on the finish chunk',
		body: events(...hello, chunk({}, { finish_reason: 'stop' }, usage(7, 2)), done),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{
		name: '2.1 usage cumulative on each chunk, never summed',
		body: events(content('Hel', {}, usage(7, 1)), content('lo', {}, usage(7, 2)), stop, done),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{
		name: '2.1 usage zero placeholders do not erase',
		body: events(content('Hello', {}, usage(7, 2)), chunk({}, { finish_reason: 'stop' }, usage(0, 0)), done),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{
		name: '2.1 finish_reason repeated on the usage chunk',
		body: events(...hello, stop, chunk({}, { finish_reason: 'stop' }, usage(7, 2)), done),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{
		name: '2.1 completion_tokens without thoughts',
		body: events(...hello, chunk({}, { finish_reason: 'stop' }, usage(7, 2, 30)), done),
		expected: { ...said, usage: { prompt: 7, output: 23 } },
	},
	{
		name: '2.1 reasoning_content',
		body: events(chunk({ reasoning_content: 'Hm', content: null }), ...hello, stop, done),
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 reasoning',
		body: events(chunk({ reasoning: 'Hm', content: '' }), ...hello, stop, done),
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 reasoning_details duplicates reasoning',
		body: events(
			chunk({ reasoning: 'Hm', reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }),
			...hello,
			stop,
			done,
		),
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 reasoning_details alone',
		body: events(
			chunk({
				reasoning_details: [
					{ type: 'reasoning.summary', summary: 'Hm' },
					{ type: 'reasoning.encrypted', data: 'x' },
				],
			}),
			...hello,
			stop,
			done,
		),
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 content part thinking',
		body: events(content([{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }]), ...hello, stop, done),
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 leading <think>, tags split',
		body: events(content('\n<th'), content('ink>H'), content('m</thi'), content('nk>\n\n'), ...hello, stop, done),
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 <think> later is text',
		body: events(content('A <think>b</think>'), stop, done),
		expected: { text: 'A <think>b</think>', end: 'stop' },
	},
	{
		name: '2.1 what only begins like <think>',
		body: events(content(' <thi'), stop, done),
		expected: { text: ' <thi', end: 'stop' },
	},
	{
		name: '2.1 <think> never closed',
		body: events(content('<think>Hm </thin'), stop, done),
		expected: { text: '', thought: 'Hm </thin', failure: 'empty' },
	},
	{
		name: '2.1 content as array of parts',
		body: events(content([{ type: 'text', text: 'Hel' }, { type: 'reference', reference_ids: [1] }, 'lo']), stop, done),
		expected: said,
	},
	{
		name: '2.1 refusal deltas with finish stop',
		body: events(chunk({ refusal: 'I will ' }), chunk({ refusal: 'not.' }), stop, done),
		expected: { text: '', end: 'refusal', failure: 'blocked', serverMessage: 'I will not.', retryable: false },
	},
	{
		name: '2.1 unknown members',
		body: events(
			content('Hello', { native_finish_reason: null }, { obfuscation: 'xyz', provider: 'X', timings: {} }),
			stop,
			done,
		),
		expected: said,
	},
	{
		name: '2.1 no finish_reason ever, only [DONE]',
		body: events(...hello, done),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{ name: '2.1 no [DONE]', body: events(...hello, stop), expected: said },
	{
		name: '2.1 [DONE] glued with one newline',
		body: `${events(...hello)}data: ${stop}\ndata: [DONE]\n\n`,
		expected: said,
	},
	{ name: '2.1 [DONE] without newline at EOF', body: `${events(...hello, stop)}data: [DONE]`, expected: said },
	{ name: '2.1 [DONE] without data:', body: `${events(...hello, stop)}[DONE]\n`, expected: said },
	{
		name: '2.1 [DONE] glued to the last value',
		body: `${events(content('Hel'))}data: ${content('lo')}data: [DONE]\n\n`,
		expected: { text: 'Hello', end: 'unknown' },
	},
	{
		name: '2.1 nothing after [DONE] counts',
		body: events(...hello, stop, done, content(' no'), '{"error":{"message":"late"}}'),
		expected: said,
	},
	{
		name: '2.1 JSON body although stream:true',
		body: message({ role: 'assistant', content: 'Hello' }, usage(7, 2)),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{
		name: '2.1 JSON body, pretty, with blanks before',
		body: `\n\n  ${JSON.stringify(JSON.parse(message({ content: 'Hello', reasoning_content: 'Hm' })), null, 2)}\n`,
		expected: { ...said, thought: 'Hm' },
	},
	{
		name: '2.1 JSON body without finish_reason',
		body: JSON.stringify({ choices: [{ message: { content: 'Hello' } }] }),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{ name: '2.1 NDJSON', body: [...hello, stop].map((line) => `${line}\n`).join(''), expected: said },
	{
		name: '2.1 NDJSON with [DONE]',
		body: `${[...hello, done].join('\n')}\n`,
		expected: { text: 'Hello', end: 'unknown' },
	},
	{ name: '2.1 JSON array of chunks', body: `[${[...hello, stop].join('\n,\r\n')}]`, expected: said },
	{
		name: '2.1 the model that answers',
		body: events(content('Hello', {}, { model: 'gemini-2.5-pro' }), stop, done),
		expected: { ...said, model: 'gemini-2.5-pro' },
	},
	...(['end_turn', 'STOP', 'eos', 'completed'] as const).map((reason) => ({
		name: `2.1 finish ${reason}`,
		body: events(content('Hello', { finish_reason: reason })),
		expected: said,
	})),
	...(['length', 'MAX_TOKENS', 'model_length'] as const).map((reason) => ({
		name: `2.1 finish ${reason}`,
		body: events(content('Hello', { finish_reason: reason })),
		expected: { text: 'Hello', end: 'length' },
	})),
	{
		name: '2.1 mid-stream error 1: error object',
		body: events(content('Hel'), '{"error":{"message":"Overloaded","type":"overloaded_error"}}', done),
		expected: { text: 'Hel', failure: 'overloaded', retryable: true, serverMessage: 'Overloaded' },
	},
	{
		name: '2.1 mid-stream error 2: error beside choices',
		body: events(content('Hel'), JSON.stringify({ choices: [], error: { code: 429, message: 'Slow down' } })),
		expected: { text: 'Hel', failure: 'rate', serverMessage: 'Slow down' },
	},
	{
		name: '2.1 mid-stream error 2: finish_reason error',
		body: events(
			content('Hel'),
			chunk({ content: '' }, { finish_reason: 'error' }, { error: { code: 502, message: 'Provider returned error' } }),
		),
		expected: { text: 'Hel', failure: 'server' },
	},
	{
		name: '2.1 mid-stream error 2: in the choice',
		body: events(content('Hel'), chunk({}, { error: { code: 503, message: 'x' } })),
		expected: { text: 'Hel', failure: 'overloaded' },
	},
	{
		name: '2.1 mid-stream error 3: error field',
		body: `${events(content('Hel'))}error: {"code":500,"message":"failed to decode image","type":"server_error"}\n\n${events(done)}`,
		expected: { text: 'Hel', failure: 'image-rejected' },
	},
	{
		name: '2.1 mid-stream error 4: event error',
		body: `${events(content('Hel'))}event: error\ndata: {"type":"overloaded_error","message":"Overloaded"}\n\n`,
		expected: { text: 'Hel', failure: 'overloaded' },
	},
	{
		name: '2.1 mid-stream error 4: Anthropic',
		body: `${events(content('Hel'))}event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n`,
		expected: { text: 'Hel', failure: 'overloaded', code: 'overloaded_error' },
	},
	{
		name: '2.1 mid-stream error 4: event error, in plain words',
		body: `${events(content('Hel'))}event: error\ndata: upstream is overloaded\n\n${events(done)}`,
		expected: { text: 'Hel', failure: 'server', serverMessage: 'upstream is overloaded' },
	},
	{
		name: '2.1 mid-stream error 4: event error, a string',
		body: `${events(content('Hel'))}event: error\ndata: "upstream is overloaded"\n\n${events(done)}`,
		expected: { text: 'Hel', failure: 'server', serverMessage: 'upstream is overloaded' },
	},
	{
		name: '2.1 mid-stream error 5: bare JSON',
		body: `${events(content('Hel'))}{\n  "error": {\n    "code": 503,\n    "message": "busy"\n  }\n}\n`,
		expected: { text: 'Hel', failure: 'overloaded' },
	},
	{
		name: '2.1 mid-stream error 5: bare JSON array',
		body: `${events(content('Hel'))}[{\n  "error": {\n    "code": 503,\n    "message": "busy"\n  }\n}\n]\n`,
		expected: { text: 'Hel', failure: 'overloaded' },
	},
	{
		name: '2.1 mid-stream error 6: nothing',
		body: events(content('Hel'), chunk({})),
		expected: { text: 'Hel', failure: 'truncated' },
	},
	{
		name: '2.1 mid-stream error 7: proxy HTML appended',
		body: `${events(content('Hel'))}<html><head><title>502 Bad Gateway</title></head></html>\n`,
		expected: { text: 'Hel', failure: 'truncated', retryable: true, serverMessage: '502 Bad Gateway' },
	},
	{ name: '2.3 BOM', body: `\ufeff${events(...hello, stop, done)}`, expected: said },
	{ name: '2.3 CRLF', body: events(...hello, stop, done).replaceAll('\n', '\r\n'), expected: said },
	{ name: '2.3 CR', body: events(...hello, stop, done).replaceAll('\n', '\r'), expected: said },
	{
		name: '2.3 U+2028, U+2029 and U+0085 end no line',
		body: events('{"choices":[{"delta":{"content":"a\u2028b\u2029c\u0085d"}}]}', stop, done),
		expected: { text: 'a\u2028b\u2029c\u0085d', end: 'stop' },
	},
	{
		name: '2.3 one blank after the colon is none',
		body: events(...hello, stop, done).replaceAll('data: ', 'data:'),
		expected: said,
	},
	{
		name: '2.3 data over several lines',
		body: `data: {"choices":\ndata: [{"delta":{"content":"Hello"}}]}\n\n${events(stop, done)}`,
		expected: said,
	},
	{
		name: '2.3 data over several lines, CRLF',
		body: `data: {"choices":\r\ndata: [{"delta":{"content":"Hello"}}]}\r\n\r\n${events(stop, done)}`,
		expected: said,
	},
	{
		name: '2.3 data over several lines, CR',
		body: `data: {"choices":\rdata: [{"delta":{"content":"Hello"}}]}\r\r${events(stop, done)}`,
		expected: said,
	},
	{
		name: '2.3 two values on a line, then [DONE]',
		body: `data: ${content('Hel')}${content('lo')}\ndata: [DONE]\n\n`,
		expected: { text: 'Hello', end: 'unknown' },
	},
	{
		name: '2.3 bare JSON that never closes does not hide events',
		body: `${events(content('Hel'))}{"error": {\n${events(content('lo'), stop, done)}`,
		expected: said,
	},
	{
		name: '2.3 bare JSON that never closes does not hide an error',
		body: `: x\n\n{"error": {\n${events(content('Hel'))}error: {"message":"busy","code":503}\n\n`,
		expected: { text: 'Hel', failure: 'overloaded' },
	},
	{
		name: '2.1 mid-stream error 4: event error, with a body of its own',
		body: `${events(content('Hel'))}event: error\ndata: {"code":"slow_down","msg":"no"}\n\n`,
		expected: { text: 'Hel', failure: 'rate' },
	},
	...[
		['the first event', `data: ${content('Hello')}`],
		['pretty JSON among events', ': x\n\n{\n  "error": {\n'],
	].map(([name, body = '']): WireCase => ({
		name: `2.4 EOF in the middle of ${name}`,
		body: body.slice(0, -10),
		expected: { text: '', failure: 'truncated', retryable: true },
	})),
	{
		name: '7.1 #1 last event without newline',
		body: `${events(...hello)}data: ${stop}`,
		expected: said,
	},
	{
		name: '2.1 usage of a total only',
		body: events(...hello, chunk({}, { finish_reason: 'stop' }, usage(0, 2, 50)), done),
		expected: { ...said, usage: { prompt: 0, output: 2 } },
	},
	{
		name: '2.4 error payload, what was held back and counted is kept',
		body: events(content('<thi', {}, usage(7, 2)), '{"error":"gone"}'),
		expected: { text: '<thi', usage: { prompt: 7, output: 2 }, failure: 'server', serverMessage: 'gone' },
	},
	{
		name: '2.3 no blank lines between events',
		body: [...hello, stop, done].map((data) => `data: ${data}\n`).join(''),
		expected: said,
	},
	{
		name: '2.3 several objects in one event',
		body: events(`${content('Hel')}${content('lo')} ${stop}`, done),
		expected: said,
	},
	{ name: '2.3 an array in one event', body: events(`[${content('Hel')},${content('lo')},${stop}]`), expected: said },
	{
		name: '2.3 what is no JSON is skipped',
		body: events(content('Hel'), '{oops', 'null', '"x"', content('lo'), stop, done),
		expected: said,
	},
	{
		name: '2.3 braces and quotes in strings',
		body: `[${content('a } " \\ { b')},${stop}]`,
		expected: { text: 'a } " \\ { b', end: 'stop' },
	},
	{
		name: '2.3 id, retry, unknown fields, event names',
		body: `id: 1\nretry: 10\nfoo: bar\nevent: message\n${events(content('Hello'))}event: ping\ndata: {"type":"ping","message":"alive"}\n\ndata:\n\n${events(stop, done)}`,
		expected: said,
	},
	{
		name: '2.3 web page with 200',
		body: '\n<!DOCTYPE html>\n<html><head><title>New\n API</title></head></html>',
		expected: { text: '', failure: 'invalid-response', code: 'web-page', serverMessage: 'New API', retryable: false },
	},
	{
		name: '2.3 half a character in each of two events',
		body: events(
			'{"choices":[{"delta":{"content":"a\\ud83e"}}]}',
			'{"choices":[{"delta":{"content":"\\udd89b"}}]}',
			stop,
			done,
		),
		expected: { text: 'a🦉b', end: 'stop' },
	},
	{
		name: '2.3 half a character at the end',
		body: events('{"choices":[{"delta":{"content":"a\\ud83e"}}]}', stop, done),
		expected: { text: 'a\ufffd', end: 'stop' },
	},
	{ name: '2.4 finish stop + text', body: events(...hello, stop, done), expected: said },
	{
		name: '2.4 length + text',
		body: events(...hello, chunk({}, { finish_reason: 'length' }), done),
		expected: { text: 'Hello', end: 'length' },
	},
	{
		name: '2.4 refusal text',
		body: events(chunk({ refusal: 'I will not.' }), stop, done),
		expected: { text: '', end: 'refusal', failure: 'blocked', serverMessage: 'I will not.', retryable: false },
	},
	{
		name: '2.4 [DONE], no reason, text',
		body: events(...hello, done),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{
		name: '2.4 stop, no text',
		body: events(chunk({ content: '' }), stop, done),
		expected: { text: '', failure: 'empty', retryable: true },
	},
	{
		name: '2.4 stop, blank text only',
		body: events(content(' \n'), stop, done),
		expected: { text: ' \n', failure: 'empty', retryable: true },
	},
	{
		name: '2.4 stop, thoughts only',
		body: events(chunk({ reasoning_content: 'Hm' }), stop, done),
		expected: { text: '', thought: 'Hm', failure: 'empty', retryable: true },
	},
	{
		name: '2.4 length, no text',
		body: events(chunk({ reasoning_content: 'Hm' }), chunk({}, { finish_reason: 'length' }), done),
		expected: { text: '', failure: 'empty', code: 'length', retryable: false },
	},
	{
		name: '2.4 content_filter, partial text kept',
		body: events(content('Hel'), chunk({}, { finish_reason: 'content_filter' }), done),
		expected: { text: 'Hel', end: 'blocked', failure: 'blocked', retryable: false },
	},
	{
		name: '2.4 insufficient_system_resource',
		body: events(content('Hel'), chunk({}, { finish_reason: 'insufficient_system_resource' }), done),
		expected: { text: 'Hel', failure: 'overloaded', retryable: true },
	},
	{
		name: '2.4 unknown reason + text',
		body: events(content('Hello', { finish_reason: 'weird' })),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{
		name: '2.4 [DONE], no reason, no text',
		body: events(done),
		expected: { text: '', failure: 'empty', retryable: true },
	},
	{
		name: '2.4 EOF in the middle',
		body: events(...hello),
		expected: { text: 'Hello', failure: 'truncated', retryable: true },
	},
	{
		name: '2.4 EOF in the middle of an event',
		body: events(...hello) + 'data: {"choices":[{"del',
		expected: { text: 'Hello', failure: 'truncated', retryable: true },
	},
	{
		name: '2.4 EOF in the middle of JSON',
		body: message({ content: 'Hello' }).slice(0, -5),
		expected: { text: '', failure: 'truncated', retryable: true },
	},
	{ name: '2.4 no byte at all', body: '', expected: { text: '', failure: 'empty', retryable: true } },
	{ name: '2.4 comments only', body: ': hi\n\n: hi\n\n', expected: { text: '', failure: 'empty', retryable: true } },
	{
		name: '2.4 something else entirely',
		body: 'Service started.\n',
		expected: { text: '', failure: 'invalid-response', serverMessage: 'Service started.' },
	},
	{
		name: '7.1 #10 truncated stream is no success',
		body: events(...hello, JSON.stringify({ choices: [], ...usage(7, 2) })),
		expected: { text: 'Hello', failure: 'truncated' },
	},
	{
		name: '7.1 #28 content on the finish chunk',
		body: events(content('Hel'), content('lo', { finish_reason: 'stop' })),
		expected: said,
	},
	{
		name: '7.1 #39 HTTP 200 with a flat error',
		body: '{"object":"error","message":"Invalid model","type":"NotFoundError","code":404}',
		expected: { text: '', failure: 'model-not-found' },
	},
	{
		name: '7.1 #39 flat error with another name for its message',
		body: '{"code":401,"msg":"Token expired","data":null}',
		expected: { text: '', failure: 'auth', serverMessage: 'Token expired' },
	},
	{
		name: '7.1 #39 flat error without a type',
		body: '{"detail":"Not authenticated"}',
		expected: { text: '', failure: 'server', serverMessage: 'Not authenticated' },
	},
	{
		name: '7.1 #40 characters over chunks',
		body: events(content('Grüße 世界 🦉'), stop, done),
		expected: { text: 'Grüße 世界 🦉', end: 'stop' },
	},
	{
		name: '2.1 members that errors have, in an answer',
		body: events(content('Hello', {}, { message: 'x', detail: 'y' }), stop, done),
		expected: said,
	},
	{
		name: "2.1 usage details, DeepSeek's",
		body: events(...hello, stop, '{"usage":{"prompt_tokens":9,"completion_tokens":3,"prompt_cache_hit_tokens":4}}'),
		expected: { ...said, usage: { prompt: 9, output: 3, cached: 4 } },
	},
	{
		name: '2.1 usage details',
		body: events(
			...hello,
			stop,
			JSON.stringify({
				choices: [],
				usage: {
					prompt_tokens: 9,
					completion_tokens: 30,
					total_tokens: 39,
					prompt_tokens_details: { cached_tokens: 4, image_tokens: 3 },
					completion_tokens_details: { reasoning_tokens: 25 },
				},
			}),
			done,
		),
		expected: { ...said, usage: { prompt: 9, output: 30, thoughts: 25, images: 3, cached: 4 } },
	},
	...(['safety', 'recitation', 'prohibited_content', 'sensitive'] as const).map((reason): WireCase => ({
		name: `2.1 finish ${reason}`,
		body: events(content('Hel'), chunk({}, { finish_reason: reason })),
		expected: { text: 'Hel', end: 'blocked', failure: 'blocked', code: reason },
	})),
	...(['error', 'abort', 'network_error'] as const).map((reason): WireCase => ({
		name: `2.1 finish ${reason}`,
		body: events(content('Hel'), chunk({}, { finish_reason: reason })),
		expected: { text: 'Hel', failure: 'server', code: reason, retryable: true },
	})),
	...(['stop_sequence', 'eos_token', 'complete', 'tool_use'] as const).map((reason): WireCase => ({
		name: `2.1 finish ${reason}`,
		body: events(content('Hello', { finish_reason: reason })),
		expected: said,
	})),
	{
		name: '2.1 finish max_output_tokens',
		body: events(content('Hello', { finish_reason: 'max_output_tokens' })),
		expected: { text: 'Hello', end: 'length' },
	},
	{
		name: '2.4 refusal text that repeats a key, and more than a paragraph',
		body: events(chunk({ refusal: `sk-abcdefgh. ${'No. '.repeat(400)}` }), stop, done),
		expected: {
			text: '',
			end: 'refusal',
			failure: 'blocked',
			serverMessage: `sk-… ${'No. '.repeat(400)}`.slice(0, 1000) + '…',
		},
	},
	{
		name: '2.4 a page whose title repeats a key',
		body: '<title>No such key: sk-abcdefgh</title>',
		expected: { text: '', failure: 'invalid-response', serverMessage: 'No such key: sk-…' },
	},
	{
		name: '2.4 refusal text beside partial text',
		body: events(content('Hel'), chunk({ refusal: 'No.' }), stop, done),
		expected: { text: 'Hel', end: 'refusal', failure: 'blocked', serverMessage: 'No.' },
	},
	{
		name: '7.1 #2 two JSON objects in one event',
		body: events(hello.join(''), stop, done),
		expected: said,
	},
	{
		name: '7.1 #4 data: without blank',
		body: events(...hello, stop, done).replaceAll('data: ', 'data:'),
		expected: said,
	},
	{
		name: '7.1 #5 error as pretty JSON lines',
		body: '{\n  "error": {\n    "message": "No image",\n    "code": "invalid_image"\n  }\n}\n',
		expected: { text: '', failure: 'image-rejected' },
	},
	...(['reasoning_content', 'reasoning'] as const).map((member): WireCase => ({
		name: `7.1 #6 reasoning misnamed: ${member}`,
		body: events(chunk({ [member]: 'H' }), chunk({ [member]: 'm', content: '' }), ...hello, stop, done),
		expected: { ...said, thought: 'Hm' },
	})),
	{
		name: '7.1 #13 keep-alive events and comments',
		body: `: keep-alive\n\nevent: keepalive\ndata:\n\nevent: ping\ndata: {"type":"ping"}\n\n${events(...hello, stop, done)}`,
		expected: said,
	},
	{
		name: '7.1 #19 answer text in reasoning_content is no silent blank',
		body: events(chunk({ reasoning_content: 'Hm' }), chunk({ reasoning_content: 'A cat.' }), stop, done),
		expected: { text: '', thought: 'HmA cat.', failure: 'empty', code: 'stop', retryable: true },
	},
	{
		name: '7.1 #17 usage after finish',
		body: events(...hello, stop, JSON.stringify({ choices: [], ...usage(7, 2) }), done),
		expected: { ...said, usage: { prompt: 7, output: 2 } },
	},
	{ name: '7.1 #23 finish_reason ""', body: events(content('Hello', { finish_reason: '' }), stop), expected: said },
	{
		name: '7.1 #24 mid-stream error swallowed',
		body: events(content('Hel'), chunk({ content: '' })),
		expected: { text: 'Hel', failure: 'truncated', retryable: true },
	},
	{
		name: '7.1 #27 error: SSE field then [DONE]',
		body: `${events(content('Hel'))}error: {"code":400,"message":"context size exceeded"}\n\n${events(done)}`,
		expected: { text: 'Hel', failure: 'context-length' },
	},
	{
		name: '7.1 #29 chunks with empty choices, without delta',
		body: events('{"choices":[]}', '{"choices":[{"index":0,"content_filter_results":{}}]}', ...hello, stop, done),
		expected: said,
	},
	{
		name: '7.1 #31 finish_reason never sent',
		body: events(...hello, done),
		expected: { text: 'Hello', end: 'unknown' },
	},
	{
		name: '7.1 #36 error beside choices []',
		body: events('{"choices":[],"error":{"code":503,"message":"busy","details":[{"retryDelay":"7s"}]}}'),
		expected: { text: '', failure: 'overloaded', retryAfter: 7000 },
	},
	{
		name: '7.1 #41 thought tokens missing from completion_tokens',
		body: events(...hello, stop, JSON.stringify({ choices: [], ...usage(7, 2, 59) }), done),
		expected: { ...said, usage: { prompt: 7, output: 52 } },
	},
];
