import assert from 'node:assert/strict';
import type { ConversationState } from '../../../src/conversation/messages.ts';
import { ConversationSaving } from '../../../src/conversation/saving.ts';
import { newConversation } from '../../../src/conversation/state.ts';
import { eventually } from '../../eventually.ts';
import { createGate } from '../../modelServer.ts';

const fail = (error: unknown): never => assert.fail(String(error));
const state = (id: string): ConversationState => newConversation(id, []);

describe('a conversation is saved', () => {
	it('one state at a time, and of those that come meanwhile the newest', async () => {
		const gate = createGate();
		const written: string[] = [];
		const saving = new ConversationSaving(async ({ id }) => {
			written.push(id);
			await gate.opened;
		}, fail);
		['first', 'second', 'third'].forEach((id) => saving.save(state(id)));
		assert.deepEqual(written, ['first']);
		gate.open();
		await eventually(() => assert.deepEqual(written, ['first', 'third']));
	});

	it('while its answer grows, as it is then and not for each word', async () => {
		const written: string[] = [];
		const saving = new ConversationSaving(({ id }) => Promise.resolve(void written.push(id)), fail, {
			often: 1,
		});
		let words = 0;
		const grow = (): void => {
			words++;
			saving.saveSoon(() => state(`${words} words`));
		};
		[grow, grow, grow].forEach((one) => one());
		await eventually(() => assert.deepEqual(written, ['3 words']));
		grow();
		await eventually(() => assert.deepEqual(written, ['3 words', '4 words']));
	});

	it('again after a write that failed', async () => {
		const failures: unknown[] = [];
		const written: string[] = [];
		const saving = new ConversationSaving(
			({ id }) =>
				id === 'bad' ? Promise.reject(new Error('The disk is full.')) : Promise.resolve(void written.push(id)),
			(error) => failures.push(error),
		);
		saving.save(state('bad'));
		await eventually(() => assert.equal(failures.length, 1));
		saving.save(state('good'));
		await eventually(() => assert.deepEqual(written, ['good']));
	});

	it('no more when it has ended, which waits for what is being written', async () => {
		const gate = createGate();
		const written: string[] = [];
		const saving = new ConversationSaving(
			async ({ id }) => {
				await gate.opened;
				written.push(id);
			},
			fail,
			{ often: 1 },
		);
		saving.save(state('first'));
		saving.save(state('second'));
		saving.saveSoon(() => state('third'));
		const ended = saving.end();
		gate.open();
		await ended;
		saving.save(state('fourth'));
		saving.saveSoon(() => state('fifth'));
		await new Promise((resolve) => setTimeout(resolve, 10));
		assert.deepEqual(written, ['first']);
	});
});
