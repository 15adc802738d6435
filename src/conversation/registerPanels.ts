import { type Disposable, window } from 'vscode';
import type { PanelsParts } from './createPanels.ts';
import type { ConversationPanels } from './panels.ts';
import { viewType } from './viewType.ts';

/** Loads all about conversations with the first of them. */
export function panelsOnFirstUse(parts: PanelsParts): () => Promise<ConversationPanels> {
	let loaded: Promise<ConversationPanels> | undefined;
	return () => (loaded ??= import('./createPanels.ts').then(({ createPanels }) => createPanels(parts)));
}

/** Brings panels back after a reload, as they were. */
export function registerPanels(panels: () => Promise<ConversationPanels>): Disposable {
	return window.registerWebviewPanelSerializer(viewType, {
		deserializeWebviewPanel: async (panel, saved: unknown) => (await panels()).revive(panel, saved),
	});
}
