import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { answer } from '../../../src/client/index.ts';
import type { Endpoint, Request, Transport } from '../../../src/client/index.ts';
import { Base64Text, jsonBody } from '../../../src/client/body.ts';
import { collect, endpoint, replay } from './replay.ts';
import { content, events, stop } from './wireCases.ts';

const text = (value: string): { kind: 'text'; text: string } => ({ kind: 'text', text: value });

interface Sent {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	readonly bytes: number;
}

async function send(request: Partial<Request>, to: Partial<Endpoint> = {}, key?: string): Promise<Sent> {
	const sent: Sent[] = [];
	const reply = replay([Buffer.from(events(content('ok'), stop))]);
	const transport: Transport = (message) => {
		const bytes = Buffer.concat([...(message.body?.chunks() ?? [])]);
		const { url, headers } = message;
		sent.push({ url: url.href, headers, body: JSON.parse(bytes.toString()) as unknown, bytes: bytes.length });
		return reply(message);
	};
	const whole: Request = { model: 'm', turns: [{ role: 'user', parts: [text('hi')] }], ...request };
	const { failure } = await collect(answer(whole, { ...endpoint, ...to }, { transport, ...(key ? { key } : {}) }));
	const [only] = sent;
	if (!only) {
		throw failure ?? new Error('nothing sent');
	}
	return only;
}

describe('a request for chat completions', () => {
	it('asks for a stream and its usage', async () => {
		const { url, body } = await send({});
		assert.equal(url, 'https://host.test/v1/chat/completions');
		assert.deepEqual(body, {
			model: 'm',
			messages: [{ role: 'user', content: 'hi' }],
			stream: true,
			stream_options: { include_usage: true },
		});
	});

	it('asks for a whole answer', async () => {
		const { body } = await send({ parameters: { stream: false } });
		assert.deepEqual(body, { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: false });
	});

	it('carries system, turns and several images in order', async () => {
		const first = randomBytes(5);
		const second = randomBytes(400_000);
		const { body, bytes, headers } = await send({
			system: 'Be "brief"\n',
			turns: [
				{
					role: 'user',
					parts: [
						text('Image 1:'),
						{ kind: 'image', mediaType: 'image/png', content: first },
						text('Image 2:'),
						{ kind: 'image', mediaType: 'image/jpeg', content: second },
					],
				},
				{ role: 'assistant', parts: [text('A '), text('cat')] },
				{ role: 'user', parts: [text('Sure? 🦉')] },
			],
		});
		const url = (type: string, data: Buffer): object => ({
			type: 'image_url',
			image_url: { url: `data:${type};base64,${data.toString('base64')}` },
		});
		assert.deepEqual((body as { messages: unknown }).messages, [
			{ role: 'system', content: 'Be "brief"\n' },
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'Image 1:' },
					url('image/png', first),
					{ type: 'text', text: 'Image 2:' },
					url('image/jpeg', second),
				],
			},
			{ role: 'assistant', content: 'A cat' },
			{ role: 'user', content: 'Sure? 🦉' },
		]);
		assert.equal(headers['content-length'], String(bytes));
	});

	for (const [model, baseUrl, field] of [
		['gpt-4o', 'https://api.openai.com', 'max_tokens'],
		['gpt-5.5', 'https://api.openai.com', 'max_completion_tokens'],
		['gpt-5-chat', 'https://api.openai.com', 'max_tokens'],
		['o3-mini', 'https://api.openai.com', 'max_completion_tokens'],
		['openai/gpt-6', 'https://openrouter.ai/api/v1', 'max_completion_tokens'],
		['gemini-2.0-flash', 'https://api.maxtoken.io', 'max_completion_tokens'],
		['gemini-2.5-flash', 'https://api.anyfast.ai', 'max_tokens'],
		['gpt-oss:20b', 'http://localhost:11434', 'max_tokens'],
		['o1-open', 'http://localhost:1234', 'max_tokens'],
		['mistral-small', 'https://api.mistral.ai', 'max_tokens'],
		['gpt-5', 'https://api.maxtoken.io.evil.test', 'max_completion_tokens'],
		['x', 'https://evilmaxtoken.io', 'max_tokens'],
	] as const) {
		it(`limits tokens of ${model} at ${baseUrl} by ${field}`, async () => {
			const { body } = await send({ model, parameters: { maxOutputTokens: 5 } }, { baseUrl });
			const { max_tokens, max_completion_tokens } = body as Record<string, unknown>;
			assert.deepEqual(
				{ max_tokens, max_completion_tokens },
				{ max_tokens: undefined, max_completion_tokens: undefined, [field]: 5 },
			);
		});
	}

	it('carries the key as a bearer, and headers of the endpoint below its own', async () => {
		const own = { 'X-Title': 'Descry', 'Accept-Encoding': 'gzip', Authorization: 'Basic x' };
		const { headers } = await send({}, { headers: own }, ' secret ');
		assert.deepEqual(headers, {
			'x-title': 'Descry',
			'accept-encoding': 'identity',
			authorization: 'Bearer secret',
			'content-type': 'application/json',
			'content-length': headers['content-length'],
		});
	});

	it('carries no key where none is wanted', async () => {
		assert.equal((await send({}, { auth: 'none' }, 'secret')).headers['authorization'], undefined);
	});

	it('never carries a key unencrypted beyond this machine', async () => {
		const baseUrl = 'http://192.168.1.9:8080';
		await assert.rejects(send({}, { baseUrl }, 'secret'), { kind: 'auth', code: 'key-over-http' });
		assert.equal((await send({}, { baseUrl })).headers['authorization'], undefined);
		assert.equal((await send({}, { baseUrl: 'http://127.0.0.1:1' }, 'k')).headers['authorization'], 'Bearer k');
	});

	it('refuses a key that no header can carry, without telling it', async () => {
		await assert.rejects(send({}, {}, 'se\ncret'), (error: Error) => !error.message.includes('cret'));
	});
});

describe('a body of JSON and files', () => {
	for (const size of [0, 1, 2, 3, 196_607, 196_608, 196_609]) {
		it(`has the length it tells, with a file of ${size} bytes`, () => {
			const bytes = randomBytes(size);
			const body = jsonBody({ a: new Base64Text('data:x,', bytes), 'ü"': [new Base64Text('', bytes)] });
			const written = Buffer.concat([...body.chunks()]);
			const base64 = bytes.toString('base64');
			assert.equal(written.toString(), JSON.stringify({ a: `data:x,${base64}`, 'ü"': [base64] }));
			assert.equal(body.byteLength, written.length);
			assert.deepEqual(Buffer.concat([...body.chunks()]), written);
		});
	}
});
