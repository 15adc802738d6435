import { type Disposable, TabInputText, type TextEditor, type Uri, type ViewColumn, window, workspace } from 'vscode';

/**
 * The text editor the user was in last: while a panel has the focus none is active, and the picture that was looked at
 * may have covered it.
 */
export class LastTextEditor implements Disposable {
	#last = fileOf(window.activeTextEditor);
	readonly #listener = window.onDidChangeActiveTextEditor((editor) => {
		this.#last = fileOf(editor) ?? this.#last;
	});

	/** Brings it to the front, its cursor where it was; undefined when it is closed. */
	async show(): Promise<TextEditor | undefined> {
		const place = openTab(this.#last) ?? openTab(fileOf(window.visibleTextEditors[0])) ?? onlyTextTab();
		return place && window.showTextDocument(place.uri, { viewColumn: place.viewColumn, preview: false });
	}

	/** Inserts text at its cursor; where it is closed, as a new Markdown document. */
	async insert(text: string): Promise<void> {
		const editor = await this.show();
		if (!editor) {
			await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: text }));
			return;
		}
		await editor.edit((edit) => {
			for (const selection of editor.selections) {
				edit.replace(selection, text);
			}
		});
	}

	dispose(): void {
		this.#listener.dispose();
	}
}

/** Output channels and the like are editors too, but nothing to write in. */
function fileOf(editor: TextEditor | undefined): Uri | undefined {
	return editor && editor.viewColumn !== undefined ? editor.document.uri : undefined;
}

interface Place {
	readonly uri: Uri;
	readonly viewColumn: ViewColumn;
}

/** The user may have been in it, and covered it, before there was anybody to notice. */
function onlyTextTab(): Place | undefined {
	const [first, ...others] = window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.flatMap(({ input, group }) =>
			input instanceof TabInputText ? [{ uri: input.uri, viewColumn: group.viewColumn }] : [],
		);
	return others.length === 0 ? first : undefined;
}

function openTab(uri: Uri | undefined): Place | undefined {
	const tab = window.tabGroups.all
		.flatMap(({ tabs }) => tabs)
		.find(({ input }) => input instanceof TabInputText && input.uri.toString() === uri?.toString());
	return tab && uri && { uri, viewColumn: tab.group.viewColumn };
}
