import assert from 'node:assert/strict';
import type { ImageAttachment } from '../../../src/attachments/attachment.ts';
import { addressOf } from '../../../src/attachments/web/address.ts';
import type { Endpoint } from '../../../src/client/endpoint.ts';
import { Failure } from '../../../src/client/failure/failure.ts';
import type { ListedModel } from '../../../src/client/modelList/modelList.ts';
import { endpointModel } from '../../../src/models/endpointModel.ts';
import { Keys } from '../../../src/models/keys.ts';
import { LearnedRefusals } from '../../../src/models/lists/learnedRefusals.ts';
import type { Inquiry, ModelEvent } from '../../../src/models/model.ts';
import type { NamedEndpoint } from '../../../src/models/settings/presets.ts';
import { readRequestSettings } from '../../../src/models/settings/requestSettings.ts';
import { type ModelServer, startModelServer } from '../../modelServer.ts';
import { mementoIn, secretsIn } from './memory.ts';
import { pdf, picture } from './plannedPdf.ts';

const image: ImageAttachment = {
	kind: 'image',
	name: 'cat.png',
	fileType: 'image/png',
	fileSize: 5,
	width: 10,
	height: 10,
	pictureFor: () => Promise.resolve(picture('a cat')),
};

/** Every member that `descry.request` has. */
const everything = {
	temperature: 0.4,
	topP: 0.5,
	topK: 3,
	maxOutputTokens: 4096,
	stopSequences: ['END'],
	seed: 7,
	stream: false,
	thinking: { level: 'low', include: true },
	safety: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_ONLY_HIGH' }],
	mediaResolution: 'high',
	imageDetail: 'high',
	webSearch: { enabled: true, startTime: '2026-01-01T00:00:00Z', endTime: '2026-01-02T00:00:00Z' },
	imageOutput: { aspectRatio: '16:9', imageSize: '2K' },
};

