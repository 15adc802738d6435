import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDecoder } from '../../../src/client/decoding/decoder.ts';
import { Failure } from '../../../src/client/index.ts';
import { createTranscript } from '../../../src/client/transcript/transcript.ts';
import { createMarkdownImages } from '../../../src/client/transcript/markdownImages.ts';
import { geminiCases, response } from './geminiCases.ts';
import { answerTo, endpoint, geminiEndpoint } from './replay.ts';
import type { AnswerEvent } from '../../../src/client/index.ts';
import type { Collected } from './replay.ts';
import { chunk, content, done, events, stop, wireCases } from './wireCases.ts';
import { wireExtraCases } from './wireExtraCases.ts';

const protocols = [endpoint, geminiEndpoint] as const;

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
	const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
	return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

/** What came, however much of its text came together. */
const told = ({ events: seen, failure }: Collected): unknown => [
	seen.reduce<AnswerEvent[]>((all, event) => {
		const last = all.at(-1);
		return (event.kind === 'text' || event.kind === 'thought') && last?.kind === event.kind
			? [...all.slice(0, -1), { kind: event.kind, text: last.text + event.text }]
			: [...all, event];
	}, []),
	failure?.kind,
	failure?.code,
];

const anyText = fc.string({ unit: 'binary', maxLength: 20 });

/** Fragments that a decoder might trip over, put together anyhow. */
const stream = fc
	.array(
		fc.oneof(
			anyText,
			fc.constantFrom(
				'\n',
				'\r',
				'\r\n',
				'\n\n',
				'data:',
				'data: ',
				': x\n',
				'{',
				'}',
				'[',
				']',
				',',
				'"',
				'\\',
				'\ufeff',
				'event: error\n',
				'error: ',
				done,
				'<',
				'<think>',
				'</think>',
				'\u2028',
				events(stop),
				events(done),
				chunk({}),
			),
			anyText.map((text) => events(content(text))),
			anyText.map((text) => `${content(text)}\n`),
			anyText.map((text) => events(response([{ text }]))),
			fc.constantFrom(...[...wireCases, ...wireExtraCases, ...geminiCases].map(({ body }) => String(body))),
		),
		{ maxLength: 12 },
	)
	.map((pieces) => Buffer.from(pieces.join('')));

const places = fc.array(fc.nat(), { maxLength: 20 });

/** Members that some payload of a protocol has: values of any type under them are what a decoder trips over. */
const members = [
	'choices',
	'delta',
	'message',
	'content',
	'error',
	'usage',
	'text',
	'thinking',
	'detail',
	'details',
	'code',
	'reasoning_details',
	'refusal',
	'finish_reason',
	'index',
	'loc',
	'violations',
	'prompt_tokens',
	'prompt_tokens_details',
	'images',
	'image_url',
	'url',
	'annotations',
	'tool_calls',
	'function',
	'function_call',
	'arguments',
	'name',
];

const geminiMembers = [
	'candidates',
	'content',
	'parts',
	'text',
	'thought',
	'thoughtSignature',
	'inlineData',
	'mimeType',
	'data',
	'executableCode',
	'code',
	'codeExecutionResult',
	'functionCall',
	'name',
	'args',
	'finishReason',
	'promptFeedback',
	'blockReason',
	'usageMetadata',
	'promptTokenCount',
	'promptTokensDetails',
	'groundingMetadata',
	'groundingChunks',
	'web',
	'uri',
	'groundingSupports',
	'segment',
	'startIndex',
	'endIndex',
	'partIndex',
	'groundingChunkIndices',
	'webSearchQueries',
	'searchEntryPoint',
	'error',
	'index',
];

/** As `fc.object`, with lists in it more often, since most of what counts is in lists. */
function payloads(names: readonly string[]): fc.Arbitrary<unknown> {
	const { value } = fc.letrec<{ value: unknown }>((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			fc.oneof(
				fc.constantFrom<unknown>(null, true, '', 'x', 0, -1, 1.5, 2 ** 53, 'image/png', 'AAAA', 'STOP', 'https://h/'),
				anyText,
			),
			fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(fc.constantFrom(...names), fc.array(tie('value'), { maxLength: 3 }), { maxKeys: 4 }),
		),
	}));
	return fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1 });
}

