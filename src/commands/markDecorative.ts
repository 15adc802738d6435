import { applyAltText } from '../altText/apply.ts';
import type { Decisions } from '../altText/findings/decisions.ts';
import { commandPlace, type Place } from '../altText/place.ts';
import { isWritable } from './writeAltText.ts';

/** Empties an image's alt text, which hides it from screen readers, and remembers that this was meant. */
export async function markDecorative(decisions: Decisions, uri?: unknown, offset?: unknown): Promise<void> {
	const place = await commandPlace(uri, offset);
	if (isWritable(place)) {
		await markPlaceDecorative(decisions, place);
	}
}

export async function markPlaceDecorative(decisions: Decisions, place: Place): Promise<void> {
	if (await applyAltText(place, '')) {
		await decisions.markDecorative(place.document.uri, place.image.target);
	}
}
