import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { startModelServer } from '../../modelServer.ts';

/** What a process of its own prints, as JSON, when it runs this module and ends by itself. */
async function run(source: string, baseUrl: string): Promise<unknown> {
	const client = new URL('../../../src/client/index.ts', import.meta.url).href;
	const program = source.replaceAll('CLIENT', JSON.stringify(client)).replaceAll('BASE_URL', JSON.stringify(baseUrl));
	const { stdout } = await promisify(execFile)(execPath, ['--input-type=module', '-e', program], { timeout: 15_000 });
	return JSON.parse(stdout);
}

const request = `{ model: 'm', turns: [{ role: 'user', parts: [{ kind: 'text', text: '?' }] }] }`;
const endpoint = `{ protocol: 'chat-completions', baseUrl: BASE_URL, auth: 'none' }`;

describe('a process that asks a server on this machine', function () {
	this.timeout(20_000);

	it('keeps its global dispatchers, and ends soon after', async () => {
		const server = await startModelServer();
		const source = `
			import { answer } from CLIENT;
			const slots = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) => Symbol.for(name));
			const before = slots.map((slot) => Object.getOwnPropertyDescriptor(globalThis, slot));
			let text = '';
			for await (const event of answer(${request}, ${endpoint})) text += event.text ?? '';
			const after = slots.map((slot) => Object.getOwnPropertyDescriptor(globalThis, slot));
			const same = before.every((descriptor, index) => descriptor?.value === after[index]?.value);
			const unset = before.every((descriptor) => !descriptor);
			const end = performance.now();
			process.on('exit', () => {
				console.log(JSON.stringify({ text, same, unset, lingers: performance.now() - end > 1000 }));
			});`;
		assert.deepEqual(await run(source, server.baseUrl), {
			text: 'I see no image. You asked: "?".',
			same: true,
			unset: true,
			lingers: false,
		});
		await server.close();
	});

	it('loads no HTTP client before it asks', async () => {
		const source = `
			import { createRequire } from 'node:module';
			await import(CLIENT);
			const loaded = Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('undici'));
			console.log(JSON.stringify(loaded || process.moduleLoadList.some((name) => name === 'NativeModule https')));`;
		assert.equal(await run(source, ''), false);
	});
});
