import { Uri, window, workspace } from 'vscode';
import type { AltTextServices } from '../altText/ask.ts';
import type { Decisions } from '../altText/findings/decisions.ts';
import { commandPlace, placeAt, placeNow } from '../altText/place.ts';
import { roleOf } from '../altText/roles/role.ts';
import { chooseRole } from '../altText/roles/roleList.ts';
import { writeAltTextAt } from '../altText/writeAt.ts';
import { markPlaceDecorative } from './markDecorative.ts';
import { isWritable } from './writeAltText.ts';

/**
 * Lets the user say what an image is for and writes its alt text anew for that: the image whose alt text was just
 * written, else the one at the cursor.
 */
export async function changeRole(
	services: AltTextServices,
	decisions: Decisions,
	uri?: unknown,
	offset?: unknown,
): Promise<void> {
	const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : window.activeTextEditor?.document;
	const written = document && offset === undefined ? services.roles.of(document) : undefined;
	const place = written ? await placeAt(written.document, written.image.start) : await commandPlace(uri, offset);
	if (!isWritable(place)) {
		return;
	}
	const role = await chooseRole(roleOf(place.text, place.document.languageId, place.image), written?.role);
	const chosen = role && { role, place: await placeNow(place) };
	if (!chosen || !isWritable(chosen.place)) {
		return;
	}
	await (chosen.role === 'decorative'
		? markPlaceDecorative(decisions, chosen.place)
		: writeAltTextAt(services, chosen.place, { role: chosen.role }));
}
