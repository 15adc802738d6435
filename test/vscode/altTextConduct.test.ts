import assert from 'node:assert/strict';
import {
	type CodeAction,
	commands,
	Disposable,
	EventEmitter,
	type FileChangeEvent,
	FileSystemError,
	type FileSystemProvider,
	FileType,
	languages,
	Range,
	type TextDocument,
	Uri,
	window,
	workspace,
} from 'vscode';
import { reply } from '../altTextReply.ts';
import { eventually } from '../eventually.ts';
import { type ModelServer } from '../modelServer.ts';
import { answeredByServer } from './modelSettings.ts';
import { sampleFile, writeDocument } from './sampleDocuments.ts';

describe('conduct in documents of all kinds', () => {
	let server: ModelServer;
	answeredByServer({ answer: () => reply('A harbour at dusk') }, (started) => (server = started));

	async function offers(document: TextDocument): Promise<readonly string[]> {
		const at = document.positionAt(document.getText().indexOf('![') + 3);
		const actions = await commands.executeCommand<readonly CodeAction[]>(
			'vscode.executeCodeActionProvider',
			document.uri,
			new Range(at, at),
		);
		return actions.flatMap(({ command }) => (command?.command.startsWith('descry.') ? [command.command] : []));
	}

	const hints = (document: TextDocument): number =>
		languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Descry').length;

	/** Runs the first offer as choosing it would. */
	async function takeOffer(document: TextDocument): Promise<void> {
		// VS Code drops an answer while it is still setting up the editor.
		await eventually(async () => {
			assert.deepEqual(await offers(document), ['descry.writeAltText', 'descry.markDecorative']);
		});
		await commands.executeCommand('descry.writeAltText', document.uri, document.getText().indexOf('!['));
	}

	it('writes in a file system that another extension provides', async () => {
		const image = await workspace.fs.readFile(sampleFile('images/harbour.jpg'));
		const files = new MemoryFiles({ '/docs/a.md': Buffer.from('![](images/b.jpg)\n'), '/docs/images/b.jpg': image });
		const registered = workspace.registerFileSystemProvider('descry-memory', files);
		try {
			const document = await workspace.openTextDocument(Uri.parse('descry-memory:/docs/a.md'));
			await window.showTextDocument(document);
			await eventually(() => assert.equal(hints(document), 1));
			await takeOffer(document);
			assert.equal(document.getText(), '![A harbour at dusk](images/b.jpg)\n');
		} finally {
			registered.dispose();
		}
	});

	/** The text of a notebook's only cell, once it takes an edit: one that is only shown has no text to act on. */
	async function cellOf(name: string, cell: object): Promise<TextDocument> {
		const uri = sampleFile(`docs/${name}.ipynb`);
		await workspace.fs.writeFile(uri, new TextEncoder().encode(notebookJson(cell)));
		const notebook = await workspace.openNotebookDocument(uri);
		await window.showNotebookDocument(notebook);
		const { document } = notebook.cellAt(0);
		await eventually(async () => {
			await commands.executeCommand('notebook.cell.edit');
			assert.equal(window.activeTextEditor?.document, document);
		});
		return document;
	}

	it('writes in a Markdown cell of a notebook, whose images lie beside the notebook', async () => {
		const document = await cellOf('conduct', { source: ['![](../images/harbour.jpg)'] });
		await eventually(() => assert.equal(hints(document), 1));
		await takeOffer(document);
		assert.equal(document.getText(), '![A harbour at dusk](../images/harbour.jpg)');
	});

	/** A picture that no other test sends: 2 by 1 px, as PNG. */
	const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==';

	for (const [what, cell] of [
		[
			'is attached to its cell',
			{ source: ['![](attachment:a%20b.png)'], attachments: { 'a b.png': { 'image/png': dot } } },
		],
		['is written into its cell', { source: [`![](data:image/png;base64,${dot})`] }],
		['is written into an <img> of its cell', { source: [`<img alt="" src="data:image/png;base64,${dot}">`] }],
	] as const) {
		it(`sends a picture that ${what}, and writes its alt text there`, async () => {
			const document = await cellOf(`conduct-${what.replaceAll(/\W+/g, '-')}`, cell);
			const count = server.requests.length;
			const [before] = cell.source;
			await commands.executeCommand('descry.writeAltText', document.uri, 0);
			assert.equal(
				document.getText(),
				before.replace('![]', '![A harbour at dusk]').replace('alt=""', 'alt="A harbour at dusk"'),
			);
			const images = server.requests.slice(count).flatMap(({ chat }) => chat.images);
			assert.deepEqual(
				images.map(({ mediaType, bytes }) => [mediaType, bytes.subarray(16, 24).toString('hex')]),
				[['image/png', '0000000200000001']],
			);
		});
	}

	it('marks an attachment that its cell does not have', async () => {
		const document = await cellOf('conduct-missing', {
			source: ['![A pier](attachment:gone.png) ![A quay](attachment:here.png)'],
			attachments: { 'here.png': { 'image/png': dot } },
		});
		const codes = (): readonly unknown[] =>
			languages.getDiagnostics(document.uri).flatMap(({ source, code, range }) => {
				const name = typeof code === 'object' ? code.value : code;
				return source === 'Descry' ? [[name, document.getText(range)]] : [];
			});
		await eventually(() => assert.deepEqual(codes(), [['missing-target', 'attachment:gone.png']]));
	});

	it('offers and marks nothing in what cannot be changed, also beside the changed text in a comparison', async () => {
		const text = '![](../images/harbour.jpg)\n';
		const registered = workspace.registerTextDocumentContentProvider('descry-old', {
			provideTextDocumentContent: () => text,
		});
		try {
			const [old, now] = [Uri.parse('descry-old:/docs/old.md'), await writeDocument(text)];
			await commands.executeCommand('vscode.diff', old, now, 'Comparison');
			const documents = await Promise.all([old, now].map((uri) => workspace.openTextDocument(uri)));
			const [before, after] = documents;
			assert.ok(before && after);
			assert.equal(before.languageId, 'markdown');
			await eventually(() => assert.equal(hints(after), 1));
			assert.equal(hints(before), 0);
			assert.deepEqual(await offers(before), []);
			const count = server.requests.length;
			await commands.executeCommand('descry.writeAltText', old, 0);
			assert.equal(server.requests.length, count);
		} finally {
			registered.dispose();
		}
	});

	it('does nothing on save, whatever is set to run then', async () => {
		const settings = workspace.getConfiguration('editor');
		const all = { source: 'always', 'source.fixAll': 'always', quickfix: 'always' };
		await settings.update('codeActionsOnSave', all, true);
		try {
			const text = '![](../images/harbour.jpg)\n';
			const document = await workspace.openTextDocument(await writeDocument(text));
			const editor = await window.showTextDocument(document);
			const count = server.requests.length;
			await editor.edit((edit) => edit.insert(document.positionAt(text.length), 'More.\n'));
			assert.equal(await document.save(), true);
			assert.equal(document.getText(), `${text}More.\n`);
			assert.equal(document.isDirty, false);
			assert.equal(server.requests.length, count);
		} finally {
			await settings.update('codeActionsOnSave', undefined, true);
		}
	});
});

