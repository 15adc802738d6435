import assert from 'node:assert/strict';
import { afterReload, fromSaved, newConversation, newTurn } from '../../../src/conversation/state.ts';

/** As version 0.1.0 wrote it. */
const old = {
	id: '9f2b7c1e-0000-4000-8000-000000000000',
	attachments: [{ uri: 'file:///harbour.jpg', name: 'harbour.jpg', detail: '2 MB' }],
	turns: [
		{
			id: 1,
			purpose: 'describe',
			question: 'Describe',
			answer: 'A harbour.',
			status: 'done',
			coverage: [],
			answeredBy: { name: 'gpt-4o', host: 'models.example' },
			usage: { prompt: 5, output: 3 },
			duration: 1200,
		},
		{
			id: 2,
			purpose: 'ask',
			question: 'Why?',
			answer: '',
			status: 'failed',
			coverage: [],
			failure: { sentence: 'The server failed.', actions: [] },
		},
	],
};

describe('A saved conversation', () => {
	it('of an older version has what that did not know', () => {
		const state = fromSaved(JSON.stringify(old));
		const [first, second] = state?.turns ?? [];
		assert.deepEqual(first, {
			...newTurn(1, 'describe', 'Describe'),
			answer: 'A harbour.',
			status: 'done',
			answeredBy: { name: 'gpt-4o', host: 'models.example' },
			usage: { prompt: 5, output: 3 },
			duration: 1200,
		});
		assert.equal(second?.failure?.tone, 'error');
		assert.deepEqual(state?.attachments, [
			{ ...newConversation('', [{ uri: 'file:///harbour.jpg', name: 'harbour.jpg' }]).attachments[0], detail: '2 MB' },
		]);
	});

	it('comes back as it was', () => {
		const file = { uri: 'https://pictures.example/a.png', name: 'a.png', byAddress: true };
		const state = { ...newConversation('id', [file]), turns: [{ ...newTurn(1, 'ask', 'Why?'), answer: 'So.' }] };
		assert.equal(JSON.stringify(fromSaved(JSON.stringify(state))), JSON.stringify(state));
	});

	for (const json of ['null', '3', '{}', '{"id":"x"}', '{"id":"x","turns":{},"attachments":[]}']) {
		it(`is none when the file holds ${json}`, () => assert.equal(fromSaved(json), undefined));
	}

	it('that was waiting is stopped after a reload', () => {
		const turn = { ...newTurn(1, 'ask', 'Why?'), status: 'waiting', wait: 'Waiting 12 s' } as const;
		const [stopped] = afterReload({ ...newConversation('id', []), turns: [turn] }).turns;
		assert.equal(stopped?.status, 'stopped');
		assert.equal(stopped.wait, undefined);
	});
});
