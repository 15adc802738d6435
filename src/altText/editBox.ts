import { commands, l10n, ThemeIcon, window } from 'vscode';

/**
 * Lets the user make alt text from the words recognised in a picture, which alone are seldom what it says.
 * Empty when they mark the image as decorative; undefined when they left the box.
 */
export function editAltText(recognised: string, name: string): Promise<string | undefined> {
	const box = window.createInputBox();
	const decorative = {
		iconPath: new ThemeIcon('circle-slash'),
		tooltip: l10n.t('Mark as decorative (empty alt text)'),
	};
	const chooseModel = {
		iconPath: new ThemeIcon('gear'),
		tooltip: l10n.t('Choose a model, which would say what the picture shows'),
	};
	box.title = l10n.t('Alt text for {0}', name);
	box.value = recognised;
	box.prompt =
		recognised === ''
			? l10n.t('No text was recognised in the picture. Say in a sentence what it shows; a model could do that for you.')
			: l10n.t(
					'This text was recognised in the picture. Change it to what the picture says here; a model could do that for you.',
				);
	box.ignoreFocusOut = true;
	box.buttons = [decorative, chooseModel];
	return new Promise((resolve) => {
		const finish = (alt: string | undefined): void => {
			resolve(alt);
			box.hide();
		};
		box.onDidAccept(() => {
			if (box.value.trim() !== '') {
				finish(box.value);
			}
		});
		box.onDidTriggerButton((button) => {
			finish(button === decorative ? '' : undefined);
			if (button === chooseModel) {
				void commands.executeCommand('descry.selectModel');
			}
		});
		box.onDidHide(() => {
			resolve(undefined);
			box.dispose();
		});
		box.show();
	});
}
