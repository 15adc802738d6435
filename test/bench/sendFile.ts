// Run in a process of its own, with --expose-gc: what it costs to send a PDF of 50 MB, by us or by a bare fetch.
import { readFileSync } from 'node:fs';
import { argv, memoryUsage } from 'node:process';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { answer } from '../../src/client/index.ts';
import { createRemoteTransport } from '../../src/client/transport/remoteTransport.ts';

const [, , how = '', origin = '', certificate] = argv;
const megabyte = 1_000_000;

/** What a process pays for having sent a file. */
export interface Cost {
	/** At the peak, beside the file itself. */
	readonly megabytes: number;
	/** The longest that nothing else could run, in ms. */
	readonly stall: number;
}

async function send(content: Buffer): Promise<void> {
	if (how === 'fetch') {
		const file_data = `data:application/pdf;base64,${content.toString('base64')}`;
		const parts = [{ type: 'file', file: { filename: 'a.pdf', file_data } }];
		const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: parts }] });
		const headers = { 'content-type': 'application/json', 'x-short': '1' };
		await (await fetch(`${origin}/v1/chat/completions`, { method: 'POST', headers, body })).text();
		return;
	}
	const parts = [{ kind: 'pdf', name: 'a.pdf', content }] as const;
	const endpoint = {
		protocol: 'chat-completions',
		baseUrl: origin,
		auth: 'none',
		headers: { 'x-short': '1' },
	} as const;
	const request = { model: 'm', turns: [{ role: 'user', parts }] } as const;
	// The remote transport is meant: a name of this machine would choose the other one.
	const options = certificate === undefined ? {} : { transport: createRemoteTransport() };
	for await (const event of answer(request, endpoint, options)) {
		void event;
	}
}

if (certificate !== undefined) {
	setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
}
await send(Buffer.alloc(100_000));
const file = Buffer.alloc(50 * megabyte, 'abcdefg');
globalThis.gc?.();
await new Promise((resolve) => setTimeout(resolve, 100));
const before = memoryUsage.rss();
let peak = before;
let stall = 0;
let last = performance.now();
function look(): void {
	const now = performance.now();
	peak = Math.max(peak, memoryUsage.rss());
	stall = Math.max(stall, now - last);
	last = now;
}
const watch = setInterval(look, 1);
await send(file);
clearInterval(watch);
look();
console.log(JSON.stringify({ megabytes: (peak - before) / megabyte, stall } satisfies Cost));
process.exit();
