import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TurnState } from '../../../src/conversation/messages.ts';
import { newTurn } from '../../../src/conversation/state.ts';
import { afterEnd, afterEvent, type EventSentences, type TurnEvent } from '../../../src/conversation/turnEvents.ts';

const sentences: EventSentences = {
	coverage: ({ name }) => `read ${name}`,
	frames: ({ name, frameCount }) => `saw ${name}, ${frameCount}`,
	wait: ({ milliseconds, reason }, host) => `${reason} at ${host}: ${milliseconds}`,
	repair: ({ kind }, host) => `${kind} at ${host}`,
	call: (name) => `wanted ${name}`,
};

const asked: TurnState = {
	...newTurn(1, 'ask', 'How many?'),
	status: 'waiting',
	answeredBy: { name: 'gpt-4o', host: 'models.example' },
};

/** The turn after events, one each second. */
function after(...events: readonly TurnEvent[]): TurnState {
	return events.reduce((turn, event, index) => afterEvent(turn, event, (index + 1) * 1000, sentences), asked);
}

const text = (words: string): TurnEvent => ({ kind: 'text', text: words });
const thought = (words: string): TurnEvent => ({ kind: 'thought', text: words });
const page = (uri: string, title = '', start = 0): TurnEvent => ({
	kind: 'source',
	source: { uri, title, spans: [{ start, end: start + 1 }] },
});

