import assert from 'node:assert/strict';
import { createGate, startModelServer } from '../../modelServer.ts';
import type { ModelServer } from '../../modelServer.ts';

describe('the model server of the tests', () => {
	let server: ModelServer;

	beforeEach(async () => {
		server = await startModelServer();
	});

	afterEach(() => server.close());

	function post(body: unknown): Promise<Response> {
		return fetch(`${server.baseUrl}/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
	}

	const messages = [{ role: 'user', content: 'Hi' }];

	it('answers as a server does', async () => {
		const response = await post({ model: 'm', messages });
		assert.deepEqual(await response.json(), {
			id: 'chatcmpl-test',
			object: 'chat.completion',
			created: 1_760_000_000,
			model: 'm',
			choices: [
				{
					index: 0,
					message: { role: 'assistant', content: 'I see no image. You asked: "Hi".', refusal: null },
					logprobs: null,
					finish_reason: 'stop',
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 8, total_tokens: 9 },
		});
	});

	it('streams as a server does', async () => {
		server.next({ text: ['a', 'b'] });
		const text = await (
			await post({ model: 'm', messages, stream: true, stream_options: { include_usage: true } })
		).text();
		const events = text.split('\n\n').slice(0, -1);
		assert.equal(events.length, 6);
		assert.ok(events.every((event) => event.startsWith('data: ')));
		assert.equal(events[5], 'data: [DONE]');
		assert.match(events[4] ?? '', /"choices":\[\],"usage":\{"prompt_tokens":1,/);
		assert.match(events[3] ?? '', /"finish_reason":"stop","delta":\{\}/);
	});

	it('tells follow-up questions from first ones', async () => {
		const turns = [...messages, { role: 'assistant', content: 'Hello' }, { role: 'user', content: 'Why?' }];
		const text = await (await post({ model: 'm', messages: turns })).text();
		assert.match(text, /You asked: \\"Why\?\\"\. This is question 2 of the conversation\./);
	});

	it('records what came, and who left early', async () => {
		const gate = createGate();
		server.next({ text: [gate.opened] });
		const controller = new AbortController();
		const { signal } = controller;
		const url = `${server.baseUrl}/chat/completions`;
		const asked = fetch(url, { method: 'POST', body: JSON.stringify({ model: 'm', messages }), signal });
		const received = await server.request(0);
		assert.deepEqual(received.body, { model: 'm', messages });
		controller.abort();
		await assert.rejects(asked);
		assert.equal(await received.closedEarly, true);
		await (await post({ model: 'm', messages })).text();
		assert.equal(await (await server.request(1)).closedEarly, false);
	});

	for (const [what, body, status] of [
		['what is no JSON', undefined, 400],
		['a request without messages', { model: 'm' }, 400],
		['a model that is missing', { model: 'missing', messages }, 404],
	] as const) {
		it(`refuses ${what}`, async () => assert.equal((await post(body)).status, status));
	}

	it('ends answers under way when it closes', async () => {
		const asked = post({ model: 'never', messages, stream: true }).then((response) => response.text());
		await server.request(0);
		await server.close();
		await assert.rejects(asked);
		server = await startModelServer();
	});
});
