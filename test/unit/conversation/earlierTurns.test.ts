import assert from 'node:assert/strict';
import { answerParts } from '../../../src/conversation/earlierTurns.ts';
import type { AnswerItem } from '../../../src/conversation/messages.ts';

const bytes = Uint8Array.of(1, 2, 3);

function image(at: number, file: string, signature?: string): AnswerItem {
	return { kind: 'image', at, file, mediaType: 'image/png', signature };
}

function partsOf(answer: string, ...items: readonly AnswerItem[]): ReturnType<typeof answerParts> {
	return answerParts({ answer, items }, (file) => Promise.resolve(file === 'lost.png' ? undefined : bytes));
}

describe('An earlier answer goes back to the server', () => {
	it('as one text where nothing else came', async () => {
		assert.deepEqual(await partsOf('Two boats.'), [{ kind: 'text', text: 'Two boats.' }]);
	});

	it('with each mark on the text since the one before', async () => {
		assert.deepEqual(
			await partsOf(
				'Two boats.',
				{ kind: 'signature', at: 4, signature: 'a' },
				{ kind: 'signature', at: 10, signature: 'b' },
				{ kind: 'signature', at: 10, signature: 'c' },
			),
			[
				{ kind: 'text', text: 'Two ', signature: 'a' },
				{ kind: 'text', text: 'boats.', signature: 'b' },
				{ kind: 'text', text: '', signature: 'c' },
			],
		);
	});

	it('with its images where they stood, marked where they were', async () => {
		assert.deepEqual(await partsOf('Here it is.', image(4, 'a.png', 'a'), image(11, 'b.png')), [
			{ kind: 'text', text: 'Here' },
			{ kind: 'image', mediaType: 'image/png', content: bytes, signature: 'a' },
			{ kind: 'text', text: ' it is.' },
			{ kind: 'image', mediaType: 'image/png', content: bytes },
		]);
	});

	it('without an image that is lost, and without programs', async () => {
		const program: AnswerItem = { kind: 'program', at: 2, language: '', code: 'x', result: undefined };
		assert.deepEqual(await partsOf('Here.', program, image(4, 'lost.png')), [
			{ kind: 'text', text: 'Here' },
			{ kind: 'text', text: '.' },
		]);
	});
});
