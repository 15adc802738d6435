import type { Request, Turn } from '../client/request.ts';
import { hostOf, transitTo } from './settings/endpoints.ts';
import { namingKeyAbsence } from './keyAbsence.ts';
import type { Keys } from './keys.ts';
import type { LearnedRefusals } from './lists/learnedRefusals.ts';
import type { Inquiry, Model, ModelEvent } from './model.ts';
import { plainParameters } from './settings/plainParameters.ts';
import type { ModelTarget } from './modelTarget.ts';
import { addressParts, takesAddress } from './parts/addressParts.ts';
import type { ReadText } from './parts/recognisedPages.ts';
import { tellingCoverage } from './parts/tellingCoverage.ts';

export interface EndpointModelServices {
	readonly keys: Keys;
	readonly log: (line: string) => void;
	readonly refusals: LearnedRefusals;
	/** Recognises the text of scanned pages, for models that see none. */
	readonly readText: ReadText;
	/** Whether images that need no change go as they are. */
	readonly keepsMetadata: () => boolean;
}

/** A model at an endpoint. Its key is looked up for each request, so that a new one counts at once. */
export function endpointModel(target: ModelTarget, services: EndpointModelServices): Model {
	const { endpoint, model, listed } = target;
	const { keys, log } = services;
	const reader = {
		endpoint,
		model,
		sees: listed?.seesImages === undefined ? 'unknown' : listed.seesImages ? 'yes' : 'no',
		...(listed?.contextLength === undefined ? {} : { contextTokens: listed.contextLength }),
	} as const;
	return {
		id: `${endpoint.name}/${model}`,
		name: model,
		host: hostOf(endpoint),
		transit: transitTo(endpoint),
		takesAddress: (address) => takesAddress(reader, address),
		async estimate(requests, signal) {
			const { estimateOf } = await import('./parts/estimate.ts');
			const { parameters } = target;
			return estimateOf(requests, { ...reader, parameters, keepsMetadata: services.keepsMetadata() }, signal);
		},
		async *answer(inquiry: Inquiry, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
			const [{ answer, bulk, interactive }, { attachmentParts }, learned, key] = await Promise.all([
				import('../client/index.ts'),
				import('./parts/attachmentParts.ts'),
				services.refusals.learned(),
				keys.keyFor(endpoint),
			]);
			// Alt text is about the picture at hand.
			const parameters = inquiry.purpose === 'alt-text' ? plainParameters(target.parameters) : target.parameters;
			const { parts, coverage } = await attachmentParts(
				inquiry.attachments,
				{
					...reader,
					parameters,
					purpose: inquiry.purpose,
					questions: [...inquiry.earlier.map((turn) => turn.question), inquiry.question],
					readText: services.readText,
					keepsMetadata: services.keepsMetadata(),
				},
				signal,
			);
			const attached = [...parts, ...addressParts(inquiry.addresses ?? [])];
			const request: Request = { model, system: inquiry.system, turns: turnsOf(inquiry, attached), parameters };
			try {
				const patience = inquiry.isBulk === true ? bulk : interactive;
				const { timers } = endpoint;
				const events = answer(request, endpoint, { key, signal, log, learned, patience, timers });
				yield* tellingCoverage(events, coverage);
			} catch (error) {
				throw namingKeyAbsence(error, endpoint, key);
			}
		},
	};
}

/** The attachments stand once, before the first question: later turns refer to them. */
export function turnsOf({ earlier, question }: Inquiry, attached: Turn['parts']): readonly Turn[] {
	const questions = [...earlier.map((turn) => turn.question), question];
	return questions.flatMap((text, index): Turn[] => {
		const asked: Turn = {
			role: 'user',
			parts: [...(index === 0 ? attached : []), { kind: 'text', text }],
		};
		const answered = earlier[index]?.parts;
		return answered === undefined ? [asked] : [asked, { role: 'assistant', parts: answered }];
	});
}
