import assert from 'node:assert/strict';
import type { ImageAttachment } from '../../../src/attachments/attachment.ts';
import { Conversation, type ConversationServices } from '../../../src/conversation/conversation.ts';
import type { ConversationState, TurnState } from '../../../src/conversation/messages.ts';
import { newConversation } from '../../../src/conversation/state.ts';
import type { Inquiry, ModelEvent } from '../../../src/models/model.ts';

/** A second, or anything else that the answer waits for. */
type Step = ModelEvent | (() => void);

/** A conversation without files, whose model answers by script and whose seconds pass by hand. */
function converse(...answers: (readonly Step[])[]): Conversing {
	return converseAbout([], ...answers);
}

interface Conversing {
	readonly conversation: Conversation;
	readonly inquiries: readonly Inquiry[];
	/** What a model was wanted for, question by question. */
	readonly subjects: readonly string[];
	readonly turns: readonly TurnState[];
	readonly grown: readonly string[];
	readonly second: () => void;
	readonly ticking: () => boolean;
}

/** Moving pictures can be read, and nothing else; what is on the web is to be sent by its address. */
function converseAbout(files: readonly string[], ...answers: (readonly Step[])[]): Conversing {
	const inquiries: Inquiry[] = [];
	const subjects: string[] = [];
	const turns: TurnState[] = [];
	const grown: string[] = [];
	const kept = new Map<string, Uint8Array>();
	let tick: (() => void) | undefined;
	const services: ConversationServices = {
		model: (subject) => {
			subjects.push(subject);
			return Promise.resolve({
				id: 'test/m',
				name: 'm',
				host: 'models.example',
				transit: 'encrypted',
				async *answer(inquiry) {
					inquiries.push(inquiry);
					await Promise.resolve();
					for (const step of answers.shift() ?? []) {
						if (typeof step === 'function') {
							step();
						} else {
							yield step;
						}
					}
				},
			});
		},
		open: (uri) =>
			uri.endsWith('.gif')
				? Promise.resolve({
						size: 1,
						thumbnail: Promise.resolve(undefined),
						attachment: Promise.resolve(movingPicture(uri)),
						isCurrent: () => Promise.resolve(true),
					})
				: Promise.reject(new Error('It cannot be read.')),
		refuseExcluded: () => Promise.resolve(),
		mayAnswer: () => Promise.resolve(true),
		images: {
			keep(conversation, { bytes }) {
				const file = `${kept.size + 1}.png`;
				kept.set(`${conversation}/${file}`, bytes);
				return Promise.resolve(file);
			},
			read: (conversation, file) => Promise.resolve(kept.get(`${conversation}/${file}`)),
		},
		sentences: {
			coverage: () => '',
			frames: () => '',
			wait: ({ milliseconds }, host) => `Waiting ${Math.ceil(milliseconds / 1000)} s, as ${host} asks`,
			repair: () => '',
			call: () => '',
		},
		detail: () => '',
		addressDetail: () => 'Its address.',
		fetchedDetail: () => '',
		fileFailure: () => '',
		failure: () => ({ tone: 'error', sentence: 'It failed.', actions: [] }),
		noModel: () => ({ tone: 'neutral', sentence: 'No model.', actions: [] }),
		notAllowed: () => ({ tone: 'neutral', sentence: 'Nothing was sent.', actions: [] }),
		addressNotTaken: () => ({ tone: 'neutral', sentence: 'Nothing is fetched.', actions: [] }),
		changedRemark: (name) => `${name} has changed.`,
		describeLabel: () => 'Describe',
		language: 'en',
		everySecond(act) {
			tick = act;
			return () => {
				tick = undefined;
			};
		},
	};
	const conversation = new Conversation(
		newConversation(
			'id',
			files.map((name) =>
				name.startsWith('https:') ? { uri: name, name, byAddress: true } : { uri: `file:///${name}`, name },
			),
		),
		services,
		{
			changed({ turns: all }: ConversationState) {
				const last = all.at(-1);
				if (last) {
					turns.push(last);
				}
			},
			grew: (_turn, kind, text) => void grown.push(`${kind}: ${text}`),
		},
	);
	return { conversation, inquiries, subjects, turns, grown, second: () => tick?.(), ticking: () => tick !== undefined };
}

