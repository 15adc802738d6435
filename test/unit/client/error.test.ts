import assert from 'node:assert/strict';
import { answer } from '../../../src/client/index.ts';
import type { Failure } from '../../../src/client/index.ts';
import { failureOf } from '../../../src/client/failure/failureOf.ts';
import { errorCases } from './errorCases.ts';
import { alone, ask, collect, comparable, endpoint, geminiEndpoint, replay } from './replay.ts';

const bytesOf = (body: unknown): Buffer =>
	body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

function failureFrom(
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
	key?: string,
): Failure {
	return failureOf({ status, headers, body, key }, 0);
}

describe('an error of a server', () => {
	for (const { name, status, headers, body, expected, retryAfter, requestId } of errorCases) {
		for (const from of [endpoint, geminiEndpoint]) {
			it(`${name}, ${from.protocol}`, async () => {
				const transport = replay([bytesOf(body)], { status, ...(headers ? { headers } : {}) });
				const collected = await collect(answer(ask('?'), from, { ...alone(), transport }));
				assert.deepEqual(comparable(collected, expected), { text: '', ...expected });
				assert.equal(collected.failure?.retryAfter, retryAfter);
				if (requestId !== undefined) {
					assert.equal(collected.failure?.requestId, requestId);
				}
			});
		}
	}

	it('tells the time to wait until a date', () => {
		const failure = failureFrom(503, '', { 'retry-after': new Date(9000).toUTCString() });
		assert.equal(failure.retryAfter, 9000);
	});

	it('reads no more than the beginning of an endless body', async () => {
		let sent = 0;
		const transport = replay([]);
		const endless = async (message: Parameters<typeof transport>[0]): ReturnType<typeof transport> => ({
			...(await transport(message)),
			status: 400,
			body: (async function* () {
				for (;;) {
					sent += 1024;
					yield await Promise.resolve(Buffer.alloc(1024, 'x'));
				}
			})(),
		});
		const { failure } = await collect(answer(ask('?'), endpoint, { ...alone(), transport: endless }));
		assert.equal(failure?.kind, 'bad-request');
		assert.ok(sent <= 65 * 1024, `${sent}`);
	});

	for (const [secret, shown] of [
		['sk-proj-abcDEF123_-456 is wrong', 'sk-… is wrong'],
		['key AIzaSyD-123456_789 is wrong', 'key AIza… is wrong'],
		['got "Authorization: Bearer abc.def-ghi"', 'got "Authorization: Bearer …"'],
		['nul\u0000 and\u001b[31m bell', 'nul and [31m bell'],
		['at https://h/v1?key=abc&alt=sse', 'at https://h/v1?key=…&alt=sse'],
		['the key my-own-key is wrong', 'the key … is wrong'],
		[`image data:image/png;base64,${'iVBOR/+0'.repeat(5000)}== is wrong`, 'image data:image/png;base64,… is wrong'],
	] as const) {
		it(`is shown without secrets: ${shown}`, () => {
			const failure = failureFrom(400, { error: { message: secret } }, {}, ' my-own-key ');
			assert.equal(failure.serverMessage, shown);
			assert.equal(failure.message, shown);
		});
	}

	it('is cut to a paragraph', () => {
		const { serverMessage } = failureFrom(400, { message: 'word '.repeat(9999) });
		assert.equal(serverMessage?.length, 1001);
	});

	it('survives any nesting', () => {
		let body: unknown = 'bottom';
		for (let depth = 0; depth < 5000; depth++) {
			body = { error: body };
		}
		assert.equal(failureFrom(500, body).kind, 'server');
	});
});
