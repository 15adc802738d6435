import { commands, l10n, window } from 'vscode';
import type { SettingMistakes } from '../models/modelSource.ts';
import type { Expected, SettingMistake } from '../models/settings/settingReader.ts';

/**
 * Tells what is wrong in the settings: each mistake once, in the log and in one message that leads there.
 * @param told Sentences that were told before; those told now are added.
 */
export function tellMistakes(mistakes: SettingMistakes, told: Set<string>, log: (line: string) => void): void {
	const untold = Object.entries(mistakes).flatMap(([setting, found]: [string, readonly SettingMistake[]]) =>
		found
			.map((mistake) => ({ setting, sentence: mistakeSentence(setting, mistake) }))
			.filter(({ sentence }) => !told.has(sentence)),
	);
	untold.forEach(({ sentence }) => {
		told.add(sentence);
		log(sentence);
	});
	const [first] = untold;
	if (first) {
		void showMistake(first.setting, first.sentence, untold.length - 1);
	}
}

async function showMistake(setting: string, sentence: string, more: number): Promise<void> {
	const open = l10n.t('Open settings');
	const showLog = l10n.t('Show log');
	const words =
		more === 0
			? sentence
			: more === 1
				? l10n.t('{0} The log names one more such mistake.', sentence)
				: l10n.t('{0} The log names {1} more such mistakes.', sentence, more);
	const chosen = await window.showWarningMessage(words, open, ...(more === 0 ? [] : [showLog]));
	if (chosen === open) {
		await commands.executeCommand('workbench.action.openSettingsJson', { revealSetting: { key: setting } });
	} else if (chosen === showLog) {
		await commands.executeCommand('descry.showLog');
	}
}

/** One sentence on what was left out, and what would have been right. */
export function mistakeSentence(setting: string, { path, expected }: SettingMistake): string {
	const name = [setting, ...path].join(' › ');
	return l10n.t('{0} was left out: {1}.', name, wish(expected));
}

function wish(expected: Expected): string {
	switch (expected.kind) {
		case 'number':
			return expected.whole
				? l10n.t('it has to be a whole number from {0} to {1}', expected.least, expected.most)
				: l10n.t('it has to be a number from {0} to {1}', expected.least, expected.most);
		case 'one-of':
			return l10n.t('it has to be one of {0}', expected.values.join(', '));
		case 'boolean':
			return l10n.t('it has to be true or false');
		case 'text':
			return l10n.t('it has to be text');
		case 'object':
			return l10n.t('it has to be an object in braces');
		case 'time':
			return l10n.t('it has to be a time such as 2026-01-31T00:00:00Z');
		case 'ratio':
			return l10n.t('it has to be a ratio such as 16:9');
		case 'address':
			return l10n.t('it has to be an address such as https://models.example.com/v1');
		case 'header':
			return l10n.t('it has to be a header with one line of plain text');
		case 'name':
			return l10n.t('a name of a server has no blanks and no slash, and is neither device nor vscode');
		case 'both':
			return l10n.t('{0} are needed together', expected.names.join(', '));
		case 'member':
			return expected.near.length === 0
				? l10n.t('there is no such option')
				: l10n.t('there is no such option, but {0}', expected.near.join(', '));
	}
}
