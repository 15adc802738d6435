import { CancellationTokenSource, l10n, window } from 'vscode';
import type { AskPassword } from '../attachments/pdf/pdfPasswords.ts';

/** Escape gives none. */
export const askPassword: AskPassword = async (name, wrong, signal) => {
	const closing = new CancellationTokenSource();
	const close = (): void => closing.cancel();
	signal.addEventListener('abort', close);
	try {
		return await window.showInputBox(
			{
				title: l10n.t('Password of {0}', name),
				prompt: wrong
					? l10n.t('That password does not open the PDF. Another try:')
					: l10n.t('The PDF is locked. The password is kept until the window closes and sent nowhere.'),
				password: true,
				ignoreFocusOut: true,
			},
			closing.token,
		);
	} finally {
		signal.removeEventListener('abort', close);
		closing.dispose();
	}
};
