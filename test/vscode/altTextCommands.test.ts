import assert from 'node:assert/strict';
import {
	commands,
	type Diagnostic,
	env,
	languages,
	Position,
	Selection,
	type TextDocument,
	window,
	workspace,
	WorkspaceEdit,
} from 'vscode';
import { reply } from '../altTextReply.ts';
import { eventually } from '../eventually.ts';
import { createGate, type ModelServer } from '../modelServer.ts';
import { answeredByServer } from './modelSettings.ts';
import { open, sampleFile } from './sampleDocuments.ts';

describe('alt text commands', () => {
	let server: ModelServer;
	answeredByServer({ answer: () => reply('A harbour at dusk') }, (started) => (server = started));

	const codesOf = (document: TextDocument): readonly unknown[] =>
		languages
			.getDiagnostics(document.uri)
			.filter(({ source }) => source === 'Descry')
			.map(codeOf);

	it('hints at images without alt text in open documents, and takes the hint back when it is written', async () => {
		const { document } = await open('![](../images/harbour.jpg)\n\n![A pier](../images/ferry-flow.png)\n', 'harbour');
		await eventually(() => assert.deepEqual(codesOf(document), ['missing']));
		await commands.executeCommand('descry.writeAltText');
		await eventually(() => assert.deepEqual(codesOf(document), []));
	});

	it('finds a target that is not there, and one that a site serves from its root', async () => {
		const { document } = await open('![A](nowhere.png) ![B](/images/harbour.jpg) ![C](../IMAGES/Harbour.JPG)\n', 'A');
		await eventually(() => assert.deepEqual(codesOf(document), ['missing-target']));
	});

	it('takes back that a target is not there, once it is', async () => {
		const { document } = await open('![A](../images/moved.jpg)\n', 'A');
		await eventually(() => assert.deepEqual(codesOf(document), ['missing-target']));
		const edit = new WorkspaceEdit();
		edit.createFile(sampleFile('images/moved.jpg'), { contents: new Uint8Array() });
		assert.ok(await workspace.applyEdit(edit));
		await eventually(() => assert.deepEqual(codesOf(document), []));
	});

	it('takes a comment for markdownlint as a decision, which travels with the document', async () => {
		const line = '![](../images/wave-rule.png)';
		const { document } = await open(`${line} <!-- markdownlint-disable-line MD045 -->\n\n${line}\n`, 'wave');
		await eventually(() => assert.deepEqual(codesOf(document), ['missing']));
		assert.deepEqual(
			languages.getDiagnostics(document.uri).map(({ range }) => range.start.line),
			[2],
		);
	});

	it('marks an image as decorative, and remembers that in Markdown', async () => {
		const { document } = await open('![image](../images/wave-rule.png)\n', 'wave');
		await eventually(() => assert.deepEqual(codesOf(document), ['placeholder']));
		await commands.executeCommand('descry.markDecorative');
		assert.equal(document.getText(), '![](../images/wave-rule.png)\n');
		await eventually(() => assert.deepEqual(codesOf(document), []));
	});

	it('writes all images of a file that need it, in one undo step', async () => {
		const text =
			'![](../images/harbour.jpg)\n\n![Kept](../images/ferry-flow.png)\n\n![todo](../images/visitors-chart.png)\n';
		const { document } = await open(text, 'Kept');
		const count = server.requests.length;
		void commands.executeCommand('descry.altTextInFile');
		await eventually(() =>
			assert.equal(
				document.getText(),
				text.replace('![]', '![A harbour at dusk]').replace('![todo]', '![A harbour at dusk]'),
			),
		);
		assert.equal(server.requests.length, count + 2);
		await commands.executeCommand('undo');
		assert.equal(document.getText(), text);
	});

	it('gives each of several images alike its own text where the document grew meanwhile', async () => {
		const line = '![](../images/harbour.jpg)\n\n';
		const { document } = await open(line + line, 'harbour');
		const gate = createGate();
		const count = server.requests.length;
		server.next({ text: [gate.opened, reply('One')] });
		server.next({ text: [gate.opened, reply('Two')] });
		void commands.executeCommand('descry.altTextInFile');
		await server.request(count + 1);
		const typed = new WorkspaceEdit();
		typed.insert(document.uri, new Position(0, 0), 'Typed meanwhile. '.repeat(20));
		await workspace.applyEdit(typed);
		gate.open();
		await eventually(() => {
			const [, ...images] = document.getText().split('![');
			assert.deepEqual(images.map((image) => image.slice(0, 5)).sort(), ['One](', 'Two](']);
		});
	});

	it('writes what was answered of a file although one image was not', async () => {
		const text = '![](../images/harbour.jpg)\n\n![](../images/ferry-flow.png)\n\n![](nowhere.png)\n';
		const { document } = await open(text, 'harbour');
		server.next({ finish: 'content_filter' });
		void commands.executeCommand('descry.altTextInFile');
		await eventually(() => assert.equal(document.getText().split('A harbour at dusk').length, 2));
	});

	it('inserts an image with its alt text at the cursor of the last document', async () => {
		const { document } = await open('# Harbour\n\nHere: .\n', '.');
		await commands.executeCommand('descry.insertImage', sampleFile('images/harbour.jpg'));
		assert.equal(document.getText(), '# Harbour\n\nHere: ![A harbour at dusk](../images/harbour.jpg).\n');
	});

	it('inserts an image where the cursor was left, when the user goes on to another document meanwhile', async () => {
		const { document } = await open('# Harbour\n\nHere: .\n', '.');
		const gate = createGate();
		const count = server.requests.length;
		server.next({ text: [gate.opened, reply('A harbour at dusk')] });
		const inserting = commands.executeCommand('descry.insertImage', sampleFile('images/harbour.jpg'));
		await server.request(count);
		const other = await open('# Ferries\n');
		await eventually(() => assert.ok(!window.visibleTextEditors.some((editor) => editor.document === document)));
		gate.open();
		await inserting;
		assert.equal(document.getText(), '# Harbour\n\nHere: ![A harbour at dusk](../images/harbour.jpg).\n');
		assert.equal(other.document.getText(), '# Ferries\n');
	});

	it('copies the alt text of an image', async () => {
		void commands.executeCommand('descry.copyAltText', sampleFile('images/harbour.jpg'));
		await eventually(async () => assert.equal(await env.clipboard.readText(), 'A harbour at dusk'));
	});

	it('sends the role, house style and language along', async () => {
		const settings = workspace.getConfiguration('descry.altText');
		await settings.update('language', 'de', true);
		await settings.update('instructions', 'Call the harbour "the Basin".', true);
		try {
			const count = server.requests.length;
			await open('[![](../images/harbour.jpg)](https://example.org/map)\n', 'harbour');
			await commands.executeCommand('descry.writeAltText');
			const { question } = (await server.request(count)).chat;
			assert.match(question, /example\.org\/map/);
			assert.match(question, /the Basin/);
			assert.match(question, /"de"/);
		} finally {
			await settings.update('language', undefined, true);
			await settings.update('instructions', undefined, true);
		}
	});

	for (const [extension, before, after] of [
		[
			'html',
			'<p><img src="../images/harbour.jpg"></p>\n',
			'<p><img src="../images/harbour.jpg" alt="A harbour at dusk"></p>\n',
		],
		[
			'jsx',
			'export const A = () => <img src="../images/harbour.jpg" alt="" />;\n',
			'export const A = () => <img src="../images/harbour.jpg" alt="A harbour at dusk" />;\n',
		],
		[
			'tsx',
			'export const A = () => <img alt={"x"} src="../images/harbour.jpg" />;\n',
			'export const A = () => <img alt={"A harbour at dusk"} src="../images/harbour.jpg" />;\n',
		],
	] as const) {
		it(`writes alt text in ${extension}`, async () => {
			const { document } = await open(before, 'harbour', extension);
			await commands.executeCommand('descry.writeAltText');
			assert.equal(document.getText(), after);
		});
	}

	it('finds an image by an alias of a configuration that the nearest one extends', async () => {
		const write = (path: string, content: unknown): Thenable<void> =>
			workspace.fs.writeFile(sampleFile(path), new TextEncoder().encode(JSON.stringify(content)));
		await write('docs/tsconfig.json', { extends: '../tsconfig.base.json' });
		await write('tsconfig.base.json', { compilerOptions: { paths: { '@pictures/*': ['images/*'] } } });
		const { document } = await open('export const A = () => <img src="@pictures/harbour.jpg" />;\n', 'harbour', 'tsx');
		await commands.executeCommand('descry.writeAltText');
		assert.equal(
			document.getText(),
			'export const A = () => <img src="@pictures/harbour.jpg" alt="A harbour at dusk" />;\n',
		);
	});

	it('says why it leaves computed alt text alone', async () => {
		const text = 'export const A = ({ caption }) => <img src="../images/harbour.jpg" alt={caption} />;\n';
		const { document } = await open(text, 'harbour', 'jsx');
		const count = server.requests.length;
		await commands.executeCommand('descry.writeAltText');
		assert.equal(document.getText(), text);
		assert.equal(server.requests.length, count);
	});

	it('works in a document that was never saved', async () => {
		const document = await workspace.openTextDocument({ language: 'markdown', content: '![](images/harbour.jpg)' });
		const editor = await window.showTextDocument(document);
		editor.selection = new Selection(new Position(0, 8), new Position(0, 8));
		await commands.executeCommand('descry.writeAltText');
		assert.equal(document.getText(), '![A harbour at dusk](images/harbour.jpg)');
	});
});

function codeOf({ code }: Diagnostic): unknown {
	return typeof code === 'object' ? code.value : code;
}