describe('A turn', () => {
	it('gathers text, and answers from its first piece', () => {
		const turn = after(text('Two '), text('boats.'));
		assert.equal(turn.answer, 'Two boats.');
		assert.equal(turn.status, 'answering');
	});

	it('gathers thoughts, and knows how long they took when something to see comes', () => {
		assert.deepEqual(after(thought('Let me '), thought('look.')).thoughts, {
			text: 'Let me look.',
			began: 1000,
			ended: undefined,
		});
		assert.equal(after(thought('Hm.'), text('Two.')).thoughts?.ended, 2000);
		const image: TurnEvent = { kind: 'image', file: 'a.png', mediaType: 'image/png', signature: undefined };
		assert.equal(after(thought('Hm.'), image).thoughts?.ended, 2000);
		assert.equal(afterEnd(after(thought('Hm.')), { status: 'stopped' }, 5000).thoughts?.ended, 5000);
	});

	it('forgets the thoughts of a try that failed, and says how long it waits for the next', () => {
		const turn = after(thought('Hm.'), { kind: 'wait', milliseconds: 12_000, reason: 'rate' });
		assert.equal(turn.thoughts, undefined);
		assert.equal(turn.wait, 'rate at models.example: 12000');
		assert.equal(turn.status, 'waiting');
	});

	it('keeps nothing of a try that failed before anything was seen, and all of what was seen', () => {
		const mark: TurnEvent = { kind: 'signature', signature: 'of the first try' };
		for (const again of [
			{ kind: 'wait', milliseconds: 1, reason: 'server' },
			{ kind: 'repair', repair: { kind: 'image-shrunk' } },
		] as const) {
			const unseen = after(thought('Hm.'), text(' \n'), mark, again);
			assert.deepEqual([unseen.answer, unseen.items, unseen.thoughts], ['', [], undefined]);
			const seen = after(thought('Hm.'), text('Two'), mark, again);
			assert.deepEqual([seen.answer, seen.items.length, seen.thoughts?.text], ['Two', 1, 'Hm.']);
		}
	});

	it('waits no more when thoughts, text or the end come', () => {
		const wait: TurnEvent = { kind: 'wait', milliseconds: 12_000, reason: 'rate' };
		assert.equal(after(wait, thought('Hm.')).wait, undefined);
		assert.equal(after(wait, text('Two.')).wait, undefined);
		assert.equal(afterEnd(after(wait), { status: 'stopped' }, 1).wait, undefined);
	});

	it('remembers where in the text images, programs and marks stand', () => {
		const turn = after(
			text('One'),
			{ kind: 'signature', signature: 'abc' },
			{ kind: 'image', file: 'a.png', mediaType: 'image/png', signature: 'def' },
			text(' two'),
			{ kind: 'code', language: 'python', code: 'print(2)' },
			{ kind: 'code-result', outcome: 'OUTCOME_OK', output: '2' },
		);
		assert.deepEqual(turn.items, [
			{ kind: 'signature', at: 3, signature: 'abc' },
			{ kind: 'image', at: 3, file: 'a.png', mediaType: 'image/png', signature: 'def' },
			{ kind: 'program', at: 7, language: 'python', code: 'print(2)', result: { failed: false, output: '2' } },
		]);
	});

	it('gives each program its own result, and shows one that comes alone', () => {
		const code: TurnEvent = { kind: 'code', language: 'python', code: 'x' };
		const result = (outcome: string, output: string): TurnEvent => ({ kind: 'code-result', outcome, output });
		const { items } = after(code, result('OUTCOME_FAILED', '1'), code, result('ok', '2'), result('OUTCOME_OK', '3'));
		assert.deepEqual(
			items.map((item) => item.kind === 'program' && item.result),
			[
				{ failed: true, output: '1' },
				{ failed: false, output: '2' },
				{ failed: false, output: '3' },
			],
		);
	});

	it('numbers pages once each, and takes none that is not of the web', () => {
		const { sources } = after(
			page('https://a.example/x', 'A'),
			page('javascript:alert(1)', 'B'),
			page('vscode://x/y'),
			page('no address'),
			page('http://b.example/'),
			page('https://a.example/x', 'again', 5),
		);
		assert.deepEqual(sources, [
			{
				uri: 'https://a.example/x',
				title: 'A',
				host: 'a.example',
				spans: [
					{ start: 0, end: 1 },
					{ start: 5, end: 6 },
				],
			},
			{ uri: 'http://b.example/', title: 'b.example', host: 'b.example', spans: [{ start: 0, end: 1 }] },
		]);
	});

	for (const [name, isAnother] of [
		['gpt-4o', false],
		['gpt-4o-2024-08-06', false],
		['openai/gpt-4o', false],
		['gpt-4o:latest', false],
		['gpt-4o-mini', true],
		['gemini-2.0-flash', true],
	] as const) {
		it(`asked for gpt-4o ${isAnother ? 'says so when' : 'says nothing more when'} ${name} answers`, () => {
			const turn = after({ kind: 'model', model: name });
			assert.equal(turn.answeredBy?.name, name);
			assert.equal(turn.answeredBy.host, 'models.example');
			assert.equal(turn.asked, isAnother ? 'gpt-4o' : undefined);
		});
	}

	it('compares with the model that was asked, whichever answered a try before', () => {
		const model = (name: string): TurnEvent => ({ kind: 'model', model: name });
		const wait: TurnEvent = { kind: 'wait', milliseconds: 1, reason: 'server' };
		assert.equal(after(model('gemini-2.0-flash'), wait, model('claude')).asked, 'gpt-4o');
		assert.equal(after(model('gemini-2.0-flash'), wait, model('gpt-4o')).asked, undefined);
	});

	it('says what was repaired and what the model wanted run', () => {
		const turn = after(
			{ kind: 'repair', repair: { kind: 'image-shrunk' } },
			{ kind: 'call', name: 'open_door', arguments: '{}' },
		);
		assert.deepEqual(turn.remarks, ['image-shrunk at models.example', 'wanted open_door']);
	});

	it('has all text in its order, whatever comes between', () => {
		const other = fc.constantFrom<TurnEvent>(
			thought('Hm.'),
			{ kind: 'signature', signature: 's' },
			{ kind: 'code', language: '', code: 'x' },
			{ kind: 'code-result', outcome: '', output: '' },
			{ kind: 'wait', milliseconds: 1, reason: 'rate' },
			{ kind: 'model', model: 'x' },
			{ kind: 'end', reason: 'stop' },
		);
		// Blanks alone are void where another try follows.
		const words = fc.string().map((some) => text(`${some}.`));
		fc.assert(
			fc.property(fc.array(fc.oneof(words, other)), (events) => {
				const turn = after(...events);
				assert.equal(turn.answer, events.map((event) => (event.kind === 'text' ? event.text : '')).join(''));
				assert.ok(turn.items.every(({ at }, index) => at >= (turn.items[index - 1]?.at ?? 0)));
				assert.ok(turn.items.every(({ at }) => at <= turn.answer.length));
			}),
		);
	});
});