for (const from of protocols) {
	describe(`any response of ${from.protocol}`, function () {
		this.timeout(20_000);

		it('says the same, however it is split', () =>
			fc.assert(
				fc.asyncProperty(stream, places, async (bytes, at) => {
					assert.deepEqual(told(await answerTo(cut(bytes, at), from)), told(await answerTo([bytes], from)));
				}),
				{ numRuns: 300 },
			));

		it('of arbitrary bytes ends, and fails with nothing but a failure', () =>
			fc.assert(
				fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), places, async (bytes, at) => {
					assert.deepEqual(told(await answerTo(cut(bytes, at), from)), told(await answerTo([bytes], from)));
				}),
				{ numRuns: 300 },
			));

		it('of arbitrary JSON ends, and fails with nothing but a failure', () =>
			fc.assert(
				fc.asyncProperty(payloads(from.protocol === 'gemini' ? geminiMembers : members), async (payload) => {
					await answerTo([Buffer.from(events(JSON.stringify(payload), done))], from);
				}),
				{ numRuns: 1000 },
			));
	});
}

describe('text', function () {
	this.timeout(20_000);

	it('arrives as it was sent, whatever it is', () =>
		fc.assert(
			fc.asyncProperty(fc.array(anyText, { minLength: 1 }), places, async (texts, at) => {
				const sent = texts.join('');
				fc.pre(/\S/.test(sent) && !sent.trimStart().startsWith('<think>'));
				const body = Buffer.from(events(...texts.map((text) => content(text)), stop, done));
				assert.equal((await answerTo(cut(body, at))).text, sent);
				const gemini = Buffer.from(events(...texts.map((text) => response([{ text }], { finishReason: 'STOP' }))));
				assert.equal((await answerTo(cut(gemini, at), geminiEndpoint)).text, sent);
			}),
			{ numRuns: 200 },
		));

	it('is cited where it is, whatever stands before it', () =>
		fc.assert(
			fc.asyncProperty(fc.array(anyText, { minLength: 1 }), fc.nat(), fc.nat(), async (texts, one, other) => {
				const text = texts.join('').replaceAll(/[!<]|\p{Cs}/gu, '');
				fc.pre(/\S/.test(text));
				const characters = Array.from(text);
				const [from = 0, to = 0] = [one, other].map((at) => at % (characters.length + 1)).sort((a, b) => a - b);
				fc.pre(from < to);
				const [before, quote] = [characters.slice(0, from).join(''), characters.slice(from, to).join('')];
				const startIndex = Buffer.byteLength(before);
				const groundingMetadata = {
					groundingChunks: [{ web: { uri: 'https://h/', title: 'h' } }],
					groundingSupports: [
						{ segment: { startIndex, endIndex: startIndex + Buffer.byteLength(quote) }, groundingChunkIndices: [0] },
					],
				};
				const parts = texts.map((part) => ({ text: part.replaceAll(/[!<]|\p{Cs}/gu, '') }));
				const body = events(response(parts, { groundingMetadata, finishReason: 'STOP' }));
				const { events: seen } = await answerTo([Buffer.from(body)], geminiEndpoint);
				const sources = seen.flatMap((event) => (event.kind === 'source' ? event.source.spans : []));
				assert.deepEqual(sources, [{ start: before.length, end: before.length + quote.length }]);
			}),
			{ numRuns: 200 },
		));
});