describe('a model at an endpoint', () => {
	let server: ModelServer;
	let lines: string[];

	beforeEach(async () => {
		server = await startModelServer();
		lines = [];
	});

	afterEach(() => server.close());

	interface Asked {
		readonly model?: string;
		readonly protocol?: Endpoint['protocol'];
		/** `descry.request`, as it stands in the settings. */
		readonly settings?: Readonly<Record<string, unknown>>;
		readonly listed?: ListedModel;
		readonly inquiry?: Partial<Inquiry>;
		readonly timers?: NamedEndpoint['timers'];
	}

	async function answerTo({
		model = 'm',
		protocol = 'chat-completions',
		settings = {},
		listed,
		inquiry,
		timers = {},
	}: Asked): Promise<readonly ModelEvent[]> {
		const { parameters, mistakes } = readRequestSettings(settings);
		assert.deepEqual(mistakes, []);
		const endpoint = { name: 'here', protocol, baseUrl: server.baseUrl, auth: 'bearer', timers } as const;
		const keys = new Keys(secretsIn(new Map()), {});
		await keys.store(endpoint, 'sec-ret');
		const asked = endpointModel(
			{ endpoint, model, parameters, listed },
			{
				keys,
				log: (line) => lines.push(line),
				refusals: new LearnedRefusals(mementoIn(new Map())),
				readText: () => Promise.reject(new Error('Nothing is recognised here.')),
				keepsMetadata: () => false,
			},
		);
		const question: Inquiry = {
			purpose: 'ask',
			system: 'Be brief.',
			attachments: [image],
			earlier: [],
			question: 'What is this?',
			...inquiry,
		};
		const events: ModelEvent[] = [];
		for await (const event of asked.answer(question, new AbortController().signal)) {
			events.push(event);
		}
		return events;
	}

	/** What of the body comes from the settings. */
	async function bodyFor(asked: Asked): Promise<object> {
		await answerTo(asked);
		const always = new Set(['model', 'messages', 'contents', 'systemInstruction']);
		const body = server.requests.at(-1)?.body ?? {};
		return Object.fromEntries(Object.entries(body).filter(([name]) => !always.has(name)));
	}

	const sampling = { temperature: 0.4, top_p: 0.5, top_k: 3, max_tokens: 4096, stop: ['END'], seed: 7 };

	it('is asked by chat completions as descry.request says, as far as the protocol and the model go', async () => {
		const settings = everything;
		assert.deepEqual(await bodyFor({ settings }), { stream: false, ...sampling, reasoning_effort: 'low' });
		assert.deepEqual(await bodyFor({ model: 'gpt-4o', settings }), { stream: false, ...sampling });
		const { max_tokens, stop, seed, top_k } = sampling;
		assert.deepEqual(await bodyFor({ model: 'gpt-4o-search-preview', settings }), {
			stream: false,
			top_k,
			max_tokens,
			stop,
			seed,
			web_search_options: {},
		});
		assert.deepEqual(await bodyFor({}), { stream: true, stream_options: { include_usage: true } });
	});

	it('is sent addresses as each protocol writes them, after the files', async () => {
		const addresses = ['a.png?b=%26c', 'd.pdf'].map((path, index) => ({
			...addressOf(new URL(`https://pictures.example/${path}`)),
			number: index + 2,
		}));
		const urls = addresses.map(({ url }) => url.href);
		await answerTo({ inquiry: { addresses } });
		const { messages } = server.requests.at(-1)?.body as { messages: readonly { content: readonly unknown[] }[] };
		assert.deepEqual(messages.at(-1)?.content.slice(2), [
			{ type: 'text', text: 'File 2: image "a.png"' },
			{ type: 'image_url', image_url: { url: urls[0] } },
			{ type: 'text', text: 'File 3: PDF "d.pdf"' },
			{ type: 'file', file: { filename: 'd.pdf', file_data: urls[1] } },
			{ type: 'text', text: 'What is this?' },
		]);
		await answerTo({ protocol: 'gemini', model: 'gemini-2.5-flash', inquiry: { attachments: [], addresses } });
		const { contents } = server.requests.at(-1)?.body as { contents: readonly { parts: readonly unknown[] }[] };
		assert.deepEqual(contents[0]?.parts, [
			{ text: 'File 2: image "a.png"' },
			{ fileData: { mimeType: 'image/png', fileUri: urls[0] } },
			{ text: 'File 3: PDF "d.pdf"' },
			{ fileData: { mimeType: 'application/pdf', fileUri: urls[1] } },
			{ text: 'What is this?' },
		]);
	});

	const generationConfig = {
		temperature: 0.4,
		topP: 0.5,
		topK: 3,
		maxOutputTokens: 4096,
		stopSequences: ['END'],
		seed: 7,
		mediaResolution: 'MEDIA_RESOLUTION_HIGH',
		thinkingConfig: { thinkingLevel: 'low', includeThoughts: true },
	};
	const ofGemini = { protocol: 'gemini', model: 'gemini-3-pro-image', settings: everything } as const;

	it('is asked by Gemini as descry.request says, in every member that the protocol has', async () => {
		const { startTime, endTime } = everything.webSearch;
		assert.deepEqual(await bodyFor(ofGemini), {
			generationConfig: {
				...generationConfig,
				responseModalities: ['TEXT', 'IMAGE'],
				imageConfig: { aspectRatio: '16:9', imageSize: '2K' },
			},
			safetySettings: everything.safety,
			tools: [{ googleSearch: { timeRangeFilter: { startTime, endTime } } }],
		});
		assert.match(server.requests.at(-1)?.path ?? '', /:generateContent$/);
		assert.deepEqual(await bodyFor({ ...ofGemini, settings: {} }), {});
		assert.match(server.requests.at(-1)?.path ?? '', /:streamGenerateContent$/);
	});

	it('is asked for alt text without pages of the web, and without pictures of its own', async () => {
		const inquiry = { purpose: 'alt-text' } as const;
		assert.deepEqual(await bodyFor({ ...ofGemini, inquiry }), {
			generationConfig,
			safetySettings: everything.safety,
		});
		const { max_tokens, stop, seed, top_k } = sampling;
		assert.deepEqual(await bodyFor({ model: 'gpt-4o-search-preview', settings: everything, inquiry }), {
			stream: false,
			top_k,
			max_tokens,
			stop,
			seed,
		});
	});

	it('gets the image, and the key, of which no line of the log tells', async () => {
		const events = await answerTo({});
		assert.deepEqual(events.at(-1), { kind: 'end', reason: 'stop' });
		const [request] = server.requests;
		assert.deepEqual(
			request?.chat.images.map(({ bytes }) => bytes.toString()),
			['a cat'],
		);
		assert.equal(request.headers.authorization, 'Bearer sec-ret');
		assert.equal(lines.length, 1);
		assert.doesNotMatch(lines.join(), /sec-ret|a cat|What is this|Be brief/);
	});

	describe('that is known to see no images', () => {
		const listed: ListedModel = { id: 'm', seesImages: false };

		it('is sent none, and says so', async () => {
			const isKind = (error: unknown): boolean =>
				error instanceof Failure && error.kind === 'image-rejected' && error.code === 'sees-no-images';
			await assert.rejects(answerTo({ listed }), isKind);
			await assert.rejects(answerTo({ listed, inquiry: { attachments: [pdf([{ text: 'A.' }]), image] } }), isKind);
			assert.equal(server.requests.length, 0);
		});

		it('is sent what has words', async () => {
			await answerTo({ listed, inquiry: { attachments: [pdf([{ text: 'The winch is on the pier.' }])] } });
			assert.match(server.requests[0]?.chat.question ?? '', /The winch is on the pier\./);
			await answerTo({ listed, inquiry: { attachments: [] } });
			assert.equal(server.requests.length, 2);
		});
	});

	it('is waited for as long as the settings of its endpoint say', async () => {
		const never = { text: ['A', new Promise(() => undefined)] };
		for (const [timers, code] of [
			[{ total: 60 }, 'total'],
			[{ byteIdle: 60 }, 'byteIdle'],
		] as const) {
			server.next(never);
			await assert.rejects(answerTo({ timers }), { name: 'Failure', kind: 'timeout', code });
		}
	});

	it('is borne with for longer where nobody looks on', async () => {
		const busy = { status: 429, headers: { 'retry-after-ms': '1' }, body: '' };
		const refuse = (times: number): void =>
			Array.from({ length: times }, () => busy).forEach((one) => server.next(one));
		refuse(3);
		await assert.rejects(answerTo({}), { name: 'Failure', kind: 'rate' });
		assert.equal(server.requests.length, 3);
		refuse(5);
		const events = await answerTo({ inquiry: { isBulk: true } });
		assert.deepEqual([events.at(-1)?.kind, server.requests.length], ['end', 9]);
	});
});
