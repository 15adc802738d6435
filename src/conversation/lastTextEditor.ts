import { type Disposable, type TextEditor, ViewColumn, window, workspace } from 'vscode';

/** The text editor the user was in last: while a panel has the focus, none is active. */
export class LastTextEditor implements Disposable {
	#last = window.activeTextEditor;
	readonly #listener = window.onDidChangeActiveTextEditor((editor) => {
		this.#last = editor ?? this.#last;
	});

	/** Inserts text at its cursor; where no text editor shows, as a new Markdown document. */
	async insert(text: string): Promise<void> {
		const editor = this.#visible();
		if (editor) {
			await window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? ViewColumn.Active });
			await editor.edit((edit) => {
				for (const selection of editor.selections) {
					edit.replace(selection, text);
				}
			});
		} else {
			await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: text }));
		}
	}

	dispose(): void {
		this.#listener.dispose();
	}

	#visible(): TextEditor | undefined {
		const visible = window.visibleTextEditors;
		return visible.find((editor) => editor === this.#last) ?? visible[0];
	}
}
