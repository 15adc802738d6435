import { TabInputCustom, TabInputText, Uri, window } from 'vscode';

/** The file a menu entry was chosen on, else that of the active tab. */
export function clickedOrActiveFile(clicked: unknown): Uri | undefined {
	if (clicked instanceof Uri) {
		return clicked;
	}
	const input = window.tabGroups.activeTabGroup.activeTab?.input;
	return input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
}
