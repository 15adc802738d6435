import {
	commands,
	Disposable,
	EventEmitter,
	InlayHint,
	InlayHintLabelPart,
	l10n,
	languages,
	StatusBarAlignment,
	type TextDocument,
	window,
} from 'vscode';
import { documentLanguages } from '../documentLanguages.ts';
import { roleLabel } from './roleWords.ts';
import type { WrittenRole } from './writtenRoles.ts';

/** For the key in package.json: the active document holds an alt text that was just written. */
const contextKey = 'descry.altTextJustWritten';

const change = 'descry.changeRole';

type WrittenOf = (document: TextDocument) => WrittenRole | undefined;

/**
 * Says which role an alt text was written for, and the key that changes it: by an inlay hint behind the image, and in
 * the status bar, where inlay hints are turned off and screen readers find it.
 */
export class RoleNotice implements Disposable {
	readonly #writtenOf: WrittenOf;
	readonly #changed = new EventEmitter<void>();
	readonly #item = window.createStatusBarItem('descry.role', StatusBarAlignment.Right, 200);
	readonly #hints: Disposable;

	constructor(writtenOf: WrittenOf) {
		this.#writtenOf = writtenOf;
		this.#item.name = l10n.t('Role of the image');
		this.#item.command = change;
		this.#hints = languages.registerInlayHintsProvider([...documentLanguages], {
			onDidChangeInlayHints: this.#changed.event,
			provideInlayHints: (document, range) => {
				const written = writtenOf(document);
				const hint = written && hintOf(written);
				return hint && range.contains(hint.position) ? [hint] : [];
			},
		});
	}

	/** Draws anew, in all editors. */
	draw(): void {
		this.#changed.fire();
		const active = window.activeTextEditor && this.#writtenOf(window.activeTextEditor.document);
		void commands.executeCommand('setContext', contextKey, active !== undefined);
		if (active) {
			const help = helpOf(active);
			this.#item.text = l10n.t('Alt text, {0}', labelOf(active));
			this.#item.tooltip = help;
			this.#item.accessibilityInformation = { label: help, role: 'button' };
			this.#item.show();
		} else {
			this.#item.hide();
		}
	}

	dispose(): void {
		Disposable.from(this.#hints, this.#item, this.#changed).dispose();
		void commands.executeCommand('setContext', contextKey, false);
	}
}

/** VS Code cuts what is longer than 43 characters. */
function hintOf(written: WrittenRole): InlayHint {
	const label = new InlayHintLabelPart(l10n.t('{0} · Alt+Enter', labelOf(written)));
	label.tooltip = helpOf(written);
	label.command = { command: change, title: l10n.t('Change the role') };
	const hint = new InlayHint(written.document.positionAt(written.image.end), [label]);
	hint.paddingLeft = true;
	return hint;
}

function helpOf(written: WrittenRole): string {
	return l10n.t('Alt text was written for: {0}. Change the role (Alt+Enter)', labelOf(written));
}

function labelOf({ role, image }: WrittenRole): string {
	return roleLabel(role, image.link);
}
