import assert from 'node:assert/strict';
import { type CodeAction, commands, Range, window } from 'vscode';
import { reply } from '../altTextReply.ts';
import { eventually } from '../eventually.ts';
import { type ModelServer } from '../modelServer.ts';
import { answeredByServer } from './modelSettings.ts';
import { open, putCursor } from './sampleDocuments.ts';

describe('the role of an image', () => {
	let server: ModelServer;
	answeredByServer({ answer: () => reply('A harbour at dusk') }, (started) => (server = started));

	/** Accepts the first entry of the list that a command opens, and waits for the command. */
	async function acceptFirst(command: Thenable<unknown>): Promise<void> {
		let isOver = false;
		const over = Promise.resolve(command).finally(() => (isOver = true));
		await eventually(async () => {
			await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
			assert.ok(isOver);
		});
		await over;
	}

	for (const [role, text, extension] of [
		['link: where it leads', '[![](../images/harbour.jpg)](https://example.org)\n'],
		['link or button: what it does', '<button><img src="../images/harbour.jpg"></button>\n', 'html'],
		['captioned: adds to the caption', '![](../images/harbour.jpg)\n*The harbour*\n'],
		['chart: its main point', '![](../images/visitors-chart.png)\n'],
		['decorative', '<img src="../images/wave-rule.png" alt="">\n', 'html'],
		['informative', '![](../images/harbour.jpg)\n'],
	] as const) {
		it(`is shown before anything is written: ${role}`, async () => {
			const { document, selection } = await open(text, 'images/', extension);
			const actions = await commands.executeCommand<readonly CodeAction[]>(
				'vscode.executeCodeActionProvider',
				document.uri,
				new Range(selection.active, selection.active),
			);
			const titles = actions.map(({ title }) => title).filter((title) => title.startsWith('Write alt text'));
			assert.deepEqual(titles, [`Write alt text with Descry (${role})`]);
		});
	}

	const text = 'One\n\n[![](../images/harbour.jpg)](https://example.org)\n\n![](../images/ferry-flow.png)\n';

	it('is changed for the text just written, wherever the cursor is, in an undo step of its own', async () => {
		const { document } = await open(text, 'images/');
		await commands.executeCommand('descry.writeAltText');
		const first = text.replace('![]', '![A harbour at dusk]');
		assert.equal(document.getText(), first);
		const count = server.requests.length;
		server.next({ text: reply('Map of the pier') });
		await putAway('ferry');
		await acceptFirst(commands.executeCommand('descry.changeRole'));
		assert.equal(document.getText(), text.replace('![]', '![Map of the pier]'));
		assert.match((await server.request(count)).chat.question, /Its role here: It is all that a link or button shows/);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), first);
	});

	it('is that of the image at the cursor once the document was touched', async () => {
		const { document } = await open(text, 'images/');
		await commands.executeCommand('descry.writeAltText');
		await commands.executeCommand('undo');
		server.next({ text: reply('How ferries run') });
		await putAway('ferry');
		await acceptFirst(commands.executeCommand('descry.changeRole'));
		assert.equal(document.getText(), text.replace('![](../images/ferry', '![How ferries run](../images/ferry'));
	});

	it('needs no model where the user says that the image decorates', async () => {
		const before = '<p><img src="../images/wave-rule.png" aria-hidden="true" alt="A wave"></p>\n';
		const { document } = await open(before, 'images/', 'html');
		const count = server.requests.length;
		await acceptFirst(commands.executeCommand('descry.changeRole'));
		assert.equal(document.getText(), before.replace('A wave', ''));
		assert.equal(server.requests.length, count);
	});
});

/** Moves the cursor as other code does, which tells nothing about what the user looks at. */
async function putAway(before: string): Promise<void> {
	const editor = window.activeTextEditor;
	assert.ok(editor);
	putCursor(editor, before);
	await new Promise((resolve) => setTimeout(resolve, 100));
}
