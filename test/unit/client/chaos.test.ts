import assert from 'node:assert/strict';
import { getActiveResourcesInfo } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { answer, Lanes, Learned } from '../../../src/client/index.ts';
import type { ClientOptions, FailureKind, Request } from '../../../src/client/index.ts';
import { createLoopbackTransport } from '../../../src/client/transport/loopbackTransport.ts';
import { createRemoteTransport } from '../../../src/client/transport/remoteTransport.ts';
import { quickClock } from './quickClock.ts';
import { certificate, startRawServer } from './rawServer.ts';
import type { Play, RawServer } from './rawServer.ts';
import { ask, collect } from './replay.ts';
import type { Collected } from './replay.ts';
import { chunk, content, done, events, stop } from './wireCases.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n';
const streamed = `${head}transfer-encoding: chunked\r\n\r\n`;
const piece = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const lastPiece = '0\r\n\r\n';
const role = piece(events(chunk({ role: 'assistant', content: '' })));
const hello = piece(events(content('Hello')));
const finish = piece(events(stop));
const rest = piece(events(stop, done)) + lastPiece;
const whole = events(content('Hello'), stop, done);
const refused = (status: number, headers = ''): string =>
	`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n${headers}\r\n`;

const says =
	(...texts: readonly string[]): Play =>
	async (socket) => {
		for (const text of texts) {
			socket.write(text, 'latin1');
			// Else they would leave together.
			await new Promise((resolve) => setImmediate(resolve));
		}
	};
const saysAndEnds =
	(...texts: readonly string[]): Play =>
	async (socket, reset) => {
		await says(...texts)(socket, reset);
		socket.end();
	};
const saysAndResets =
	(...texts: readonly string[]): Play =>
	async (socket, reset) => {
		await says(...texts)(socket, reset);
		// A reset overtakes what was not read yet.
		await wait(texts.length === 0 ? 0 : 60);
		reset();
	};
const good = saysAndEnds(streamed, role, hello, rest);

interface ChaosCase {
	readonly plays: readonly Play[];
	readonly end?: 'stop';
	readonly failure?: FailureKind;
	readonly text: string;
	readonly requests: number;
	readonly options?: ClientOptions;
	readonly request?: Request;
}

const answered = { end: 'stop', text: 'Hello' } as const;
const again = { ...answered, requests: 2 } as const;
const atOnce = { ...answered, requests: 1 } as const;
const impatient: ClientOptions = { timers: { firstByte: 120, byteIdle: 60, graceAfterFinish: 60 } };
const large: Request = {
	model: 'm',
	turns: [{ role: 'user', parts: [{ kind: 'image', mediaType: 'image/png', content: Buffer.alloc(6_000_000, 7) }] }],
};

