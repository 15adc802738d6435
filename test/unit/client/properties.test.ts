import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDecoder } from '../../../src/client/decoder.ts';
import { Failure } from '../../../src/client/index.ts';
import { createTranscript } from '../../../src/client/transcript.ts';
import { answerTo } from './replay.ts';
import type { Collected } from './replay.ts';
import { chunk, content, done, events, stop, wireCases } from './wireCases.ts';

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
	const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
	return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const told = ({ events: seen, failure }: Collected): unknown => [seen, failure?.kind, failure?.code];

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
			fc.constantFrom(...wireCases.map(({ body }) => String(body))),
		),
		{ maxLength: 12 },
	)
	.map((pieces) => Buffer.from(pieces.join('')));

const places = fc.array(fc.nat(), { maxLength: 20 });

describe('any response', function () {
	this.timeout(20_000);

	it('says the same, however it is split', () =>
		fc.assert(
			fc.asyncProperty(stream, places, async (bytes, at) => {
				assert.deepEqual(told(await answerTo(cut(bytes, at))), told(await answerTo([bytes])));
			}),
			{ numRuns: 300 },
		));

	it('of arbitrary bytes ends, and fails with nothing but a failure', () =>
		fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), places, async (bytes, at) => {
				assert.deepEqual(told(await answerTo(cut(bytes, at))), told(await answerTo([bytes])));
			}),
			{ numRuns: 300 },
		));

	it('of arbitrary JSON ends, and fails with nothing but a failure', () =>
		fc.assert(
			fc.asyncProperty(
				fc.object({
					key: fc.constantFrom(
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
					),
					maxDepth: 5,
				}),
				async (payload) => {
					await answerTo([Buffer.from(events(JSON.stringify(payload), done))]);
				},
			),
			{ numRuns: 300 },
		));
});

describe('text', function () {
	this.timeout(20_000);

	it('arrives as it was sent, whatever it is', () =>
		fc.assert(
			fc.asyncProperty(fc.array(anyText, { minLength: 1 }), places, async (texts, at) => {
				const sent = texts.join('');
				fc.pre(/\S/.test(sent) && !sent.trimStart().startsWith('<think>'));
				const body = Buffer.from(events(...texts.map((text) => content(text)), stop, done));
				assert.equal((await answerTo(cut(body, at))).text, sent);
			}),
			{ numRuns: 200 },
		));
});

describe('a transcript', () => {
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
