import type { Parameters } from '../../client/request.ts';

/** What belongs to any question: without pages of the web and without pictures of the model's own. */
export function plainParameters(parameters: Parameters): Parameters {
	const own: readonly string[] = ['webSearch', 'imageOutput'] satisfies readonly (keyof Parameters)[];
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => !own.includes(name)));
}
