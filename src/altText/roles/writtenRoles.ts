import { type Disposable, type TextDocument, TextEditorSelectionChangeKind, window, workspace } from 'vscode';
import type { ImageReference } from '../../documents/index.ts';
import type { Role } from './role.ts';
import { RoleNotice } from './roleNotice.ts';

/** An alt text as it was written, and the role that it was written for. */
export interface WrittenRole {
	readonly document: TextDocument;
	/** Of the document with the text. */
	readonly version: number;
	/** As it is in the document with the text. */
	readonly image: ImageReference;
	readonly role: Role;
}

/**
 * The roles that the last alt texts were written for, one a document: shown until the document changes or the user
 * goes to another place in it, and meanwhile changed by one key. Listens to nothing before the first.
 */
export class WrittenRoles implements Disposable {
	readonly #written = new Map<string, WrittenRole>();
	readonly #disposables: { dispose(): unknown }[] = [];
	#notice: RoleNotice | undefined;

	show(written: WrittenRole): void {
		this.#written.set(written.document.uri.toString(), written);
		this.#notice ??= this.#start();
		this.#draw();
	}

	/** Undefined where nothing was written, or the document changed since. */
	of(document: TextDocument): WrittenRole | undefined {
		const written = this.#written.get(document.uri.toString());
		return written?.version === document.version ? written : undefined;
	}

	dispose(): void {
		this.#disposables.forEach((disposable) => void disposable.dispose());
	}

	#start(): RoleNotice {
		const notice = new RoleNotice((document) => this.of(document));
		this.#disposables.push(
			notice,
			window.onDidChangeActiveTextEditor(() => this.#draw()),
			window.onDidChangeVisibleTextEditors(() => this.#draw()),
			window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
				const written = this.of(textEditor.document);
				const [cursor] = selections;
				const byUser = kind === TextEditorSelectionChangeKind.Keyboard || kind === TextEditorSelectionChangeKind.Mouse;
				if (written && cursor && byUser && !isAt(written, cursor.active.line)) {
					this.#forget(textEditor.document);
				}
			}),
			workspace.onDidChangeTextDocument(({ document }) => {
				// Its events also tell that a document was saved.
				if (!this.of(document)) {
					this.#forget(document);
				}
			}),
			workspace.onDidCloseTextDocument((document) => this.#forget(document)),
		);
		return notice;
	}

	#forget({ uri }: TextDocument): void {
		if (this.#written.delete(uri.toString())) {
			this.#draw();
		}
	}

	#draw(): void {
		this.#notice?.draw();
	}
}

function isAt({ document, image }: WrittenRole, line: number): boolean {
	return document.positionAt(image.start).line <= line && line <= document.positionAt(image.end).line;
}
