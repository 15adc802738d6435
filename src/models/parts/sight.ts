import type { PictureTarget, Size } from '../../attachments/attachment.ts';
import { fitInside } from '../../attachments/images/fit.ts';
import type { Parameters } from '../../client/request.ts';
import { limitsOf } from './imageLimits.ts';
import { largest, modelViews, type View } from './modelViews.ts';

/** What a model at an endpoint sees of images, and what the endpoint takes. */
export interface Sight extends PictureTarget {
	/** Images in one request; more are refused, or left out silently. */
	readonly maxImages: number;
	/** Bytes of all images of one request together. */
	readonly requestBytes: number;
	/** What an image of this size costs once it was made to fit; undefined when nobody says. */
	readonly tokens: (size: Size) => number | undefined;
}

/** A model as a request names it: where, and with which wishes on how finely images are looked at. */
export interface Viewer {
	readonly model: string;
	readonly endpoint: { readonly baseUrl: string };
	readonly parameters?: Pick<Parameters, 'imageDetail' | 'mediaResolution'>;
}

/** Looks up a model's eyes by the names of the model and its endpoint (protocols.md 4). */
export function sightOf({ model, endpoint, parameters = {} }: Viewer): Sight {
	const { isLocal, ...limits } = limitsOf(new URL(endpoint.baseUrl).hostname);
	const name = nameOf(model);
	const view =
		modelViews.find(({ models }) => models.test(name))?.view(parameters, name) ?? (isLocal ? localView : unknownView);
	const fits = parameters.imageDetail === 'original' ? (view.original ?? largest) : view.fits;
	return { ...limits, fits, tokens: (size) => view.tokens?.(fits(size)) };
}

/** `google/gemini-2.5-flash:free` is `gemini-2.5-flash`. */
function nameOf(model: string): string {
	return model
		.slice(model.lastIndexOf('/') + 1)
		.replace(/:.*$/, '')
		.toLowerCase();
}

/** More detail than any model is known to lose when it is not known at all. */
const unknownView: View = { fits: (size) => fitInside(size, 2048) };

/** A picture of 4K can exceed the whole context of a model on one's own machine (protocols.md 4.5). */
const localView: View = { fits: (size) => fitInside(size, 1280) };
