import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { checkConnection } from '../../src/commands/checkConnection.ts';
import { CheckReport } from '../../src/commands/checkReport.ts';
import { Keys } from '../../src/models/keys.ts';
import { LearnedRefusals } from '../../src/models/lists/learnedRefusals.ts';
import { ModelLists } from '../../src/models/lists/modelLists.ts';
import { ModelSource } from '../../src/models/modelSource.ts';
import { type ModelServer, startModelServer } from '../modelServer.ts';
import { eventually } from '../eventually.ts';
import { mementoIn, secretsIn } from '../unit/models/memory.ts';
import { useModelServer } from './modelSettings.ts';

describe('checking the connection', () => {
	let server: ModelServer;

	before(async () => {
		server = await startModelServer();
		await useModelServer(server);
	});

	after(() => server.close());

	it('writes down what it finds, line by line', async () => {
		server.next({ text: ['one', ' two'] });
		// The message at its end stays until somebody closes it, and the command with it.
		void commands.executeCommand('descry.checkConnection');
		const report = (): string =>
			workspace.textDocuments
				.filter(({ uri }) => uri.scheme === 'output')
				.map((document) => document.getText())
				.find((text) => text.includes('Connection check of test-vision')) ?? '';
		await eventually(() => assert.match(report(), /test-vision answers/));
		const { host } = new URL(server.baseUrl);
		const lines = report().split(/\r?\n/);
		assert.ok(lines[0]?.startsWith(`Connection check of test-vision at ${host}, `), lines[0]);
		assert.match(lines[2] ?? '', new RegExp(`^Server: works\\. ${host} answers, in \\d+ ms\\.$`));
		assert.deepEqual(
			lines.slice(3, 7).map((line) => line.replace(/in \d+ m?s/, 'in 5 ms')),
			[
				'API key: works. None was sent, and none was asked for.',
				`Model: works. test-vision is one of 2 models in the list of ${host}.`,
				'Text: works. test-vision answered, in 5 ms.',
				'Streaming: works. The answer shows while it is written.',
			],
		);
		assert.match(lines[7] ?? '', /^Images: not certain\. /);
		assert.match(lines[8] ?? '', /^PDF files: not certain\. /);
		assert.equal(window.activeTextEditor?.document.uri.scheme === 'output', false);
		await commands.executeCommand('notifications.clearAll');
	});

	it('checks the same server again, also where another model is in use', async () => {
		const gone = await startModelServer();
		await gone.close();
		const endpoint = { name: 'gone', protocol: 'chat-completions', baseUrl: gone.baseUrl, auth: 'none' } as const;
		const memory = mementoIn(new Map());
		const keys = new Keys(secretsIn(new Map()), {});
		const refusals = new LearnedRefusals(memory);
		const nothing = (): never => assert.fail('Nobody asks the model in use.');
		const models = new ModelSource({
			keys,
			lists: new ModelLists(memory),
			refusals,
			device: nothing,
			select: nothing,
			readText: nothing,
			log: () => undefined,
			tellMistakes: () => Promise.resolve(),
		});
		const told: unknown[] = [];
		const original = window.showWarningMessage;
		const answer = (sentence: string, button: string): Promise<unknown> =>
			Promise.resolve(told.push(sentence) === 1 ? button : undefined);
		assert.ok(Reflect.set(window, 'showWarningMessage', answer));
		const report = new CheckReport();
		try {
			await checkConnection(
				{
					models,
					keys,
					refusals,
					report,
					act: (action) => Promise.resolve(action === 'try-again'),
					log: () => undefined,
				},
				{ endpoint, model: 'm', parameters: {}, listed: undefined },
			);
		} finally {
			Reflect.set(window, 'showWarningMessage', original);
			report.dispose();
		}
		assert.equal(told.length, 2);
		assert.equal(told[0], told[1]);
	});
});
