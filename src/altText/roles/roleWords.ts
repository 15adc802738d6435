import { l10n } from 'vscode';
import type { Role } from './role.ts';

interface RoleWords {
	/** In parentheses or after a colon; short, as an inlay hint has little room. */
	readonly label: () => string;
	/** As a choice among the others. */
	readonly choice: () => string;
}

const words: Readonly<Record<Role, RoleWords>> = {
	informative: {
		label: () => l10n.t('informative'),
		choice: () => l10n.t('It tells something: say what'),
	},
	functional: {
		label: () => l10n.t('link or button: what it does'),
		choice: () => l10n.t('It is a link or button: say where it leads or what it does'),
	},
	captioned: {
		label: () => l10n.t('captioned: adds to the caption'),
		choice: () => l10n.t('It has a caption: say what the caption does not'),
	},
	'repeats-text': {
		label: () => l10n.t('repeats the text beside it'),
		choice: () => l10n.t('The text beside it says the same'),
	},
	icon: {
		label: () => l10n.t('icon: what it stands for'),
		choice: () => l10n.t('It is an icon: say what it stands for'),
	},
	chart: {
		label: () => l10n.t('chart: its main point'),
		choice: () => l10n.t('It is a chart or diagram: say its kind and main point'),
	},
	decorative: {
		label: () => l10n.t('decorative'),
		choice: () => l10n.t('It decorates: no alt text'),
	},
};

/** In the order in which a list shows them. */
export const roles = Object.keys(words) as readonly Role[];

export function roleChoice(role: Role): string {
	return words[role].choice();
}

/** What an image's role asks of its alt text, in a few words. `link`: where the link around it goes, if any. */
export function roleLabel(role: Role, link: string | undefined): string {
	return role === 'functional' && link !== undefined ? l10n.t('link: where it leads') : words[role].label();
}
