import assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import { commands, ConfigurationTarget, type Uri, window, workspace } from 'vscode';
import { reply } from '../altTextReply.ts';
import { eventually } from '../eventually.ts';
import { Consent } from '../../src/models/consent.ts';
import type { Model } from '../../src/models/model.ts';
import type { ModelServer } from '../modelServer.ts';
import { mementoIn } from '../unit/models/memory.ts';
import { answeredByServer } from './modelSettings.ts';
import { open, sampleFile } from './sampleDocuments.ts';

describe('what may leave', () => {
	let server: ModelServer;
	answeredByServer({ answer: () => reply('A harbour at dusk') }, (started) => (server = started));

	const image = (name: string): Uri => sampleFile(`images/${name}`);

	async function withExcluded(
		globs: readonly string[],
		target: ConfigurationTarget,
		work: () => Promise<void>,
	): Promise<void> {
		const settings = workspace.getConfiguration('descry.privacy');
		await settings.update('exclude', globs, target);
		try {
			await work();
		} finally {
			await settings.update('exclude', undefined, target);
		}
	}

	it('never sends what the user or the workspace excludes', async () => {
		await withExcluded(['images/wave-*'], ConfigurationTarget.Global, () =>
			withExcluded(['harbour.jpg'], ConfigurationTarget.Workspace, async () => {
				const count = server.requests.length;
				await commands.executeCommand('descry.describe', image('harbour.jpg'));
				await commands.executeCommand('descry.describe', image('wave-rule.png'));
				const link = image('link.jpg');
				await symlink('harbour.jpg', link.fsPath);
				await commands.executeCommand('descry.describe', link);
				await rm(link.fsPath);
				await open('![](../images/harbour.jpg)\n');
				void commands.executeCommand('descry.altTextInFile');
				void commands.executeCommand('descry.copyAltText', image('harbour.jpg'));
				await commands.executeCommand('descry.describe', image('ferry-flow.png'));
				await server.request(count);
				assert.equal(server.requests.length, count + 1);
			}),
		);
		const count = server.requests.length;
		await commands.executeCommand('descry.describe', image('harbour.jpg'));
		await eventually(() => assert.equal(server.requests.length, count + 1));
	});

	it('is told in bytes and tokens by the question that comes before', async () => {
		const asked: unknown[] = [];
		const original = window.showWarningMessage;
		const answer = (...question: readonly unknown[]): Promise<unknown> => {
			asked.push(question);
			return Promise.resolve(question.at(-1));
		};
		assert.ok(Reflect.set(window, 'showWarningMessage', answer));
		try {
			const consent = new Consent(mementoIn(new Map()));
			const model: Model = {
				id: 'x/m',
				name: 'm',
				host: 'api.x.test',
				transit: 'encrypted',
				answer: () => assert.fail('Nothing is sent here.'),
			};
			const files = Array.from({ length: 12 }, (_, index) => ({ name: `${index}.jpg`, size: 3 * 2 ** 20 }));
			assert.ok(await consent.mayAnswer(model, files, () => Promise.resolve({ tokens: 13_245, bytes: 3_250_000 })));
			assert.ok(await consent.mayAnswer(model, files.slice(0, 2), () => assert.fail('Nobody is asked.')));
			const paper = { name: 'paper.pdf', size: 1024, kind: 'pdf' } as const;
			const other = { ...model, host: 'api.y.test' };
			assert.ok(await consent.mayAnswer(other, [paper], () => Promise.resolve({ tokens: undefined, bytes: 1024 })));
		} finally {
			Reflect.set(window, 'showWarningMessage', original);
		}
		assert.deepEqual(asked, [
			[
				'Send 12 files (36.0 MB) to api.x.test?',
				{
					modal: true,
					detail: [
						[...Array.from({ length: 10 }, (_, index) => `${index}.jpg`), 'and 2 more'].join('\n'),
						'The model gets about 3.1 MB, which count as about 13,000 tokens.',
						'api.x.test is asked about for the first time. It gets the picture or text of the files, without camera data and location.',
					].join('\n\n'),
				},
				'Send',
			],
			[
				'Send paper.pdf (1.0 KB) to api.y.test?',
				{
					modal: true,
					detail: [
						'The model gets about 1.0 KB.',
						'api.y.test is asked about for the first time. Of a PDF it gets the file as it is, with what its author left in it, or the text and pictures of its pages.',
					].join('\n\n'),
				},
				'Send',
			],
		]);
	});
});
