import assert from 'node:assert/strict';
import {
	type CodeAction,
	commands,
	EndOfLine,
	Position,
	Range,
	type TextDocument,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { reply } from '../altTextReply.ts';
import { eventually } from '../eventually.ts';
import { createGate, type ModelServer } from '../modelServer.ts';
import { answeredByServer } from './modelSettings.ts';
import { open, writeDocument } from './sampleDocuments.ts';

describe('writing alt text', () => {
	let server: ModelServer;
	answeredByServer({ answer: () => reply('A harbour at dusk') }, (started) => (server = started));

	it('replaces the alt text of the image at the cursor and not another byte', async () => {
		const { document } = await open('# Pier\n\n![a](a.png) ![](../images/harbour.jpg "Dusk") ![b](b.png)\n', 'harbour');
		await commands.executeCommand('descry.writeAltText');
		assert.equal(
			document.getText(),
			'# Pier\n\n![a](a.png) ![A harbour at dusk](../images/harbour.jpg "Dusk") ![b](b.png)\n',
		);
	});

	it('is one undo step', async () => {
		const text = 'See ![old](../images/harbour.jpg).\n';
		const { document } = await open(text, 'old');
		await commands.executeCommand('descry.writeAltText');
		assert.notEqual(document.getText(), text);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), text);
	});

	it('keeps CRLF line endings', async () => {
		const { document } = await open('One\r\n\r\n![](../images/harbour.jpg)\r\n', 'harbour');
		await commands.executeCommand('descry.writeAltText');
		assert.equal(document.eol, EndOfLine.CRLF);
		assert.equal(document.getText(), 'One\r\n\r\n![A harbour at dusk](../images/harbour.jpg)\r\n');
	});

	it('escapes what would act in Markdown', async () => {
		server.next({ text: reply('Sign [A] \\ *B*') });
		const { document } = await open('![](../images/harbour.jpg)\n', 'harbour');
		await commands.executeCommand('descry.writeAltText');
		assert.match(document.getText(), /^!\[Sign \\\[A\\\] \\\\ \\\*B\\\*?\*?\]\(\.\.\/images\/harbour\.jpg\)\n$/);
	});

	it('sends the heading and the text around as data, and the picture without its metadata', async () => {
		const count = server.requests.length;
		await open('# Ferries\n\nThe pier ![](../images/harbour.jpg) is old.\n', 'harbour');
		await commands.executeCommand('descry.writeAltText');
		const request = await server.request(count);
		assert.match(request.chat.question, /<data>[^]*Ferries[^]*The pier[^]*<\/data>/);
		assert.doesNotMatch(request.chat.system, /Ferries/);
		const [image] = request.chat.images;
		assert.equal(image?.mediaType, 'image/jpeg');
		assert.equal(image.bytes.includes('Exif'), false);
	});

	it('writes nothing when the document changed meanwhile', async () => {
		const gate = createGate();
		const count = server.requests.length;
		server.next({ text: [gate.opened, reply('Late')] });
		const { document } = await open('![](../images/harbour.jpg)\n', 'harbour');
		const writing = Promise.resolve(commands.executeCommand('descry.writeAltText'));
		await server.request(count);
		await insert(document, 'Typed meanwhile.\n');
		gate.open();
		// It ends with a question to the user, which closing the notifications answers with no.
		const answered = await Promise.race([writing.then(() => true), dismissedNotifications(writing)]);
		assert.equal(answered, true);
		assert.equal(document.getText(), 'Typed meanwhile.\n![](../images/harbour.jpg)\n');
	});

	it('writes nothing into a file that changed after its document was closed', async () => {
		const gate = createGate();
		const count = server.requests.length;
		server.next({ text: [gate.opened, reply('Late')] });
		// A document that an extension opened stays open for minutes.
		const uri = await writeDocument('![](../images/harbour.jpg)\n');
		await commands.executeCommand('vscode.open', uri);
		const document = window.activeTextEditor?.document;
		assert.ok(document);
		const writing = Promise.resolve(commands.executeCommand('descry.writeAltText', uri, 0));
		await server.request(count);
		await commands.executeCommand('workbench.action.closeActiveEditor');
		await eventually(() => assert.ok(document.isClosed));
		const text = 'Written by another program.\n';
		await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
		gate.open();
		assert.equal(await Promise.race([writing.then(() => true), dismissedNotifications(writing)]), true);
		assert.equal((await workspace.openTextDocument(uri)).getText(), text);
	});

	it('works on several documents at once', async () => {
		const gate = createGate();
		const count = server.requests.length;
		const documents = [];
		const writing = [];
		for (const name of ['One', 'Two', 'Three']) {
			server.next({ text: [gate.opened, reply(name)] });
			const { document } = await open(`${name} ![](../images/harbour.jpg)\n`, 'harbour');
			documents.push(document);
			writing.push(commands.executeCommand('descry.writeAltText'));
			await server.request(count + writing.length - 1);
		}
		gate.open();
		await Promise.all(writing);
		assert.deepEqual(
			documents.map((document) => document.getText()),
			['One', 'Two', 'Three'].map((name) => `${name} ![${name}](../images/harbour.jpg)\n`),
		);
	});

	it('offers a fix where alt text is missing, a rewrite where there is some, nothing in code', async () => {
		const { document } = await open(
			'![](../images/harbour.jpg)\n\n![Old](../images/harbour.jpg)\n\n```\n![](../images/harbour.jpg)\n```\n',
			'harbour',
		);
		const kindsAt = async (line: number): Promise<readonly (string | undefined)[]> => {
			const position = new Position(line, 5);
			const actions = await commands.executeCommand<readonly CodeAction[]>(
				'vscode.executeCodeActionProvider',
				document.uri,
				new Range(position, position),
			);
			return actions.filter(({ command }) => command?.command === 'descry.writeAltText').map(({ kind }) => kind?.value);
		};
		assert.deepEqual(await kindsAt(0), ['quickfix']);
		assert.deepEqual(await kindsAt(2), ['refactor.rewrite']);
		assert.deepEqual(await kindsAt(5), []);
	});
});

async function insert(document: TextDocument, text: string): Promise<void> {
	const edit = new WorkspaceEdit();
	edit.insert(document.uri, new Position(0, 0), text);
	await workspace.applyEdit(edit);
}

async function dismissedNotifications(writing: Promise<unknown>): Promise<boolean> {
	const over = new AbortController();
	void writing.then(() => over.abort());
	for (let attempt = 0; attempt < 50 && !over.signal.aborted; attempt++) {
		await commands.executeCommand('notifications.clearAll');
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return over.signal.aborted;
}
