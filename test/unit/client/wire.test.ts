import assert from 'node:assert/strict';
import { geminiCases } from './geminiCases.ts';
import { answerTo, chunkings, comparable, endpoint, geminiEndpoint } from './replay.ts';
import { wireCases } from './wireCases.ts';
import { wireExtraCases } from './wireExtraCases.ts';

for (const [protocol, from, cases] of [
	['chat completions', endpoint, [...wireCases, ...wireExtraCases]],
	['Gemini', geminiEndpoint, geminiCases],
] as const) {
	describe(`an answer on the wire of ${protocol}`, () => {
		for (const { name, body, expected } of cases) {
			for (const [chunking, cut] of Object.entries(chunkings)) {
				it(`${name}, ${chunking}`, async () => {
					assert.deepEqual(comparable(await answerTo(cut(body), from), expected), expected);
				});
			}
		}

		it('does not mistake a split for another answer: names are unique', () => {
			assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
		});
	});
}
