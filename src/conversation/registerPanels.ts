import { type Disposable, window } from 'vscode';
import type { ConversationPanels } from './panels.ts';
import { viewType } from './viewType.ts';

/** Brings panels back after a reload, as they were. */
export function registerPanels(panels: () => Promise<ConversationPanels>): Disposable {
	return window.registerWebviewPanelSerializer(viewType, {
		deserializeWebviewPanel: async (panel, saved: unknown) => (await panels()).revive(panel, saved),
	});
}
