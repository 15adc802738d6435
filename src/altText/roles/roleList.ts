import { l10n, type QuickPickItem, window } from 'vscode';
import type { Role } from './role.ts';
import { roleChoice, roles } from './roleWords.ts';

export interface RoleItem extends QuickPickItem {
	readonly role: Role;
}

/** All roles, each a choice; the one found in the document comes first. */
export function roleItems(found: Role): readonly RoleItem[] {
	return [found, ...roles.filter((role) => role !== found)].map((role) => ({
		label: roleChoice(role),
		description: role === found ? l10n.t('as it stands in the document') : '',
		alwaysShow: true,
		role,
	}));
}

/** Lets the user say what an image is for; undefined when they leave the list. */
export async function chooseRole(found: Role, written: Role | undefined): Promise<Role | undefined> {
	const items = roleItems(found).map((item) =>
		item.role === written && written !== found ? { ...item, description: l10n.t('as the text was written') } : item,
	);
	const title = l10n.t('What is the image for?');
	const placeHolder = l10n.t('The alt text is written anew for what you choose');
	return (await window.showQuickPick(items, { title, placeHolder }))?.role;
}
