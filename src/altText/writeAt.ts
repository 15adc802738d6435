import { applyAltText } from './apply.ts';
import { type AltTextServices, altTextFor, surroundingsOf } from './ask.ts';
import { openTarget } from './targets/openTarget.ts';
import { type Place, placeNow } from './place.ts';
import type { AltTextWishes } from './prompt.ts';
import { reportFailure } from './report.ts';

/** Asks the model in use for the alt text of one image, and writes it. */
export async function writeAltTextAt(
	services: AltTextServices,
	place: Place,
	wishes: AltTextWishes = {},
): Promise<void> {
	const model = await services.models.current('images');
	if (!model) {
		return;
	}
	try {
		const opened = await openTarget(services, place.document, place.image.target);
		if (!opened) {
			return;
		}
		const surroundings = await surroundingsOf(place);
		prepare(place).catch(services.log);
		const alt = await altTextFor(services, model, surroundings, opened, wishes);
		const written = alt === undefined ? undefined : await applyAltText(place, alt);
		const { role } = { ...surroundings.wishes, ...wishes };
		// No role decides what the reader on this device recognises, nor is there one where the user wants no text.
		if (written && role && alt !== '' && model.host !== undefined) {
			const { document, version, image } = written;
			services.roles.show({ document, version, image, role });
		}
	} catch (error) {
		if (await reportFailure(services, error, model, place.image.target)) {
			await writeAltTextAt(services, (await placeNow(place)) ?? place, wishes);
		}
	}
}

/** Gets ready while the model thinks. */
async function prepare({ text, document }: Place): Promise<void> {
	const { prepareRewrite } = await import('../documents/index.ts');
	await prepareRewrite(text, document.languageId, { path: document.uri.path });
}
