import { Failure } from '../client/failure.ts';
import type { Parameters, Request, Turn } from '../client/request.ts';
import { attachmentParts } from './attachmentParts.ts';
import { hostOf, mayCarryKey, transitTo } from './endpoints.ts';
import type { Keys } from './keys.ts';
import type { KeyAbsence } from './keyAbsence.ts';
import type { Inquiry, Model, ModelEvent } from './model.ts';
import type { NamedEndpoint } from './presets.ts';

export interface EndpointModelServices {
	readonly keys: Keys;
	/** By `descry.request`; the endpoint's own win. */
	readonly parameters: Parameters;
	readonly log: (line: string) => void;
}

/** A model at an endpoint. Its key is looked up for each request, so that a new one counts at once. */
export function endpointModel(endpoint: NamedEndpoint, model: string, services: EndpointModelServices): Model {
	const { keys, log } = services;
	return {
		id: `${endpoint.name}/${model}`,
		name: model,
		host: hostOf(endpoint),
		transit: transitTo(endpoint),
		async *answer(inquiry: Inquiry, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
			const [{ answer }, key] = await Promise.all([import('../client/index.ts'), keys.keyFor(endpoint)]);
			const { parts, coverage } = attachmentParts(inquiry.attachments);
			yield* coverage;
			const parameters = parametersFor(inquiry.purpose, { ...services.parameters, ...endpoint.parameters });
			const request: Request = { model, system: inquiry.system, turns: turnsOf(inquiry, parts), parameters };
			try {
				yield* answer(request, endpoint, { ...(key === undefined ? {} : { key }), signal, log });
			} catch (error) {
				throw key === undefined && error instanceof Failure && error.kind === 'auth'
					? sentWithoutKey(error, endpoint)
					: error;
			}
		},
	};
}

/** Alt text is about the picture at hand: neither pages of the web nor pictures of the model's own belong to it. */
function parametersFor(purpose: Inquiry['purpose'], parameters: Parameters): Parameters {
	const foreign: readonly string[] = purpose === 'alt-text' ? ['webSearch', 'imageOutput'] : [];
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => !foreign.includes(name)));
}

/** The server's failure, with the code that says why no key went along. */
function sentWithoutKey({ status, serverMessage, requestId, cause }: Failure, endpoint: NamedEndpoint): Failure {
	const code: KeyAbsence = mayCarryKey(endpoint)
		? 'no-key-set'
		: endpoint.auth === 'none'
			? 'no-key-wanted'
			: 'no-key-unencrypted';
	return new Failure({ kind: 'auth', code, status, serverMessage, requestId, cause });
}

/** The attachments stand once, before the first question: later turns refer to them. */
function turnsOf({ earlier, question }: Inquiry, attached: Turn['parts']): readonly Turn[] {
	const questions = [...earlier.map((turn) => turn.question), question];
	return questions.flatMap((text, index): Turn[] => {
		const asked: Turn = {
			role: 'user',
			parts: [...(index === 0 ? attached : []), { kind: 'text', text }],
		};
		const answered = earlier[index]?.answer;
		return answered === undefined ? [asked] : [asked, { role: 'assistant', parts: [{ kind: 'text', text: answered }] }];
	});
}