describe('images in text', () => {
	const pieces = fc.array(
		fc.oneof(
			fc.constantFrom('!', '[', ']', '(', ')', '![image](', 'data:image/png;base64,', 'AAAA', '=', '\n', 'https://'),
			fc.constantFrom('![image](data:image/png;base64,AAAA)', '![](data:image/x;base64,QQ==)'),
			anyText,
		),
	);

	/** Neighbouring texts joined, images as their bytes. */
	function shown(texts: readonly string[]): string[] {
		const images = createMarkdownImages(1000);
		const all = [...texts.flatMap((text) => images.push(text)), ...images.release()];
		return all
			.map((piece) => (typeof piece === 'string' ? piece : `\0${Buffer.from(piece.bytes).toString('hex')}\0`))
			.join('')
			.split('\0');
	}

	it('are the same, however the text is split', () =>
		fc.assert(
			fc.property(pieces, places, (texts, at) => {
				const text = texts.join('').replaceAll('\0', '');
				const ends = [...at.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
				const split = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
				assert.deepEqual(shown(split), shown([text]));
			}),
			{ numRuns: 1000 },
		));

	it('are all that goes from it', () =>
		fc.assert(
			fc.property(pieces, (texts) => {
				const clean = texts.map((piece) => piece.replaceAll('\0', ''));
				const text = clean.join('');
				const image = /!\[[^[\]\n]*\]\(data:image\/[a-z]+;base64,(?:[A-Za-z0-9+/=_-]*)(?:\)|$)/g;
				fc.pre(!image.test(text));
				assert.deepEqual(shown(clean), [text]);
			}),
		));

	it('are given up when they have no end', () => {
		const images = createMarkdownImages(1000);
		images.push('![image](data:image/png;base64,');
		assert.throws(
			() => {
				for (;;) {
					images.push('A'.repeat(100));
				}
			},
			{ name: 'Failure', kind: 'invalid-response', code: 'image-too-large' },
		);
	});
});

describe('a transcript', () => {
	it('gives up on images without end', () => {
		const transcript = createTranscript({ images: 1000 });
		assert.throws(
			() => {
				for (;;) {
					transcript.image({ mediaType: 'image/png', bytes: Buffer.alloc(300) });
				}
			},
			{ name: 'Failure', kind: 'invalid-response', code: 'image-too-large' },
		);
		assert.equal(transcript.take().length, 3);
	});

	it('gives up on a call without end', () => {
		const transcript = createTranscript({ text: 1000 });
		assert.throws(
			() => {
				for (;;) {
					transcript.calls([{ index: 0, function: { name: 'x', arguments: 'x'.repeat(300) } }]);
				}
			},
			{ name: 'Failure', kind: 'invalid-response', code: 'answer-too-long' },
		);
	});

	for (const kind of ['text', 'thought'] as const) {
		it(`gives up on a ${kind} without end`, () => {
			const transcript = createTranscript({ text: 1000 });
			assert.throws(
				() => {
					for (;;) {
						transcript[kind]('x'.repeat(300));
					}
				},
				{ name: 'Failure', kind: 'invalid-response', code: 'answer-too-long' },
			);
			assert.equal(transcript.take().length, 3);
		});
	}
});

describe('the decoder', () => {
	for (const [name, beginning] of [
		['a line', 'data: {"a":"'],
		['JSON', '{"a":"'],
		['bare JSON among events', ': x\n{"a":\n"'],
	] as const) {
		it(`gives up on ${name} without end`, () => {
			const decoder = createDecoder(10_000);
			decoder.push(Buffer.from(beginning));
			assert.throws(
				() => {
					for (;;) {
						decoder.push(Buffer.alloc(1000, 'x'));
					}
				},
				(error) => error instanceof Failure && error.code === 'event-too-long',
			);
		});
	}

	it('gives up on an event without end', () => {
		const decoder = createDecoder(10_000);
		assert.throws(
			() => {
				for (;;) {
					decoder.push(Buffer.from('data: x\n'));
				}
			},
			{ code: 'event-too-long' },
		);
	});

	for (const [name, before, after] of [
		['an event', 'data: {"a":"', '"}\n\n'],
		['JSON', '{"a":"', '"}'],
	] as const) {
		it(`takes no longer for ${name} in many pieces`, function () {
			// Looking at each piece again with the next would take minutes.
			this.timeout(20_000);
			const decoder = createDecoder();
			const piece = Buffer.alloc(100, 'x');
			const start = process.cpuUsage();
			decoder.push(Buffer.from(before));
			for (let count = 0; count < 200_000; count++) {
				decoder.push(piece);
			}
			assert.equal(decoder.push(Buffer.from(after)).length, 1);
			assert.ok(process.cpuUsage(start).user < 2_000_000);
		});
	}
});
