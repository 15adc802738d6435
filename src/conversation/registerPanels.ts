import { Disposable, window, workspace } from 'vscode';
import type { OpenFile } from '../attachments/open.ts';
import type { PanelsParts } from './createPanels.ts';
import type { ConversationPanels } from './panels.ts';
import { PagePictures, pageScheme } from './pagePictures.ts';
import { viewType } from './viewType.ts';

/** Loads all about conversations with the first of them. */
export function panelsOnFirstUse(parts: PanelsParts): () => Promise<ConversationPanels> {
	let loaded: Promise<ConversationPanels> | undefined;
	return () => (loaded ??= import('./createPanels.ts').then(({ createPanels }) => createPanels(parts)));
}

/** Brings panels, and the pages they showed, back after a reload, as they were. */
export function registerPanels(panels: () => Promise<ConversationPanels>, open: OpenFile): Disposable {
	return Disposable.from(
		window.registerWebviewPanelSerializer(viewType, {
			deserializeWebviewPanel: async (panel, saved: unknown) => (await panels()).revive(panel, saved),
		}),
		workspace.registerFileSystemProvider(pageScheme, new PagePictures(open), { isReadonly: true }),
	);
}
