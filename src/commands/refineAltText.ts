import { l10n, window } from 'vscode';
import type { AltTextServices } from '../altText/ask.ts';
import { commandPlace } from '../altText/place.ts';
import { type Role, roleOf } from '../altText/roles/role.ts';
import { type RoleItem, roleItems } from '../altText/roles/roleList.ts';
import { writeAltTextAt } from '../altText/writeAt.ts';
import { isWritable } from './writeAltText.ts';

/** Rewrites an image's alt text from what it says now, with a word of guidance and the role that the user gives it. */
export async function refineAltText(services: AltTextServices, uri?: unknown, offset?: unknown): Promise<void> {
	const place = await commandPlace(uri, offset);
	if (!isWritable(place)) {
		return;
	}
	const { alt } = place.image;
	const guidance = await askGuidance(alt, roleOf(place.text, place.document.languageId, place.image));
	if (guidance) {
		const { wish, role } = guidance;
		await writeAltTextAt(services, place, { current: { alt, ...(wish === '' ? {} : { wish }) }, role });
	}
}

/** One box: what is typed is the guidance, what is chosen is the role; the one found in the document comes first. */
function askGuidance(alt: string, found: Role): Promise<{ readonly wish: string; readonly role: Role } | undefined> {
	const box = window.createQuickPick<RoleItem>();
	box.title = alt === '' ? l10n.t('Refine alt text') : l10n.t('Refine “{0}”', alt);
	box.placeholder = l10n.t('What should change? For example: shorter, name the boat');
	box.items = roleItems(found);
	return new Promise((resolve) => {
		box.onDidAccept(() => {
			const [chosen] = box.activeItems;
			resolve(chosen && { wish: box.value.trim(), role: chosen.role });
			box.hide();
		});
		box.onDidHide(() => {
			resolve(undefined);
			box.dispose();
		});
		box.show();
	});
}