const cases: Readonly<Record<string, ChaosCase>> = {
	'a reset before the head': { plays: [saysAndResets(), good], ...again },
	'an end before the head': { plays: [saysAndEnds(), good], ...again },
	'a reset in the head': { plays: [saysAndResets('HTTP/1.1 200 O'), good], ...again },
	'a reset after the head': { plays: [saysAndResets(streamed), good], ...again },
	'an end after the head': { plays: [saysAndEnds(streamed), good], ...again },
	'a reset before text': { plays: [saysAndResets(streamed, role), good], ...again },
	'a reset in the first event': { plays: [saysAndResets(streamed, 'ff\r\ndata: {"choi'), good], ...again },
	'a reset in an event (2.4 socket error; 7.1 #11)': {
		plays: [saysAndResets(streamed, hello, 'ff\r\ndata: {"choi'), good],
		failure: 'network',
		text: 'Hello',
		requests: 1,
	},
	'an end in a chunk': {
		plays: [saysAndEnds(streamed, hello, 'ff\r\ndata: {"choi'), good],
		failure: 'network',
		text: 'Hello',
		requests: 1,
	},
	'an end between events': {
		plays: [saysAndEnds(streamed, hello, lastPiece), good],
		failure: 'truncated',
		text: 'Hello',
		requests: 1,
	},
	'a reset after the finish': { plays: [saysAndResets(streamed, hello, finish)], ...atOnce },
	'an end after the finish, in a chunk': { plays: [saysAndEnds(streamed, hello, finish, 'ff\r\nda')], ...atOnce },
	'a server that never ends': { plays: [says(streamed, hello, rest.slice(0, -lastPiece.length))], ...atOnce },
	'a length that is never reached': {
		plays: [saysAndEnds(`${head}content-length: 9999\r\n\r\n`, whole)],
		...atOnce,
	},
	'no length at all': { plays: [saysAndEnds(`${head}\r\n`, whole)], ...atOnce },
	'one byte at a time': { plays: [saysAndEnds(...(streamed + role + hello + rest).split(''))], ...atOnce },
	'a server that ignores that a stream is wanted': {
		plays: [
			saysAndEnds(
				`${head}content-length: 72\r\n\r\n`,
				'{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}    ',
			),
		],
		...atOnce,
	},
	'words before the head': {
		plays: [
			saysAndEnds(
				'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
				streamed,
				hello,
				rest,
			),
		],
		...atOnce,
	},
	'a reset after words before the head': { plays: [saysAndResets('HTTP/1.1 102 Processing\r\n\r\n'), good], ...again },
	'silence before the head': {
		plays: [says(), says('HTTP/1.1 200 '), good],
		failure: 'timeout',
		text: '',
		requests: 2,
		options: impatient,
	},
	'silence after the head': {
		plays: [says(streamed), good],
		failure: 'timeout',
		text: '',
		requests: 1,
		options: impatient,
	},
	'silence in the answer': {
		plays: [says(streamed, hello), good],
		failure: 'timeout',
		text: 'Hello',
		requests: 1,
		options: impatient,
	},
	'silence after the finish': { plays: [says(streamed, hello, finish)], ...atOnce, options: impatient },
	'a redirect whose body never ends': {
		plays: [says(`HTTP/1.1 302 Found\r\nlocation: https://evil.test/\r\ncontent-length: 99\r\n\r\n<html>`), good],
		failure: 'invalid-response',
		text: '',
		requests: 1,
	},
	'no content': {
		plays: [saysAndEnds('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'), good],
		...again,
	},
	'an empty body': { plays: [saysAndEnds(`${head}content-length: 0\r\n\r\n`), good], ...again },
	'what is no HTTP': {
		plays: [saysAndEnds('SSH-2.0-OpenSSH_9.6\r\n')],
		failure: 'invalid-response',
		text: '',
		requests: 1,
	},
	'a head without end': {
		plays: [saysAndEnds('HTTP/1.1 200 OK\r\n', `x: ${'y'.repeat(100_000)}\r\n`)],
		failure: 'invalid-response',
		text: '',
		requests: 1,
	},
	'a bad chunk': { plays: [saysAndEnds(streamed, role, 'zz\r\n')], failure: 'invalid-response', text: '', requests: 1 },
	'a storm of refusals': {
		plays: [saysAndEnds(refused(429)), saysAndEnds(refused(429, 'retry-after: 3\r\n')), good],
		...answered,
		requests: 3,
	},
	'all at once': {
		plays: [saysAndResets(), saysAndEnds(refused(503)), good],
		...answered,
		requests: 3,
	},
	'a large request to a server that reads slowly': {
		plays: [good],
		...atOnce,
		request: large,
	},
	'a large request, sent again': { plays: [saysAndResets(streamed, role), good], ...again, request: large },
};

const trusted = getCACertificates('default');

for (const [name, secure, createTransport] of [
	['to this machine', false, createLoopbackTransport],
	['to remote hosts', true, createRemoteTransport],
] as const) {
	describe(`an exchange over the transport ${name}`, () => {
		let server: RawServer;

		beforeEach(async () => {
			setDefaultCACertificates([...trusted, certificate]);
			server = await startRawServer({ secure });
			server.greet = (socket) => {
				socket.pause();
				setTimeout(() => socket.resume(), 3);
			};
		});

		afterEach(async () => {
			await server.close();
			setDefaultCACertificates(trusted);
		});

		// The first use of TLS takes its time.
		before(async () => {
			setDefaultCACertificates([...trusted, certificate]);
			const other = await startRawServer({ secure });
			other.next(good);
			await collect(answer(ask('?'), { protocol: 'chat-completions', baseUrl: other.origin, auth: 'none' }));
			await other.close();
		});

		async function run({ plays, options, request }: ChaosCase): Promise<Collected> {
			server.next(...plays);
			const endpoint = { protocol: 'chat-completions', baseUrl: server.origin, auth: 'none' } as const;
			const own = { clock: quickClock(), lanes: new Lanes(), learned: new Learned(), transport: createTransport() };
			return collect(answer(request ?? ask('?'), endpoint, { ...own, ...options }));
		}

		for (const [what, chaos] of Object.entries(cases)) {
			it(`survives ${what}`, async () => {
				const before = leftovers();
				const { end, failure, text } = await run(chaos);
				assert.deepEqual(
					{ end, failure: failure?.kind, text, requests: server.requests },
					{ end: chaos.end, failure: chaos.failure, text: chaos.text, requests: chaos.requests },
					`${failure?.code} ${String(failure?.cause)}`,
				);
				await server.idle();
				// A leak would let this test run out of its time.
				while (leftovers() > before) {
					await new Promise((resolve) => setImmediate(resolve));
				}
			});
		}
	});
}

/** Timers and connections that keep the process alive, without the timer that limits a test. */
function leftovers(): number {
	const names = getActiveResourcesInfo();
	const timers = names.filter((name) => name === 'Timeout').length;
	return names.filter((name) => /Socket|TLS/.test(name)).length + Math.max(0, timers - 1);
}
