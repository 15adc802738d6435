import assert from 'node:assert/strict';
import type { AnswerEvent } from '../../../src/client/answer.ts';
import type { CoverageEvent } from '../../../src/models/model.ts';
import { tellingCoverage } from '../../../src/models/parts/tellingCoverage.ts';

describe('tellingCoverage', () => {
	/** What was read by the time it is told: the file, or its pages once the server has refused the file. */
	async function told(...events: readonly AnswerEvent[]): Promise<readonly string[]> {
		let whole = true;
		async function* answer(): AsyncGenerator<AnswerEvent, void, undefined> {
			await Promise.resolve();
			for (const event of events) {
				whole &&= event.kind !== 'repair';
				yield event;
			}
		}
		const coverage = (): readonly CoverageEvent[] => [
			{
				kind: 'coverage',
				name: 'a.pdf',
				pageCount: 1,
				whole,
				textPages: [],
				partPages: [],
				picturePages: [],
				recognisedPages: [],
				damagedPages: [],
			},
		];
		const all: string[] = [];
		for await (const event of tellingCoverage(answer(), coverage)) {
			all.push(event.kind === 'coverage' ? (event.whole ? 'file' : 'pages') : event.kind);
		}
		return all;
	}

	const end: AnswerEvent = { kind: 'end', reason: 'stop' };
	const text: AnswerEvent = { kind: 'text', text: 'An answer' };

	it('tells once, before the text', async () => {
		assert.deepEqual(await told(text, text, end), ['file', 'text', 'text', 'end']);
		assert.deepEqual(await told({ kind: 'thought', text: 'Hm' }, text, end), ['thought', 'file', 'text', 'end']);
	});

	it('tells of pages when the file was refused', async () => {
		const blank: AnswerEvent = { kind: 'text', text: ' ' };
		assert.deepEqual(await told(blank, { kind: 'repair', repair: { kind: 'pdf-as-pages' } }, text, end), [
			'text',
			'repair',
			'pages',
			'text',
			'end',
		]);
	});

	it('tells of an answer without text, and nothing without an answer', async () => {
		assert.deepEqual(await told(end), ['file', 'end']);
		assert.deepEqual(await told(), []);
	});
});