function notebookJson(cell: object): string {
	return JSON.stringify({
		cells: [{ cell_type: 'markdown', metadata: {}, ...cell }],
		metadata: {},
		nbformat: 4,
		nbformat_minor: 5,
	});
}

/** Files by path, in folders that are not kept. */
class MemoryFiles implements FileSystemProvider {
	readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
	readonly #files: Map<string, Uint8Array>;

	constructor(files: Readonly<Record<string, Uint8Array>>) {
		this.#files = new Map(Object.entries(files));
	}

	watch(): Disposable {
		return new Disposable(() => undefined);
	}

	stat({ path }: Uri): { type: FileType; ctime: number; mtime: number; size: number } {
		const file = this.#files.get(path);
		const isFolder = [...this.#files.keys()].some((one) => one.startsWith(`${path.replace(/\/$/, '')}/`));
		if (!file && !isFolder) {
			throw FileSystemError.FileNotFound(path);
		}
		return { type: file ? FileType.File : FileType.Directory, ctime: 0, mtime: 0, size: file?.length ?? 0 };
	}

	readFile({ path }: Uri): Uint8Array {
		const file = this.#files.get(path);
		if (!file) {
			throw FileSystemError.FileNotFound(path);
		}
		return file;
	}

	writeFile({ path }: Uri, content: Uint8Array): void {
		this.#files.set(path, content);
	}

	readDirectory(): [string, FileType][] {
		return [];
	}

	createDirectory(): void {
		throw FileSystemError.NoPermissions();
	}

	delete(): void {
		throw FileSystemError.NoPermissions();
	}

	rename(): void {
		throw FileSystemError.NoPermissions();
	}
}
