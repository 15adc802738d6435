import { applyAltText } from './apply.ts';
import { type AltTextServices, altTextFor, surroundingsOf } from './ask.ts';
import { openTarget } from './openTarget.ts';
import { type Place, placeNow } from './place.ts';
import type { AltTextWishes } from './prompt.ts';
import { reportFailure } from './report.ts';

/** Asks the model in use for the alt text of one image, and writes it. */
export async function writeAltTextAt(
	services: AltTextServices,
	place: Place,
	wishes: AltTextWishes = {},
): Promise<void> {
	const model = await services.models.current();
	if (!model) {
		return;
	}
	try {
		const opened = await openTarget(services, place.document, place.image.target, new AbortController().signal);
		const alt = opened && (await altTextFor(services, model, await surroundingsOf(place), opened, wishes));
		if (alt !== undefined) {
			await applyAltText(place, alt);
		}
	} catch (error) {
		if (await reportFailure(services, error, model, place.image.target)) {
			await writeAltTextAt(services, (await placeNow(place)) ?? place, wishes);
		}
	}
}