function movingPicture(uri: string): ImageAttachment {
	return {
		kind: 'image',
		name: uri.slice(uri.lastIndexOf('/') + 1),
		fileType: 'image/gif',
		fileSize: 1,
		width: 1,
		height: 1,
		motion: { frameCount: 12, duration: 6_000 },
		pictureFor: () => Promise.reject(new Error('Nobody asks for it.')),
	};
}

const text = (words: string): ModelEvent => ({ kind: 'text', text: words });
const thought = (words: string): ModelEvent => ({ kind: 'thought', text: words });

describe('A conversation', () => {
	it('wants a model for images where one is among its files, by its name until it was read', async () => {
		for (const [files, subject] of [
			[[], 'anything'],
			[['a.pdf'], 'anything'],
			[['a.pdf', 'b.PNG'], 'images'],
			[['https://pictures.example/a.pdf'], 'anything'],
			[['https://pictures.example/7'], 'images'],
		] as const) {
			const { conversation, subjects } = converseAbout(files);
			await conversation.ask('What is it?');
			assert.deepEqual([subjects, conversation.subject], [[subject], subject]);
		}
	});

	it('leaves a removed file out of what is sent from then on; the others keep their numbers, and the last stays', async () => {
		const { conversation, inquiries } = converseAbout(
			['a.gif', 'b.gif', 'c.gif'],
			[text('Three.')],
			[text('Two.')],
			[text('One.')],
		);
		const sent = (question: number): readonly (readonly [string, number | undefined])[] =>
			(inquiries[question]?.attachments ?? []).map(({ name, number }) => [name, number] as const);
		await conversation.describe();
		conversation.remove(1);
		await conversation.ask('And now?');
		conversation.remove(0);
		conversation.remove(2);
		await conversation.ask('And now?');
		assert.deepEqual(sent(0), [
			['a.gif', 1],
			['b.gif', 2],
			['c.gif', 3],
		]);
		assert.deepEqual(sent(1), [
			['a.gif', 1],
			['c.gif', 3],
		]);
		assert.deepEqual(sent(2), [['c.gif', 3]]);
		assert.equal(conversation.state.turns.length, 3);
		// The first question was about all three.
		assert.equal(inquiries[2]?.earlier[0]?.question, inquiries[0]?.question);
	});

	it('sends frames of a moving picture as one when told so, until told otherwise', async () => {
		const { conversation, inquiries } = converseAbout(['a.gif', 'b.gif'], [], [], [], []);
		const sent = (question: number) => inquiries[question]?.attachments.map((one) => one.kind === 'image' && one.sends);
		await conversation.describe();
		assert.equal(conversation.state.attachments[1]?.frameCount, 12);
		conversation.sendStrip(1, true);
		await conversation.ask('What moves?');
		await conversation.ask('And then?');
		conversation.sendStrip(1, false);
		await conversation.ask('And then?');
		assert.deepEqual([0, 1, 2, 3].map(sent), [
			[undefined, undefined],
			[undefined, 'strip'],
			[undefined, 'strip'],
			[undefined, undefined],
		]);
		// What was recognised in a file, or read of it, is known by it.
		assert.equal(inquiries[1]?.attachments[1], inquiries[2]?.attachments[1]);
		assert.equal(inquiries[0]?.attachments[0], inquiries[3]?.attachments[0]);
	});

	it('says each second that a request waits, until it goes on', async () => {
		let ticking: boolean | undefined;
		const host = converse([
			{ kind: 'wait', milliseconds: 12_000, reason: 'rate' },
			() => host.second(),
			text('Two boats.'),
			() => (ticking = host.ticking()),
		]);
		await host.conversation.ask('How many?');
		const waits = host.turns.flatMap(({ wait }) => wait ?? []);
		assert.equal(waits.length, 2);
		assert.ok(waits.every((wait) => wait === 'Waiting 12 s, as models.example asks'));
		assert.equal(ticking, false);
		assert.equal(host.turns.at(-1)?.wait, undefined);
	});

	it('says no longer that it waits when the time is over', async () => {
		let said: string | undefined = '';
		const host = converse([
			{ kind: 'wait', milliseconds: 0, reason: 'rate' },
			() => host.second(),
			() => (said = host.turns.at(-1)?.wait),
			text('Two boats.'),
		]);
		await host.conversation.ask('How many?');
		assert.equal(said, undefined);
	});

	it('counts no longer when it fails', async () => {
		const host = converse([
			{ kind: 'wait', milliseconds: 9_000, reason: 'rate' },
			() => {
				throw new Error('lost');
			},
		]);
		await host.conversation.ask('How many?');
		assert.equal(host.ticking(), false);
		assert.equal(host.turns.at(-1)?.status, 'failed');
		assert.equal(host.turns.at(-1)?.wait, undefined);
	});

	it('asks a question again, unless another was asked since or its panel is closed', async () => {
		const { conversation, inquiries } = converse([text('Two.')], [text('Blue.')], [text('Red.')], [text('Green.')]);
		const lastTurn = (): TurnState => conversation.state.turns.at(-1) ?? assert.fail('Nothing was asked.');
		await conversation.ask('How many?');
		const first = lastTurn();
		await conversation.ask('Which colour?');
		const second = lastTurn();
		await conversation.retry(first);
		assert.equal(lastTurn(), second);
		await conversation.retry(second);
		assert.equal(lastTurn().answer, 'Red.');
		// The turn that was asked again has its number.
		await conversation.retry(second);
		assert.equal(lastTurn().answer, 'Red.');
		conversation.dispose();
		await conversation.retry(lastTurn());
		assert.deepEqual(
			inquiries.map(({ question }) => question),
			['How many?', 'Which colour?', 'Which colour?'],
		);
	});

	it('fetches what its model does not, once told so, and says no longer that only an address is sent', async () => {
		const { conversation, inquiries } = converseAbout(['https://pictures.example/a.gif'], []);
		await conversation.ask('What moves?');
		const turn = conversation.state.turns.at(-1) ?? assert.fail('Nothing was asked.');
		assert.deepEqual([turn.status, turn.failure?.sentence], ['unsent', 'Nothing is fetched.']);
		assert.equal(conversation.state.attachments[0]?.detail, 'Its address.');
		const asking = conversation.retry(turn, { fetchHere: true });
		assert.equal(conversation.state.attachments[0].detail, '');
		await asking;
		const [{ attachments, addresses } = assert.fail('Nothing was sent.')] = inquiries;
		assert.deepEqual([attachments.map(({ number }) => number), addresses], [[1], []]);
	});

	it('tells of growth only what its last whole state cannot know', async () => {
		const host = converse([thought('Let me '), thought('look.'), text('Two '), text('boats.')]);
		await host.conversation.ask('How many?');
		assert.deepEqual(host.grown, ['thought: look.', 'text: boats.']);
		assert.ok(host.turns.some(({ answer, thoughts }) => answer === 'Two ' && thoughts?.ended !== undefined));
		assert.equal(host.turns.at(-1)?.answer, 'Two boats.');
		assert.equal(host.turns.at(-1)?.thoughts?.text, 'Let me look.');
	});

	it('sends its whole state when the model has thought again between its words', async () => {
		const host = converse([text('Two '), thought('Hm.'), text('boats.')]);
		await host.conversation.ask('How many?');
		assert.deepEqual(host.grown, []);
		assert.ok(host.turns.some(({ status, thoughts }) => status === 'answering' && thoughts?.ended !== undefined));
	});

	it('gives an answer back with its marks and images', async () => {
		const bytes = Uint8Array.of(1, 2);
		const host = converse(
			[
				text('Here:'),
				{ kind: 'signature', signature: 'a' },
				{ kind: 'image', mediaType: 'image/png', bytes, signature: 'b' },
			],
			[text('Blue.')],
		);
		await host.conversation.ask('Draw it.');
		await host.conversation.ask('In which colour?');
		assert.deepEqual(host.inquiries[1]?.earlier, [
			{
				question: 'Draw it.',
				answer: 'Here:',
				parts: [
					{ kind: 'text', text: 'Here:', signature: 'a' },
					{ kind: 'image', mediaType: 'image/png', content: bytes, signature: 'b' },
				],
			},
		]);
		assert.equal(JSON.stringify(host.conversation.state).includes('bytes'), false);
	});
});
