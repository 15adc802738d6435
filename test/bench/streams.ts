// Run in a process of its own: serves long answers, and takes large files, over HTTP or, with a certificate, TLS.
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { argv } from 'node:process';

const count = 40_000;
const words = ' the quick brown fox jumps over it';

const events = (list: readonly object[], end = ''): Buffer =>
	Buffer.from(list.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('') + end);

const chunk = (rest: object): object => ({
	id: 'chatcmpl-0123456789abcdefghijklmnopqrs',
	object: 'chat.completion.chunk',
	created: 1_760_000_000,
	model: 'test-vision',
	service_tier: 'default',
	system_fingerprint: 'fp_0123456789',
	...rest,
});
const delta = (content: string, finish: string | null = null): object =>
	chunk({ choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: finish }] });
const chat = events(
	[
		...Array.from({ length: count }, () => delta(words)),
		delta('', 'stop'),
		chunk({ choices: [], usage: { prompt_tokens: 9, completion_tokens: count, total_tokens: count + 9 } }),
	],
	'data: [DONE]\n\n',
);

const candidate = (finish: object): object => ({
	candidates: [{ content: { parts: [{ text: words }], role: 'model' }, index: 0, ...finish }],
	usageMetadata: { promptTokenCount: 9, candidatesTokenCount: count, totalTokenCount: count + 9 },
	modelVersion: 'gemini-test',
	responseId: '0123456789abcdefghijkl',
});
const gemini = events([...Array.from({ length: count - 1 }, () => candidate({})), candidate({ finishReason: 'STOP' })]);

const piece = 64 * 1024;

const listen: RequestListener = (request, response) => {
	const url = request.url ?? '';
	const body = url.includes('/chat/completions') ? chat : gemini;
	const end = request.headers['x-short'] ? body.indexOf('\n\n') + 2 : body.length;
	let received = 0;
	request.on('data', (bytes: Buffer) => (received += bytes.length));
	request.on('end', () => {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'x-received': String(received) });
		let at = 0;
		const write = (): void => {
			while (at < end) {
				const part = body.subarray(at, Math.min(end, at + piece));
				at += part.length;
				if (!response.write(part)) {
					response.once('drain', write);
					return;
				}
			}
			response.end(end < body.length ? (url.includes('chat') ? 'data: [DONE]\n\n' : '') : '');
		};
		write();
	});
};

const [, , cert, key] = argv;
const server =
	cert !== undefined && key !== undefined
		? createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, listen)
		: createPlainServer(listen);
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	console.log(cert === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`);
});
