import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { GoogleGenAI } from '@google/genai';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { answer } from '../../src/client/index.ts';
import type { Endpoint, Request } from '../../src/client/index.ts';
import type { Cost } from './sendFile.ts';

const rounds = 9;
/** Until the engine has compiled what is measured. */
const warmUps = 4;
const firstTokens = 60;
const sendings = 3;

/** Reads an answer, and returns how many characters it has. */
type Reader = (origin: string) => Promise<number>;

/** A protocol, its bare loop, and those who speak it beside us. */
interface Row {
	readonly protocol: Endpoint['protocol'];
	/** Where a bare fetch asks, and how it finds the text of an event. */
	readonly path: string;
	readonly textOf: (event: WireEvent) => string;
	readonly peers: Readonly<Record<string, Reader>>;
}

interface WireEvent {
	readonly choices?: readonly { readonly delta?: { readonly content?: string } }[];
	readonly candidates?: readonly { readonly content?: { readonly parts?: readonly { readonly text?: string }[] } }[];
}

const question = 'Describe this.';
const model = 'test-vision';

const rows: readonly Row[] = [
	{
		protocol: 'chat-completions',
		path: '/v1/chat/completions',
		textOf: ({ choices }) => choices?.[0]?.delta?.content ?? '',
		peers: { openai: readByOpenAI, ai: readByAI },
	},
	{
		protocol: 'gemini',
		path: `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
		textOf: ({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text ?? '',
		peers: { '@google/genai': readByGenAI },
	},
];

const request: Request = { model, turns: [{ role: 'user', parts: [{ kind: 'text', text: question }] }] };

/** 40,000 events over loopback as CPU and wall time against a bare loop in the same run; then what sending costs. */
export async function benchClient(): Promise<void> {
	const server = await startServer([]);
	for (const row of rows) {
		await benchReading(row, server.origin);
		await benchFirstToken(row, server.origin);
	}
	server.stop();
	await benchSending();
}

async function benchReading(row: Row, origin: string): Promise<void> {
	const readers: Readonly<Record<string, Reader>> = { ours: (from) => readOurs(row.protocol, from), ...row.peers };
	const bare = readBare(row);
	console.log(`${row.protocol}: 40,000 events, 10 MB, against fetch and JSON.parse; medians of ${rounds}`);
	for (const [name, read] of Object.entries(readers)) {
		const own: Times = { cpu: [], wall: [] };
		const base: Times = { cpu: [], wall: [] };
		const lengths = new Set<number>();
		// By turns with the bare loop, so that what else this machine does falls on both; not with each other, since what
		// one leaves to collect makes the engine forget what it compiled for another.
		for (let round = 0; round < warmUps + rounds; round++) {
			lengths.add(await measured(bare, origin, round < warmUps ? undefined : base));
			lengths.add(await measured(read, origin, round < warmUps ? undefined : own));
		}
		if (lengths.size !== 1) {
			throw new Error(`The readers read different answers: ${[...lengths].join(', ')} characters.`);
		}
		const goal = name === 'ours' ? ' (goal: 1.5 CPU)' : '';
		const ratios = `${ratio(own.cpu, base.cpu)} CPU, ${ratio(own.wall, base.wall)} wall`;
		console.log(`  ${name.padEnd(22)} ${median(own.cpu).toFixed(0).padStart(6)} ms CPU; ${ratios}${goal}`);
	}
}

interface Times {
	/** ms */
	readonly cpu: number[];
	/** ms */
	readonly wall: number[];
}

async function measured(read: Reader, origin: string, times: Times | undefined): Promise<number> {
	const cpu = process.cpuUsage();
	const wall = performance.now();
	const length = await read(origin);
	const { user, system } = process.cpuUsage(cpu);
	times?.cpu.push((user + system) / 1_000);
	times?.wall.push(performance.now() - wall);
	return length;
}

async function benchFirstToken(row: Row, origin: string): Promise<void> {
	const ours: number[] = [];
	const bare: number[] = [];
	for (let count = 0; count < firstTokens; count++) {
		ours.push(await timed(() => firstTextOfOurs(row.protocol, origin)));
		bare.push(await timed(() => firstTextOfFetch(row, origin)));
	}
	const more = median(ours) - median(bare);
	console.log(`  first token            ${more.toFixed(2).padStart(6)} ms more than a bare fetch (goal: 2)`);
}

async function benchSending(): Promise<void> {
	const fixture = (name: string): string => fileURLToPath(new URL(`../unit/client/${name}`, import.meta.url));
	const certificate = fixture('localhost.cert.pem');
	const script = fileURLToPath(new URL('sendFile.ts', import.meta.url));
	console.log('a PDF of 50 MB, sent');
	for (const [name, goal, files] of [
		['this machine', 20, []],
		['a remote host', 50, [certificate, fixture('localhost.key.pem')]],
	] as const) {
		const server = await startServer(files);
		for (const how of ['ours', 'fetch']) {
			const options = { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate } };
			const parameters = ['--expose-gc', script, how, server.origin, ...files.slice(0, 1)];
			const costs: Cost[] = [];
			for (let count = 0; count < sendings; count++) {
				const { stdout } = await promisify(execFile)(execPath, parameters, options);
				costs.push(JSON.parse(stdout) as Cost);
			}
			// What else this machine does only adds to a stall.
			const stall = Math.min(...costs.map((cost) => cost.stall));
			const megabytes = median(costs.map((cost) => cost.megabytes));
			const goals = how === 'ours' ? ` (goals: ${goal} MB, 15 ms)` : '';
			const label = `${how} to ${name}`.padEnd(22);
			console.log(
				`  ${label} ${megabytes.toFixed(0).padStart(6)} MB more; longest stall ${stall.toFixed(1)} ms${goals}`,
			);
		}
		server.stop();
	}
}

async function startServer(files: readonly string[]): Promise<{ readonly origin: string; stop(): void }> {
	const script = fileURLToPath(new URL('streams.ts', import.meta.url));
	const child = spawn(execPath, [script, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	return { origin: line.toString().trim(), stop: () => void child.kill() };
}

function readBare({ path, textOf }: Row): Reader {
	return async (origin) => {
		const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: question }] });
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(origin + path, { method: 'POST', headers, body });
		const decoder = new TextDecoder();
		let length = 0;
		let held = '';
		for await (const bytes of response.body ?? []) {
			const lines = (held + decoder.decode(bytes, { stream: true })).split('\n');
			held = lines.pop() ?? '';
			for (const line of lines) {
				if (line.startsWith('data: {')) {
					length += textOf(JSON.parse(line.slice(6)) as WireEvent).length;
				}
			}
		}
		return length;
	};
}

async function readOurs(protocol: Row['protocol'], origin: string): Promise<number> {
	let length = 0;
	for await (const event of answer(request, { protocol, baseUrl: origin, auth: 'none' })) {
		length += event.kind === 'text' ? event.text.length : 0;
	}
	return length;
}

async function readByOpenAI(origin: string): Promise<number> {
	const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: 'none' });
	const messages = [{ role: 'user', content: question }] as const;
	const chunks = await client.chat.completions.create({ model, stream: true, messages: [...messages] });
	let length = 0;
	for await (const { choices } of chunks) {
		length += choices[0]?.delta.content?.length ?? 0;
	}
	return length;
}

async function readByAI(origin: string): Promise<number> {
	const provider = createOpenAICompatible({ name: 'bench', baseURL: `${origin}/v1`, includeUsage: true });
	let length = 0;
	for await (const text of streamText({ model: provider(model), prompt: question }).textStream) {
		length += text.length;
	}
	return length;
}

async function readByGenAI(origin: string): Promise<number> {
	const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: origin } });
	let length = 0;
	for await (const { text = '' } of await client.models.generateContentStream({ model, contents: question })) {
		length += text.length;
	}
	return length;
}

async function firstTextOfOurs(protocol: Row['protocol'], origin: string): Promise<void> {
	const endpoint: Endpoint = { protocol, baseUrl: origin, auth: 'none', headers: { 'x-short': '1' } };
	for await (const { kind } of answer(request, endpoint)) {
		if (kind === 'text') {
			return;
		}
	}
}

async function firstTextOfFetch({ path, textOf }: Row, origin: string): Promise<void> {
	const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: question }] });
	const headers = { 'content-type': 'application/json', 'x-short': '1' };
	const response = await fetch(origin + path, { method: 'POST', headers, body });
	for await (const bytes of response.body ?? []) {
		const [line = ''] = Buffer.from(bytes).toString().split('\n');
		textOf(JSON.parse(line.slice(6)) as WireEvent);
		return;
	}
}

async function timed(work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

function ratio(times: readonly number[], base: readonly number[]): string {
	return `${(median(times) / median(base)).toFixed(2)} times`;
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}
