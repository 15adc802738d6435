import type { AnswerEvent, Source } from '../../../src/client/index.ts';
import { png } from './geminiCases.ts';
import { chunk, content, done, events, message, said, stop } from './wireCases.ts';
import type { WireCase } from './wireCases.ts';

const call = (index: number | undefined, name: string | undefined, given: unknown): object => ({
	...(index === undefined ? {} : { index }),
	function: { ...(name === undefined ? {} : { name }), arguments: given },
});
const called = (name: string, given: string): AnswerEvent => ({ kind: 'call', name, arguments: given });
const cited = (url: string, start?: number, end?: number): object => ({
	type: 'url_citation',
	url_citation: { url, title: 'A page', start_index: start, end_index: end },
});
const source = (uri: string, ...spans: Source['spans']): AnswerEvent => ({
	kind: 'source',
	source: { uri, title: 'A page', spans },
});

const dataUrl = `data:image/png;base64,${png}`;
const image: AnswerEvent = { kind: 'image', mediaType: 'image/png', bytes: Buffer.from(png, 'base64') };

/** What chat completions answer beside text: images, citations and calls. Named after the rows of protocols.md. */
export const wireExtraCases: readonly WireCase[] = [
	{
		name: '2.1 delta.images[]',
		body: events(
			content('Hel'),
			chunk({ images: [{ type: 'image_url', image_url: { url: dataUrl } }] }),
			content('lo'),
			stop,
		),
		expected: { ...said, others: [image] },
	},
	{
		name: '2.1 delta.images[], the bytes win over their type',
		body: events(chunk({ content: '', images: [{ image_url: dataUrl.replace('png', 'webp') }, null, {}] }), stop),
		expected: { text: '', end: 'stop', others: [image] },
	},
	{
		name: '2.1 delta.images[] elsewhere is not fetched',
		body: events(content('Hello'), chunk({ images: [{ image_url: { url: 'https://x.test/a.png' } }] }), stop),
		expected: { ...said, others: [] },
	},
	{
		name: '2.1 delta.images[] that is no base64',
		body: events(content('Hello'), chunk({ images: [{ image_url: { url: 'data:image/png;base64,%' } }] }), stop),
		expected: { text: 'Hello', failure: 'invalid-response', code: 'bad-image' },
	},
	{
		name: '2.1 images of a whole message, and as a part',
		body: message({
			content: [
				{ type: 'text', text: 'Hello' },
				{ type: 'image_url', image_url: { url: dataUrl } },
			],
			images: [{ image_url: { url: dataUrl } }],
		}),
		expected: { ...said, others: [image, image] },
	},
	{
		name: '2.1 Markdown ![image](data:…) in content',
		body: events(content(`Hel![image](${dataUrl})lo`), stop, done),
		expected: { ...said, others: [image] },
	},
	{
		name: '2.1 Markdown ![image](data:…) in content, split everywhere',
		body: events(
			...Array.from(`Hel![image](${dataUrl})![](${dataUrl})lo`, (character) => content(character)),
			stop,
			done,
		),
		expected: { ...said, others: [image, image] },
	},
	{
		name: '2.1 Markdown image alone is visible',
		body: events(content(`![image](${dataUrl})`), stop, done),
		expected: { text: '', end: 'stop', others: [image] },
	},
	...[
		'Look! ![image](https://x.test/a.png) and ![',
		'It is ![image](data:image/png;base64,...).',
		'It is ![image](data:image/png;base64,A) and !',
		'![image](data:text/html;base64,AAAA)![a\nb](data:image/png;base64,AAAA)',
	].map((text): WireCase => ({
		name: `2.1 Markdown that is no image: ${text.replace('\n', ' ')}`,
		body: events(...Array.from(text, (character) => content(character)), stop, done),
		expected: { text, end: 'stop', others: [] },
	})),
	{
		name: '2.1 Markdown image without end is none',
		body: events(content(`Hello![image](${dataUrl}`), stop, done),
		expected: { ...said, others: [] },
	},
	{
		name: '2.1 Markdown image, broken off',
		body: events(content(`Hello![image](${dataUrl}`)),
		expected: { text: 'Hello', failure: 'truncated', others: [] },
	},
	{
		name: '2.1 url_citation: places in characters of the whole answer',
		body: events(
			content('🦉 Hel'),
			content('lo'),
			chunk({ annotations: [cited('https://a.test/', 2, 5), cited('https://b.test/', 0, 0)] }),
			chunk({
				annotations: [cited('https://a.test/', 5, 7), cited('https://a.test/', 5, 99), cited('file:///x', 0, 1)],
			}),
			stop,
			done,
		),
		expected: {
			text: '🦉 Hello',
			end: 'stop',
			others: [source('https://a.test/', { start: 3, end: 6 }, { start: 6, end: 8 }), source('https://b.test/')],
		},
	},
	{
		name: '2.1 url_citation of a whole message',
		body: message({ content: 'Hello', annotations: [cited('https://a.test/', 0, 5), { type: 'file' }, null] }),
		expected: { ...said, others: [source('https://a.test/', { start: 0, end: 5 })] },
	},
	{
		name: '2.1 tool calls, in pieces',
		body: events(
			chunk({ tool_calls: [call(0, 'look', '')] }),
			chunk({ tool_calls: [call(0, undefined, '{"at":')] }),
			chunk({ tool_calls: [call(1, 'count', '{}'), call(0, undefined, '"it"}')] }),
			chunk({}, { finish_reason: 'tool_calls' }),
			done,
		),
		expected: { text: '', end: 'stop', others: [called('look', '{"at":"it"}'), called('count', '{}')] },
	},
	{
		name: '2.1 tool calls without index',
		body: events(
			chunk({ tool_calls: [call(undefined, 'look', '{"at":'), null] }),
			chunk({ tool_calls: [call(undefined, undefined, '1}')] }),
			chunk({ tool_calls: [call(undefined, 'count', { of: 2 })] }),
			stop,
		),
		expected: { text: '', end: 'stop', others: [called('look', '{"at":1}'), called('count', '{"of":2}')] },
	},
	{
		name: '2.1 tool calls of a whole message, and their older form',
		body: message({ content: 'Hello', tool_calls: [call(undefined, 'look', undefined)] }),
		expected: { ...said, others: [called('look', '{}')] },
	},
	{
		name: '2.1 finish function_call',
		body: events(
			chunk({ function_call: { name: 'look', arguments: '{' } }),
			chunk({ function_call: { arguments: '}' } }),
			chunk({}, { finish_reason: 'function_call' }),
		),
		expected: { text: '', end: 'stop', others: [called('look', '{}')] },
	},
	{
		name: '2.4 EOF in the middle of a call',
		body: events(chunk({ tool_calls: [call(0, 'look', '{"at":')] })),
		expected: { text: '', failure: 'truncated', others: [] },
	},
	{
		name: '2.4 an image alone is visible',
		body: events(chunk({ images: [{ image_url: { url: dataUrl } }] }), stop, done),
		expected: { text: '', end: 'stop' },
	},
];
