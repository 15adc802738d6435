import assert from 'node:assert/strict';
import sharp from 'sharp';
import { checkConnection, type CheckOptions, type CheckResult } from '../../../src/models/check/connectionCheck.ts';
import type { NamedEndpoint } from '../../../src/models/settings/presets.ts';
import { probeColours, type ProbeColour, probeImage, probePdf } from '../../../src/models/check/probeFiles.ts';
import { type ModelServer, type ModelServerOptions, startModelServer } from '../../modelServer.ts';

const counted = ['one', ' two', ' three'];

describe('a check of the connection', () => {
	let server: ModelServer;

	afterEach(() => server.close());

	const here = (): NamedEndpoint => ({
		name: 'here',
		protocol: 'chat-completions',
		baseUrl: server.baseUrl,
		auth: 'bearer',
	});

	async function results(
		options: Partial<CheckOptions> = {},
		{ endpoint = here(), model = 'test-vision' } = {},
	): Promise<readonly CheckResult[]> {
		const found: CheckResult[] = [];
		const signal = new AbortController().signal;
		for await (const event of checkConnection(endpoint, model, {
			signal,
			parameters: {},
			random: () => 0,
			...options,
		})) {
			if (event.kind === 'result') {
				found.push(event.result);
			}
		}
		return found;
	}

	/** `server works answers` and so on. */
	const told = (found: readonly CheckResult[]): readonly string[] =>
		found.map(({ step, outcome, fact }) =>
			[step, outcome, fact.kind === 'failure' ? fact.failure.kind : fact.kind].join(' '),
		);

	async function start(options: ModelServerOptions = {}): Promise<void> {
		server = await startModelServer(options);
	}

	it('finds that all works, and sends what it says: two tiny files of its own', async () => {
		await start({ requireKey: 'right' });
		server.next({ text: counted });
		server.next({ text: 'Red.' });
		server.next({ text: 'The word is “Kestrel”.' });
		assert.deepEqual(
			told(await results({ key: 'right', parameters: { temperature: 0.5, webSearch: { enabled: true } } })),
			[
				'server works answers',
				'key works key-accepted',
				'model works listed',
				'text works answered',
				'streaming works streams',
				'images works saw',
				'pdf works read-pdf',
			],
		);
		assert.equal(server.requests.length, 3);
		const [counting, image, pdf] = server.requests;
		assert.equal((counting?.body as { temperature?: number }).temperature, 0.5);
		const { data, info } = await sharp(image?.chat.images[0]?.bytes).raw().toBuffer({ resolveWithObject: true });
		assert.deepEqual([info.width, info.height, ...data.subarray(0, 3)], [64, 64, ...probeColours.red]);
		assert.match(JSON.stringify(pdf?.body), /data:application\/pdf;base64,JVBER/);
		assert.ok(server.requests.every(({ size }) => size < 3000));
	});

	it('asks after another colour each time, so that no guess will do', async () => {
		for (const colour of Object.keys(probeColours) as ProbeColour[]) {
			const { channels } = await sharp(probeImage(colour)).stats();
			assert.deepEqual(
				channels.map(({ mean }) => mean),
				probeColours[colour],
			);
		}
		await start();
		for (const random of [0.3, 0.99]) {
			await results({ random: () => random });
		}
		const [first, second] = server.requests.flatMap(({ chat }) =>
			chat.images.map(({ bytes }) => bytes.toString('hex')),
		);
		assert.notEqual(first, second);
	});

	it('sends a PDF whose table leads to each of its objects', () => {
		const file = Buffer.from(probePdf('kestrel')).toString('latin1');
		const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
		assert.ok(file.startsWith('xref\n0 6\n', table));
		const offsets = [...file.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
		assert.deepEqual(
			offsets.map((offset) => /^\d+ 0 obj\n/.exec(file.slice(offset, offset + 10))?.[0]),
			[1, 2, 3, 4, 5].map((number) => `${number} 0 obj\n`),
		);
		const stream = /<< \/Length (\d+) >>\nstream\n(.*)\nendstream/.exec(file);
		assert.equal(stream?.[2]?.length, Number(stream?.[1]));
	});

	it('tells a model that sees nothing, and one that cannot be told', async () => {
		await start();
		for (const [answer, outcome] of [
			['Blue', 'images fails guessed'],
			['I cannot see any image.', 'images unclear answered-otherwise'],
			['Red, green, blue or yellow', 'images unclear answered-otherwise'],
		] as const) {
			server.next({ text: counted });
			server.next({ text: answer });
			assert.equal(told(await results()).at(-2), outcome);
		}
	});

	it('tells a refusal of an image, and goes on to the PDF', async () => {
		await start();
		server.next({ text: counted });
		server.next({ status: 400, body: '{"error":{"message":"This model does not support image input."}}' });
		server.next({ status: 400, body: '{"error":{"message":"invalid message format"}}' });
		assert.deepEqual(told(await results()).slice(-2), ['images fails image-rejected', 'pdf fails bad-request']);
	});

	it('ends at once where nothing answers', async () => {
		await start();
		const endpoint = here();
		await server.close();
		assert.deepEqual(told(await results({}, { endpoint })), [
			'server fails network',
			...['key', 'model', 'text', 'streaming', 'images', 'pdf'].map((step) => `${step} skipped not-reached`),
		]);
		await start();
	});

	it('tells a key that is wrong from one that is missing', async () => {
		await start({ requireKey: 'right' });
		const skipped = ['text', 'streaming', 'images', 'pdf'].map((step) => `${step} skipped not-reached`);
		const expected = ['server works answers', 'key fails auth', 'model unclear no-list', ...skipped];
		const wrong = await results({ key: 'wrong' });
		assert.deepEqual(told(wrong), expected);
		assert.equal(codeIn(wrong), 'invalid_api_key');
		const missing = await results();
		assert.deepEqual(told(missing), expected);
		assert.equal(codeIn(missing), 'no-key-set');
	});

	it('tells a model that is not there, with a key that is', async () => {
		await start();
		assert.deepEqual(told(await results({}, { model: 'missing' })).slice(0, 4), [
			'server works answers',
			'key works no-key-needed',
			'model fails model-not-found',
			'text skipped not-reached',
		]);
	});

	it('takes a model that no list has for possible', async () => {
		await start({ models: ['another'] });
		const found = await results();
		assert.ok(told(found).includes('model unclear not-listed'));
		assert.ok(told(found).includes('text works answered'));
	});

	it('tells streaming that fails where a whole answer works', async () => {
		await start();
		server.next({ status: 400, body: '{"error":{"message":"stream is not supported here"}}' });
		server.next({ text: counted });
		assert.deepEqual(told(await results()).slice(3, 5), ['text works answered', 'streaming fails bad-request']);
		assert.deepEqual(
			server.requests.slice(0, 2).map(({ chat }) => chat.stream),
			[true, false],
		);
	});

	it('does not try streaming when the settings turn it off', async () => {
		await start();
		assert.ok(told(await results({ parameters: { stream: false } })).includes('streaming skipped turned-off'));
		assert.ok(server.requests.every(({ chat }) => !chat.stream));
	});

	it('is not certain of an answer that came in one piece', async () => {
		await start();
		server.next({ text: 'One two three.' });
		assert.ok(told(await results()).includes('streaming unclear in-one-piece'));
	});

	for (const [model, isAnother] of [
		['gemini-2.5-pro', true],
		['test', true],
		['test-vision-mini', true],
		['models/test-vision', false],
		['test-vision-2026-01-01', false],
	] as const) {
		it(`${isAnother ? 'names' : 'does not name'} ${model}, when that answers for test-vision`, async () => {
			await start();
			const chunk = { model, choices: [{ index: 0, delta: { content: 'one' }, finish_reason: 'stop' }] };
			server.next({ body: [`data: ${JSON.stringify(chunk)}\n\n`, 'data: [DONE]\n\n'] });
			const answered = (await results()).find(({ step }) => step === 'text');
			assert.equal(answered?.fact.kind, 'answered');
			assert.equal(answered.fact.by, isAnother ? model : undefined);
		});
	}

	it('stops at once when the user stops it, and asks nothing more', async () => {
		await start();
		const stop = new AbortController();
		server.next({ body: [new Promise(() => undefined)] });
		const running = results({ signal: stop.signal });
		const request = await server.request(0);
		stop.abort();
		await assert.rejects(running, { name: 'AbortError' });
		assert.equal(await request.closedEarly, true);
		assert.equal(server.requests.length, 1);
	});
});

function codeIn(found: readonly CheckResult[]): string | undefined {
	const fact = found.find(({ step }) => step === 'key')?.fact;
	return fact?.kind === 'failure' ? fact.failure.code : undefined;
}
