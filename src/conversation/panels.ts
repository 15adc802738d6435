import { randomUUID } from 'node:crypto';
import { ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Model } from '../models/model.ts';
import type { ConversationState } from './messages.ts';
import { ConversationPanel, type PanelServices } from './panel.ts';
import { afterReload, type ConversationFile, keptAttachments, newConversation } from './state.ts';
import { viewType } from './viewType.ts';

/** All conversation panels of this window. */
export class ConversationPanels {
	readonly #services: Omit<PanelServices, 'openInNewPanel'>;
	readonly #panels = new Set<ConversationPanel>();

	constructor(services: Omit<PanelServices, 'openInNewPanel'>) {
		this.#services = services;
	}

	/** Shows in a panel that a reload brought back what it showed before. */
	async revive(panel: WebviewPanel, saved: unknown): Promise<void> {
		const id = savedId(saved);
		const state = id === undefined ? undefined : await this.#services.store.load(id);
		if (state) {
			this.#adopt(panel, afterReload(state));
		} else {
			panel.dispose();
		}
	}

	/**
	 * Describes files: in the panel that shows, unless that one is still answering about other files, or in a new one.
	 * Describing what is just being described only brings it to the front.
	 */
	async describe(files: readonly ConversationFile[], options: { readonly newPanel: boolean }): Promise<void> {
		const shown = options.newPanel ? undefined : [...this.#panels].find(({ isVisible }) => isVisible);
		const state = newConversation(randomUUID(), files);
		if (shown?.conversation.isRunning && sameFiles(shown.conversation.state, state)) {
			shown.reveal();
			return;
		}
		if (shown && !shown.conversation.isRunning) {
			const conversation = shown.replace(state);
			shown.reveal();
			await conversation.describe();
			return;
		}
		await this.#open(state).conversation.describe();
	}

	/** Every panel says which model its next question goes to. */
	showModel({ name, host }: Model): void {
		this.#panels.forEach(({ conversation }) => conversation.useModel({ name, host }));
	}

	#open(state: ConversationState): ConversationPanel {
		// Where the newest panel is, so that panels gather in one column.
		const viewColumn = [...this.#panels].at(-1)?.viewColumn ?? ViewColumn.Beside;
		return this.#adopt(
			window.createWebviewPanel(viewType, 'Descry', { viewColumn, preserveFocus: true }, { enableFindWidget: true }),
			state,
		);
	}

	async #openCopy(state: ConversationState): Promise<void> {
		const id = randomUUID();
		await this.#services.store.images.copy(state.id, id);
		this.#open(afterReload({ ...state, id }));
	}

	#adopt(webviewPanel: WebviewPanel, state: ConversationState): ConversationPanel {
		const panel: ConversationPanel = new ConversationPanel(
			webviewPanel,
			state,
			{ ...this.#services, openInNewPanel: (copied) => this.#openCopy(copied) },
			() => this.#panels.delete(panel),
		);
		this.#panels.add(panel);
		return panel;
	}
}

function sameFiles(one: ConversationState, other: ConversationState): boolean {
	const uris = (state: ConversationState): string =>
		keptAttachments(state)
			.map(({ uri, byAddress }) => `${uri} ${byAddress}`)
			.join('\n');
	return uris(one) === uris(other);
}

function savedId(saved: unknown): string | undefined {
	const id = typeof saved === 'object' && saved !== null && 'id' in saved ? saved.id : undefined;
	// It comes from the webview and becomes a file name.
	return typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
}
