import { type Disposable, l10n, type OutputChannel, window } from 'vscode';

/** Where connection checks write what they find; made with the first of them. */
export class CheckReport implements Disposable {
	#channel: OutputChannel | undefined;

	/** Shows an empty page with a title, without taking the focus. */
	begin(title: string): OutputChannel {
		this.#channel ??= window.createOutputChannel(l10n.t('Descry Connection Check'));
		this.#channel.clear();
		this.#channel.appendLine(title);
		this.#channel.appendLine('');
		this.#channel.show(true);
		return this.#channel;
	}

	dispose(): void {
		this.#channel?.dispose();
	}
}
