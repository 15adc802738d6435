import assert from 'node:assert/strict';
import { answerTo, chunkings, comparable } from './replay.ts';
import { wireCases } from './wireCases.ts';

describe('an answer on the wire', () => {
	for (const { name, body, expected } of wireCases) {
		for (const [chunking, cut] of Object.entries(chunkings)) {
			it(`${name}, ${chunking}`, async () => {
				assert.deepEqual(comparable(await answerTo(cut(body)), expected), expected);
			});
		}
	}

	it('does not mistake a split for another answer: names are unique', () => {
		assert.equal(new Set(wireCases.map(({ name }) => name)).size, wireCases.length);
	});
});
