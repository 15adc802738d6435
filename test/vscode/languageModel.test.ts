import assert from 'node:assert/strict';
import {
	commands,
	ConfigurationTarget,
	extensions,
	LanguageModelChatMessageRole,
	LanguageModelDataPart,
	LanguageModelTextPart,
	lm,
	workspace,
} from 'vscode';
import type { AnswerEvent } from '../../src/client/answer.ts';
import { languageModel, languageModelId, languageModels, seesImages } from '../../src/models/languageModel.ts';
import type { Inquiry, Model, ModelEvent } from '../../src/models/model.ts';
import { probeImage } from '../../src/models/check/probeFiles.ts';
import { eventually } from '../eventually.ts';
import { sampleFile } from './sampleDocuments.ts';

interface FakeRequest {
	readonly id: string;
	readonly stopped: boolean;
	readonly messages: readonly { readonly role: number; readonly content: readonly unknown[] }[];
}

/** A real one: VS Code looks into pictures on their way. */
const png = probeImage('red');

function inquiry(question: string): Inquiry {
	return {
		purpose: 'ask',
		system: 'Be brief.',
		attachments: [
			{
				kind: 'image',
				name: 'a.png',
				fileType: 'image/png',
				fileSize: 3,

				width: 1,
				height: 1,
				pictureFor: () => Promise.resolve({ mediaType: 'image/png', bytes: png, width: 1, height: 1 }),
			},
		],
		earlier: [{ question: 'First?', answer: 'Yes.', parts: [{ kind: 'text', text: 'Yes.' }] }],
		question,
	};
}

describe("VS Code's own models", () => {
	let requests: readonly FakeRequest[];

	before(async () => {
		const fake = extensions.getExtension<{ readonly requests: readonly FakeRequest[] }>('descry-test.fake-models');
		assert.ok(fake, 'The fake models are not installed.');
		({ requests } = await fake.activate());
		await eventually(async () => assert.ok((await lm.selectChatModels({ vendor: 'fake' })).length > 0));
	});

	async function model(id: string): Promise<Model> {
		const chat = (await languageModels()).find((one) => languageModelId(one) === `vscode/fake/${id}`);
		assert.ok(chat, id);
		return languageModel(chat, () => Promise.reject(new Error('Nothing is to be recognised here.')));
	}

	async function collect(events: AsyncIterable<ModelEvent>): Promise<readonly ModelEvent[]> {
		const seen: ModelEvent[] = [];
		for await (const event of events) {
			seen.push(event);
		}
		return seen;
	}

	it('tell by their vendors whether they see', async () => {
		const sight = (await languageModels()).map((chat) => [languageModelId(chat), seesImages(chat)]);
		assert.deepEqual(new Map(sight as [string, boolean][]).get('vscode/fake/blind'), false);
		assert.deepEqual(new Map(sight as [string, boolean][]).get('vscode/fake/seer'), true);
	});

	it('answer in pieces, and get instructions, pictures and earlier turns', async () => {
		const events = await collect((await model('seer')).answer(inquiry('What?'), new AbortController().signal));
		const texts = events.flatMap((event) => (event.kind === 'text' ? event.text : []));
		assert.equal(texts.join(''), 'A fake answer.');
		assert.deepEqual(events.at(-1), { kind: 'end', reason: 'stop' } satisfies AnswerEvent);
		const { messages = [] } = requests.at(-1) ?? {};
		const { User, Assistant } = LanguageModelChatMessageRole;
		assert.deepEqual(
			messages.map(({ role }) => role),
			[User, User, Assistant, User],
		);
		const [system, first] = messages;
		assert.ok(system?.content[0] instanceof LanguageModelTextPart && system.content[0].value === 'Be brief.');
		const picture = first?.content.find((part) => part instanceof LanguageModelDataPart);
		assert.equal(picture?.mimeType, 'image/png');
		assert.deepEqual([...picture.data], [...png]);
	});

	it('are stopped at once', async () => {
		const stop = new AbortController();
		const count = requests.length;
		const running = collect((await model('seer')).answer(inquiry('never'), stop.signal));
		await eventually(() => assert.equal(requests.length, count + 1));
		stop.abort();
		await assert.rejects(running, { name: 'AbortError' });
		await eventually(() => assert.equal(requests.at(-1)?.stopped, true));
	});

	it('fail with a failure, in words without secrets', async () => {
		const signal = new AbortController().signal;
		await assert.rejects(collect((await model('seer')).answer(inquiry('silence'), signal)), {
			name: 'Failure',
			kind: 'empty',
		});
		await assert.rejects(collect((await model('org/failing')).answer(inquiry('?'), signal)), (error: Error) => {
			assert.equal(error.name, 'Failure');
			assert.doesNotMatch(error.message, /secret/);
			return true;
		});
	});

	it('answer in the panel when they are chosen', async () => {
		const settings = workspace.getConfiguration('descry');
		await settings.update('privacy.confirmHosts', false, ConfigurationTarget.Global);
		await settings.update('model', 'vscode/fake/seer', ConfigurationTarget.Global);
		try {
			const count = requests.length;
			await commands.executeCommand('descry.describe', sampleFile('images/wave-rule.png'));
			assert.equal(requests.length, count + 1);
			assert.equal(requests.at(-1)?.id, 'seer');
		} finally {
			await settings.update('privacy.confirmHosts', undefined, ConfigurationTarget.Global);
			await settings.update('model', undefined, ConfigurationTarget.Global);
			await commands.executeCommand('workbench.action.closeAllEditors');
		}
	});
});
